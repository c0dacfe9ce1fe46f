/** The symbolic links in a directory, and where they lead. */
import { opendirSync } from 'node:fs';
import { joinPath, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { realPath } from './real-path.ts';

/** Of a directory of millions only the first names are looked at. */
const MOST_NAMES = 2000;

export interface LinkIn {
  readonly path: ByteString;
  /** The real path it ends at. */
  readonly target: ByteString;
}

/** Links that lead to something; none where the directory cannot be read. */
export function linksIn(directory: ByteString): LinkIn[] {
  const found: LinkIn[] = [];
  try {
    // One character per byte, as ByteStrings are.
    const entries = opendirSync(toBuffer(directory), { encoding: 'latin1', bufferSize: 1024 });
    try {
      for (let count = 0; count < MOST_NAMES; count++) {
        const entry = entries.readSync();
        if (entry === null) break;
        if (!entry.isSymbolicLink()) continue;
        const path = joinPath(directory, entry.name as ByteString);
        const target = realPath(path);
        if (target !== undefined) found.push({ path, target });
      }
    } finally {
      entries.closeSync();
    }
  } catch {
    return found;
  }
  return found;
}
