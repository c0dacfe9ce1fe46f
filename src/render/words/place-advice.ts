/** What a person is told about a known place: its condition, else what its class allows. */
import type { PlaceAdvice } from '../../model/findings/known-place.ts';

export function placeAdvice({ class: kind, advice, blankCommand, hasCommand }: PlaceAdvice): string {
  const filled = blankCommand === undefined ? '' : ` (${blankCommand})`;
  if (advice !== undefined) return advice + filled;
  switch (kind) {
    case 'A':
      return hasCommand
        ? `its own command clears it${filled}; it is made again when needed`
        : 'delete it while its program is not running; it is made again when needed';
    case 'B':
      return `only its own command removes it without damage${filled}`;
    default:
      return `look at what is in it before it goes${filled}`;
  }
}
