/** Moves a unit aside instead of deleting it: into a directory of the owner alone, beside it on the same filesystem. */
import { joinPath, parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { IDENTITY_WORD, entryHash, hashEntry } from '../../model/entry-digest.ts';
import { quarantineName } from '../../model/quarantine-name.ts';
import type { GuardContext } from '../guard/guard-context.ts';
import type { Guard } from '../guard/guard.ts';
import type { HoldingDirectory } from '../guard/holding-directory.ts';
import { changedEntry, kernelSaid, refusal } from '../guard/refusal.ts';
import type { Refusal } from '../guard/refusal.ts';

/** Where units of this run go that lie beside `path`. */
export function quarantinePath(path: ByteString, run: string): ByteString {
  return joinPath(parentPath(path), quarantineName(run));
}

/** Moves the unit that `guard` has read; undefined where it went. */
export function moveAside(
  { calls, ledger, ownUid }: GuardContext,
  place: HoldingDirectory,
  guard: Guard,
  run: string,
): Refusal | undefined {
  const directory = quarantineName(run);
  if (!calls.makeDirectory(place.descriptor, directory) && calls.failure !== 'EEXIST')
    return kernelSaid(calls.failure, 'make-quarantine');
  const to = calls.openStep(place.descriptor, directory);
  if (to < 0) return kernelSaid(calls.failure, 'open-quarantine');
  try {
    if (!calls.lookAtDescriptor(to)) return kernelSaid(calls.failure, 'open-quarantine');
    const { words } = calls.look;
    // Its name holds the run, but somebody may have guessed it.
    if (words[IDENTITY_WORD.uid] !== ownUid || (words[IDENTITY_WORD.mode] & 0o077) !== 0)
      return refusal({ kind: 'foreign-quarantine' });
    if (!calls.lookAt(place.descriptor, place.name)) return kernelSaid(calls.failure, 'look');
    words[IDENTITY_WORD.parentInodeLow] = place.inodeLow;
    words[IDENTITY_WORD.parentInodeHigh] = place.inodeHigh;
    ledger.restore(words);
    const bytes = Buffer.from(place.name, 'latin1');
    hashEntry(words, bytes, 0, bytes.length);
    if (!guard.hashes.has(entryHash.low, entryHash.high))
      return changedEntry('changed-meanwhile', '' as ByteString);
    if (!calls.rename(place.descriptor, place.name, to, place.name)) return kernelSaid(calls.failure, 'move');
    return undefined;
  } finally {
    calls.close(to);
  }
}
