/** Configuration that lies in several directories, where a file of the same name in an earlier one replaces the later. */
import { readdirSync, readFileSync } from 'node:fs';
import { fromBytes } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';

export interface ConfigFile {
  readonly path: ByteString;
  readonly text: ByteString;
}

/**
 * The files `*ending` of `directories` by name, whatever directory they are in (systemd's rule, tmpfiles.d(5)). A
 * link to /dev/null or an empty file masks later ones of its name.
 */
export function readConfigFiles(directories: readonly string[], ending: string): ConfigFile[] {
  const byName = new Map<string, string>();
  for (const directory of directories) {
    for (const name of namesIn(directory)) {
      if (name.endsWith(ending) && !byName.has(name)) byName.set(name, `${directory}/${name}`);
    }
  }
  return [...byName]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, path]) => {
      const text = readText(path);
      return text === undefined ? [] : [{ path: path as ByteString, text }];
    });
}

/** A text file, or undefined where it cannot be read. */
export function readText(path: string): ByteString | undefined {
  try {
    return fromBytes(readFileSync(path));
  } catch {
    return undefined;
  }
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory, { encoding: 'latin1' });
  } catch {
    return [];
  }
}
