/** How much journald may keep (journald.conf(5)): its file and the drop-ins, as systemd merges them. */
import { fromText, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { parseSize } from '../../model/size.ts';
import { readConfigFile, readConfigFiles, readText } from './config-files.ts';
import type { ConfigFile } from './config-files.ts';

interface JournalSetting {
  readonly bytes: number;
  /** The file that sets it. */
  readonly configuration: ByteString;
}

/** By name, e.g. "SystemMaxUse"; those that are not set are not in it. */
export type JournalSettings = ReadonlyMap<string, JournalSetting>;

/** Earlier ones win over later ones of the same name. */
const PLACES = ['etc/systemd', 'run/systemd', 'usr/local/lib/systemd', 'usr/lib/systemd'].map(fromText);
const MAIN = fromText('journald.conf');
const DROP_INS = fromText('journald.conf.d');

/** @param root where the settings of the machine begin. */
export function readJournalSettings(root: ByteString = fromText('/')): JournalSettings {
  const settings = new Map<string, JournalSetting>();
  const places = PLACES.map((place) => joinPath(root, place));
  const main = places.map((place) => readConfigFile(joinPath(place, MAIN))).find((file) => file);
  if (main) read(main, settings);
  const dropIns = places.map((place) => joinPath(place, DROP_INS));
  for (const file of readConfigFiles(dropIns, '.conf')) read(file, settings);
  return settings;
}

function read({ path: configuration, text }: ConfigFile, settings: Map<string, JournalSetting>): void {
  for (const line of text.split('\n')) {
    const [, name = '', value = ''] = /^\s*((?:System|Runtime)\w+)\s*=\s*(.*?)\s*$/u.exec(line) ?? [];
    if (name === '') continue;
    const bytes = parseSize(value);
    // An empty value takes back what was set before.
    if (bytes === undefined) settings.delete(name);
    else settings.set(name, { bytes, configuration });
  }
}

/** What it is where nothing is set: a part of the filesystem, and 4 GiB at most. */
export function defaultJournalBytes(limit: 'MaxUse' | 'KeepFree', filesystemBytes: number): number {
  return Math.min(4 * 2 ** 30, Math.floor(filesystemBytes * (limit === 'MaxUse' ? 0.1 : 0.15)));
}

/** /etc/machine-id (machine-id(5)): the journal's directory is called by it. */
export function readMachineId(): string | undefined {
  return /^[0-9a-f]{32}/u.exec(readText('/etc/machine-id') ?? '')?.[0];
}
