/** What an entry of a unit is, and what it is called below the unit. */
import { joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { IDENTITY_WORD } from '../../model/entry-digest.ts';
import { FILE_TYPE } from '../../system/calls/statx.ts';

const SOCKET = 0o140000;
/** Types that are deleted: devices and FIFOs belong to somebody. */
export const deletable: ReadonlySet<number> = new Set<number>([
  FILE_TYPE.directory,
  FILE_TYPE.regular,
  FILE_TYPE.symlink,
  SOCKET,
]);

export function typeOf(words: Uint32Array): number {
  return words[IDENTITY_WORD.mode] & FILE_TYPE.mask;
}

export function joinBelow(above: ByteString, name: ByteString): ByteString {
  return above === '' ? name : joinPath(above, name);
}
