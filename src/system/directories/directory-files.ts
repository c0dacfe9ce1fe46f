/** The regular files directly in one directory, for those who must look closer than the scan's lists of the largest. */
import { joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { BLOCK_BYTES } from '../../model/size.ts';
import { lstatIfAny } from '../calls/lstat.ts';
import { sampleDirectory } from './sampled-directory.ts';

export interface DirectoryFile {
  readonly name: ByteString;
  readonly path: ByteString;
  readonly diskBytes: number;
  /** st_nlink. */
  readonly links: number;
  /** Seconds since 1970. */
  readonly modifiedAt: number;
}

/**
 * Files among the first `most` entries of a directory, in no particular order; none where it cannot be read.
 * @param most bounds the work, whatever lies there.
 */
export function directoryFiles(directory: ByteString, most = 5000): DirectoryFile[] {
  const { names, directories, links } = sampleDirectory(directory, most);
  const others = new Set([...directories, ...links]);
  return names.flatMap((name) => {
    const path = joinPath(directory, name);
    const stats = others.has(name) ? undefined : lstatIfAny(path);
    if (stats?.isFile() !== true) return [];
    const { blocks, nlink, mtimeMs } = stats;
    return [{ name, path, diskBytes: blocks * BLOCK_BYTES, links: nlink, modifiedAt: mtimeMs / 1000 }];
  });
}
