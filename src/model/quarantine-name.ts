/** How the directory is called that a run moves units into instead of deleting them: its name marks it for every later run. */
import { fromText } from './byte-string.ts';
import type { ByteString } from './byte-string.ts';

const PREFIX = '.diskwhy-quarantine-';

/** @param run as the deletion names itself. */
export function quarantineName(run: string): ByteString {
  return fromText(PREFIX + run);
}

/** Whether a directory of this name holds what a run has set aside. */
export function isQuarantineName(name: ByteString): boolean {
  return name.startsWith(PREFIX) && name.length > PREFIX.length;
}
