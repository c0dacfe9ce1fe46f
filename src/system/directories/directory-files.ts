/** The regular files directly in one directory, for those who must look closer than the scan's lists of the largest. */
import { lstatSync, opendirSync } from 'node:fs';
import type { Dir } from 'node:fs';
import { joinPath, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { BLOCK_BYTES } from '../../model/size.ts';
import { isUnanswered } from '../calls/unanswered-places.ts';

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
  const files: DirectoryFile[] = [];
  if (isUnanswered(directory)) return files;
  let opened: Dir | undefined;
  try {
    opened = opendirSync(toBuffer(directory), { encoding: 'latin1' });
    for (let seen = 0; seen < most; seen++) {
      const entry = opened.readSync();
      if (!entry) break;
      if (!entry.isFile()) continue;
      const name = entry.name as ByteString;
      const path = joinPath(directory, name);
      const stats = lstatSync(toBuffer(path), { throwIfNoEntry: false });
      if (stats?.isFile() !== true) continue;
      const { blocks, nlink, mtimeMs } = stats;
      files.push({ name, path, diskBytes: blocks * BLOCK_BYTES, links: nlink, modifiedAt: mtimeMs / 1000 });
    }
  } catch {
    // Gone or closed to this user: what was read until then counts.
  } finally {
    opened?.closeSync();
  }
  return files;
}
