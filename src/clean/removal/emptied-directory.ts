/** A directory on the way of being emptied, and those below it that the other thread has been given. */
import type { ByteString } from '../../model/byte-string.ts';
import { IDENTITY_WORD } from '../../model/entry-digest.ts';
import type { DirectoryReader } from '../../system/directories/directory-calls.ts';

/** A directory that the helping thread empties of its files meanwhile. */
interface Deferred {
  readonly descriptor: number;
  readonly name: ByteString;
  readonly below: ByteString;
  readonly job: number;
}

/** A directory being emptied. */
export interface EmptiedDirectory {
  readonly descriptor: number;
  /** In the directory above. */
  readonly name: ByteString;
  readonly reader: DirectoryReader;
  readonly inodeLow: number;
  readonly inodeHigh: number;
  readonly device: number;
  readonly below: ByteString;
  /** Names removed since the directory was last read from its start. */
  removed: number;
  /** Files met since the helping thread was last asked to read along. */
  files: number;
  /** The helping thread's job of reading along in this very directory. */
  shared: number | undefined;
  readonly deferred: Deferred[];
}

/** Whether the entry with this identity is the directory. */
export function isDirectoryOf(
  { device, inodeLow, inodeHigh }: EmptiedDirectory,
  words: Uint32Array,
): boolean {
  return (
    words[IDENTITY_WORD.device] === device &&
    words[IDENTITY_WORD.inodeLow] === inodeLow &&
    words[IDENTITY_WORD.inodeHigh] === inodeHigh
  );
}
