/** What journald will keep at most, and what it leaves free (journald.conf(5)). */
import type { ByteString } from '../../../model/byte-string.ts';
import type { GrowthCap } from '../../../model/growth-cap.ts';
import { defaultJournalBytes, readJournalSettings } from '../../../system/services/journald-limits.ts';
import type { Settings } from './settings.ts';

const JOURNAL = /^\/(var|run)\/log\/journal\/[^/]+\/[^/]+\.journal~?$/u;

/** @param filesystemBytes the size of the filesystem: the defaults are parts of it. */
export function journaldCaps(path: ByteString, filesystemBytes: number, settings: Settings): GrowthCap[] {
  const where = JOURNAL.exec(path)?.[1];
  if (where === undefined) return [];
  const kind = where === 'run' ? 'Runtime' : 'System';
  const set = readJournalSettings(settings.root);
  const cap = (limit: 'keeps' | 'leaves-free', name: 'MaxUse' | 'KeepFree'): GrowthCap => {
    const bytes = set.get(`${kind}${name}`)?.bytes;
    return {
      by: 'journald',
      limit,
      bytes: bytes ?? defaultJournalBytes(name, filesystemBytes),
      setting: `${kind}${name}`,
      isDefault: bytes === undefined,
    };
  };
  return [cap('keeps', 'MaxUse'), cap('leaves-free', 'KeepFree')];
}
