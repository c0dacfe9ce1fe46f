/** What all commands of a report give back together: the sum a person wants to know first. */
import type { Freeable } from '../../model/free-plan.ts';
import type { SizeStyle } from '../terminal/size.ts';
import { formatSize } from '../terminal/size.ts';
import { countOf } from './phrases.ts';

/** "safe to free now: 41.0 GiB with 3 commands; after review: 20.0 GiB more with 1 command; 2 more give an unknown amount" */
export function freeableText(freeable: Freeable, sizes: SizeStyle): string {
  const { safeBytes, reviewBytes, safeCommands, reviewCommands, openCommands, isExact } = freeable;
  const least = isExact ? '' : 'at least ';
  const part = (bytes: number, commands: number, more = ''): string =>
    `${least}${formatSize(bytes, sizes)}${more} with ${countOf(commands, 'command')}`;
  if (safeBytes + reviewBytes === 0)
    return openCommands === 0
      ? 'no command gives anything back by itself: it is for people to decide'
      : openText(countOf(openCommands, 'command'), openCommands);
  const open = openCommands === 0 ? '' : `; ${openText(`${openCommands} more`, openCommands)}`;
  if (safeBytes === 0)
    return `safe to free now: nothing; after review: ${part(reviewBytes, reviewCommands)}${open}`;
  const safe = `safe to free now: ${part(safeBytes, safeCommands)}`;
  const review = reviewBytes === 0 ? '' : `; after review: ${part(reviewBytes, reviewCommands, ' more')}`;
  return safe + review + open;
}

function openText(commands: string, count: number): string {
  return `${commands} ${count === 1 ? 'gives' : 'give'} an unknown amount`;
}
