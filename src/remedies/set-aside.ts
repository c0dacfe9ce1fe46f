/** What a run of `tmp` or `browse` has set aside is somebody's: it is no cache, trash or old log, whatever it was before. */
import { readdirSync } from 'node:fs';
import { baseName, fromBytes, isInside, joinPath, parentPath, toBuffer } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { isQuarantineName } from '../model/quarantine-name.ts';
import { isUnanswered } from '../system/calls/unanswered-places.ts';

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
    for (const path of directoriesIn(at)) {
      if (isQuarantineName(baseName(path))) return path;
      left.push(path);
    }
  return undefined;
}

function directoriesIn(directory: ByteString): ByteString[] {
  if (isUnanswered(directory)) return [];
  try {
    return readdirSync(toBuffer(directory), { encoding: 'buffer', withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => joinPath(directory, fromBytes(name)));
  } catch {
    return [];
  }
}
