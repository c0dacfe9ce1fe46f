/** How much journald may keep (journald.conf(5)): its file and the drop-ins, as systemd merges them. */
import { fromText, joinPath } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { parseSize } from '../model/size.ts';
import { directoryNames } from './directory-names.ts';
import { readFileStart } from './file-start.ts';

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
const MOST_BYTES = 2 ** 16;

/** @param root where the settings of the machine begin. */
export function readJournalSettings(root: ByteString = fromText('/')): JournalSettings {
  const settings = new Map<string, JournalSetting>();
  const places = PLACES.map((place) => joinPath(root, place));
  const main = places
    .map((place) => joinPath(place, MAIN))
    .find((path) => readFileStart(path, 1) !== undefined);
  if (main !== undefined) read(main, settings);
  const dropIns = new Map<ByteString, ByteString>();
  for (const place of places) {
    const directory = joinPath(place, DROP_INS);
    for (const name of directoryNames(directory))
      if (name.endsWith('.conf') && !dropIns.has(name)) dropIns.set(name, joinPath(directory, name));
  }
  for (const name of [...dropIns.keys()].toSorted()) read(dropIns.get(name)!, settings);
  return settings;
}

function read(configuration: ByteString, settings: Map<string, JournalSetting>): void {
  for (const line of (readFileStart(configuration, MOST_BYTES) ?? '').split('\n')) {
    const [, name = '', value = ''] = /^\s*((?:System|Runtime)\w+)\s*=\s*(.*?)\s*$/u.exec(line) ?? [];
    if (name === '') continue;
    const bytes = parseSize(value);
    // An empty value takes back what was set before.
    if (bytes === undefined) settings.delete(name);
    else settings.set(name, { bytes, configuration });
  }
}

/** /etc/machine-id (machine-id(5)): the journal's directory is called by it. */
export function readMachineId(): string | undefined {
  return /^[0-9a-f]{32}/u.exec(readFileStart(fromText('/etc/machine-id'), 33) ?? '')?.[0];
}
