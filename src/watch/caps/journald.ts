/** What journald will keep at most, and what it leaves free (journald.conf(5)). */
import type { ByteString } from '../../model/byte-string.ts';
import { baseName } from '../../model/byte-string.ts';
import { parseSize, sizeText } from '../../model/size.ts';
import type { Settings } from './settings.ts';

const JOURNAL = /^\/(var|run)\/log\/journal\/[^/]+\/[^/]+\.journal~?$/u;
const MOST_DEFAULT = 4 * 2 ** 30;

/** Later directories override files of the same name in earlier ones. */
const DIRECTORIES = ['/usr/lib/systemd', '/usr/local/lib/systemd', '/run/systemd', '/etc/systemd'];

/** @param filesystemBytes the size of the filesystem: the defaults are parts of it. */
export function journaldCaps(path: ByteString, filesystemBytes: number, settings: Settings): string[] {
  const where = JOURNAL.exec(path)?.[1];
  if (where === undefined) return [];
  const kind = where === 'run' ? 'Runtime' : 'System';
  const set = readSettings(settings);
  const use = limit(set.get(`${kind}MaxUse`), filesystemBytes, 0.1);
  const free = limit(set.get(`${kind}KeepFree`), filesystemBytes, 0.15);
  return [
    `journald keeps at most ${sizeText(use.bytes)} (${kind}MaxUse${use.isDefault ? ', by default' : ''})`,
    `journald leaves ${sizeText(free.bytes)} free (${kind}KeepFree${free.isDefault ? ', by default' : ''})`,
  ];
}

function limit(
  text: string | undefined,
  filesystemBytes: number,
  part: number,
): { bytes: number; isDefault: boolean } {
  const bytes = text === undefined ? undefined : parseSize(text);
  return bytes === undefined
    ? { bytes: Math.min(MOST_DEFAULT, Math.floor(filesystemBytes * part)), isDefault: true }
    : { bytes, isDefault: false };
}

function readSettings(settings: Settings): Map<string, string> {
  const dropIns: Record<string, string> = {};
  for (const directory of DIRECTORIES)
    for (const file of settings.list(`${directory}/journald.conf.d`))
      if (file.endsWith('.conf')) dropIns[baseName(file as ByteString)] = file;
  const main = DIRECTORIES.toReversed()
    .map((directory) => `${directory}/journald.conf`)
    .find((file) => settings.has(file));
  const files = [
    ...(main === undefined ? [] : [main]),
    ...Object.keys(dropIns)
      .toSorted()
      .map((name) => dropIns[name]),
  ];
  const set = new Map<string, string>();
  for (const file of files)
    for (const [, name, value] of (settings.read(file) ?? '').matchAll(/^\s*(\w+)\s*=\s*(.*?)\s*$/gmu))
      if (value === '') set.delete(name);
      else set.set(name, value);
  return set;
}
