/** Whether a directory lies in what a run has moved aside, whatever it is called here: such a place is emptied by --purge alone. */
import { components } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Mount } from '../../model/mount.ts';
import { isQuarantineName } from '../../model/quarantine-name.ts';
import { mountOf, placeOnDevice } from '../../system/mounts/mounts.ts';

/** The last answer: the units of one directory are asked about one after the other. */
let latest:
  | { readonly directory: ByteString; readonly mounts: readonly Mount[]; readonly answer: boolean }
  | undefined;

/**
 * @param directory without links.
 * @param mounts visible ones.
 */
export function isInQuarantine(directory: ByteString, mounts: readonly Mount[]): boolean {
  if (latest?.directory === directory && latest.mounts === mounts) return latest.answer;
  const mount = mountOf(mounts, directory);
  const names = [...components(directory), ...(mount ? components(placeOnDevice(mount, directory)) : [])];
  latest = { directory, mounts, answer: names.some(isQuarantineName) };
  return latest.answer;
}
