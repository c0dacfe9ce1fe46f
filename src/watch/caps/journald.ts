/** What journald will keep at most, and what it leaves free (journald.conf(5)). */
import type { ByteString } from '../../model/byte-string.ts';
import { sizeText } from '../../model/size.ts';
import { readJournalSettings } from '../../system/journald-limits.ts';
import type { Settings } from './settings.ts';

const JOURNAL = /^\/(var|run)\/log\/journal\/[^/]+\/[^/]+\.journal~?$/u;
const MOST_DEFAULT = 4 * 2 ** 30;

/** @param filesystemBytes the size of the filesystem: the defaults are parts of it. */
export function journaldCaps(path: ByteString, filesystemBytes: number, settings: Settings): string[] {
  const where = JOURNAL.exec(path)?.[1];
  if (where === undefined) return [];
  const kind = where === 'run' ? 'Runtime' : 'System';
  const set = readJournalSettings(settings.root);
  const use = limit(set.get(`${kind}MaxUse`), filesystemBytes, 0.1);
  const free = limit(set.get(`${kind}KeepFree`), filesystemBytes, 0.15);
  return [
    `journald keeps at most ${sizeText(use.bytes)} (${kind}MaxUse${use.isDefault ? ', by default' : ''})`,
    `journald leaves ${sizeText(free.bytes)} free (${kind}KeepFree${free.isDefault ? ', by default' : ''})`,
  ];
}

function limit(
  set: { readonly bytes: number } | undefined,
  filesystemBytes: number,
  part: number,
): { bytes: number; isDefault: boolean } {
  const byDefault = Math.min(MOST_DEFAULT, Math.floor(filesystemBytes * part));
  return { bytes: set?.bytes ?? byDefault, isDefault: set === undefined };
}
