/** What a finding about a known place proposes beside its owner's command, and what the catalogue says of it. */
import type { CatalogueEntry } from '../../catalogue/catalogue.ts';
import type { Action } from '../../model/action.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { PlaceAdvice } from '../../model/findings/known-place.ts';
import { blankCommandOf } from '../../remedies/remedies.ts';

/** Deleting a few directories of one meaning; none where there are more than a person reads before pressing Enter. */
export function removeActions(
  paths: readonly ByteString[],
  meaning: 'cache' | 'build-output',
  bytes: number,
): Action[] {
  if (paths.length === 0 || paths.length > MOST_REMOVED) return [];
  return [
    {
      kind: 'delete-directories',
      paths,
      meaning,
      frees: { bytes, certainty: 'exact' },
      loses: 'regenerable',
      risk: meaning === 'cache' ? 'safe' : 'review',
    },
  ];
}

const MOST_REMOVED = 5;

/** What the catalogue says may be done, for a person to read. @param isRunnable whether its command can be given as it stands. */
export function placeAdviceOf(entry: CatalogueEntry, isRunnable = true): PlaceAdvice {
  const { class: kind, advice, command, traps } = entry;
  return {
    class: kind,
    advice,
    blankCommand: isRunnable ? blankCommandOf(entry) : command,
    hasCommand: command !== undefined,
    trap: traps?.[0],
  };
}
