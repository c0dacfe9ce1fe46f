/** Configuration that lies in several directories, where a file of the same name in an earlier one replaces the later. */
import { fromText, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { directoryNames } from '../directories/directory-names.ts';
import { readSmallFile } from '../files/file-tail.ts';

export interface ConfigFile {
  readonly path: ByteString;
  readonly text: ByteString;
}

/**
 * The files `*ending` of `directories` by name, whatever directory they are in (systemd's rule, tmpfiles.d(5)). A
 * link to /dev/null or an empty file masks later ones of its name.
 * @param mostBytes a longer file is left out.
 */
export function readConfigFiles(
  directories: readonly ByteString[],
  ending: string,
  mostBytes?: number,
): ConfigFile[] {
  const byName = new Map<ByteString, ByteString>();
  for (const directory of directories) {
    for (const name of directoryNames(directory)) {
      if (name.endsWith(ending) && !byName.has(name)) byName.set(name, joinPath(directory, name));
    }
  }
  return [...byName]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, path]) => readConfigFile(path, mostBytes) ?? []);
}

/** Undefined where it cannot be read. */
export function readConfigFile(path: ByteString, mostBytes?: number): ConfigFile | undefined {
  const text = readSmallFile(path, mostBytes);
  return text === undefined ? undefined : { path, text };
}

/** A text file of the machine, or undefined where it cannot be read. */
export function readText(path: string): ByteString | undefined {
  return readSmallFile(fromText(path));
}
