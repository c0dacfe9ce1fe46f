/** Databases for analysis and time. */
import type { AnalyticStore } from '../../../model/store-name.ts';
import type { StoreWords } from './store-words.ts';

export const analytics: Readonly<Record<AnalyticStore, StoreWords>> = {
  hana: {
    name: 'SAP HANA data and log segments',
    gives:
      'log segments are freed by log backups, and are kept for a replica that is away: repair either, then reclaim them',
    never: 'never delete log segments or data volumes by hand: the database does not start any more',
  },
  doris: {
    name: 'Doris or StarRocks tablets and trash',
    gives:
      'what was dropped waits in its trash (trash_file_expire_time_sec), from which it can still be restored: have it cleaned',
    never: 'never delete in data/ by hand: the tablets are listed in meta/',
  },
  questdb: {
    name: 'QuestDB tables',
    gives: 'drop old partitions (ALTER TABLE … DROP PARTITION), or give tables a TTL',
    never: 'never delete column or WAL files by hand: the table is suspended then',
  },
  yugabytedb: {
    name: 'YugabyteDB tablets',
    gives:
      'drop tables and snapshots nobody needs; write-ahead logs go once no follower and no change data capture needs them',
    never: 'never delete wals/ or data/ by hand',
  },
};
