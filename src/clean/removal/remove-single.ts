/** Removes a unit that is one file, link or socket. */
import type { ByteString } from '../../model/byte-string.ts';
import type { GuardContext } from '../guard/guard-context.ts';
import type { HoldingDirectory } from '../guard/holding-directory.ts';
import type { PlannedEntries } from './planned-entries.ts';
import { changedEntry, kernelSaid } from '../guard/refusal.ts';
import type { Refusal } from '../guard/refusal.ts';

/** Why it is still there, where it is. */
export function removeSingle(
  { calls }: GuardContext,
  { descriptor, name, inodeLow, inodeHigh }: HoldingDirectory,
  entries: PlannedEntries,
): Refusal | undefined {
  if (!calls.lookAt(descriptor, name))
    return calls.failure === 'ENOENT' ? undefined : kernelSaid(calls.failure, 'look');
  const bytes = Buffer.from(name, 'latin1');
  const itself = '' as ByteString;
  if (!entries.isPlanned(inodeLow, inodeHigh, bytes, 0, bytes.length))
    return changedEntry('changed-meanwhile', itself);
  entries.remove(
    () => calls.openEntry(descriptor, name),
    () => calls.unlink(descriptor, name),
    () => itself,
  );
  return entries.refusal;
}
