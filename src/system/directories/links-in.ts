/** The symbolic links in a directory, and where they lead. */
import { joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { realPath } from '../calls/real-path.ts';
import { sampleDirectory } from './sampled-directory.ts';

/** Of a directory of millions only the first names are looked at. */
const MOST_NAMES = 2000;

export interface LinkIn {
  readonly path: ByteString;
  /** The real path it ends at. */
  readonly target: ByteString;
}

/** Links that lead to something; none where the directory cannot be read. */
export function linksIn(directory: ByteString): LinkIn[] {
  return sampleDirectory(directory, MOST_NAMES).links.flatMap((name) => {
    const path = joinPath(directory, name);
    const target = realPath(path);
    return target === undefined ? [] : [{ path, target }];
  });
}
