/** What journald will keep at most, and what it leaves free (journald.conf(5)). */
import type { ByteString } from '../../../model/byte-string.ts';
import { sizeText } from '../../../model/size.ts';
import { defaultJournalBytes, readJournalSettings } from '../../../system/services/journald-limits.ts';
import type { Settings } from './settings.ts';

const JOURNAL = /^\/(var|run)\/log\/journal\/[^/]+\/[^/]+\.journal~?$/u;

/** @param filesystemBytes the size of the filesystem: the defaults are parts of it. */
export function journaldCaps(path: ByteString, filesystemBytes: number, settings: Settings): string[] {
  const where = JOURNAL.exec(path)?.[1];
  if (where === undefined) return [];
  const kind = where === 'run' ? 'Runtime' : 'System';
  const set = readJournalSettings(settings.root);
  const use = set.get(`${kind}MaxUse`)?.bytes;
  const free = set.get(`${kind}KeepFree`)?.bytes;
  const most = sizeText(use ?? defaultJournalBytes('MaxUse', filesystemBytes));
  const least = sizeText(free ?? defaultJournalBytes('KeepFree', filesystemBytes));
  return [
    `journald keeps at most ${most} (${kind}MaxUse${use === undefined ? ', by default' : ''})`,
    `journald leaves ${least} free (${kind}KeepFree${free === undefined ? ', by default' : ''})`,
  ];
}
