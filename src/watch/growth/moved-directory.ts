/** Tells a file whose directory was renamed or moved from one that was renamed itself, as rotations do. */
import { baseName, parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { FileLook } from '../../system/files/file-look.ts';

/** Whether the directory that held it under `old` is gone from there, and the file is still called the same. */
export function hasDirectoryMoved(look: FileLook, old: ByteString, path: ByteString): boolean {
  const directory = parentPath(old);
  return (
    baseName(old) === baseName(path) && directory !== parentPath(path) && look.entry(directory) === undefined
  );
}
