/** What a run of `tmp` or `browse` has set aside is somebody's: it is no cache, trash or old log, whatever it was before. */
import { baseName, isInside, joinPath, parentPath } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { isQuarantineName } from '../model/quarantine-name.ts';
import { sampleDirectory } from '../system/directories/sampled-directory.ts';

/**
 * The quarantine that a path is, lies in or has inside; undefined where there is none.
 * @param known all of them in what was scanned; looked for in the directory where nobody knows.
 */
export function setAsideAt(
  path: ByteString,
  known: readonly ByteString[] | undefined,
): ByteString | undefined {
  for (let at = path; at !== '/'; at = parentPath(at)) if (isQuarantineName(baseName(at))) return at;
  return known === undefined ? quarantineIn(path) : known.find((one) => isInside(one, path));
}

function quarantineIn(directory: ByteString): ByteString | undefined {
  const left = [directory];
  for (let at = left.pop(); at !== undefined; at = left.pop())
    for (const name of sampleDirectory(at, Infinity).directories) {
      const path = joinPath(at, name);
      if (isQuarantineName(name)) return path;
      left.push(path);
    }
  return undefined;
}
