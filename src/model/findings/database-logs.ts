/** What databases write beside their data: logs, journals, temporary tablespaces. */
import type { ByteString } from '../byte-string.ts';
import type { ProcessIdentity } from '../process.ts';
import type { Unseen } from './unseen.ts';

export type DatabaseLogsFacts = { readonly rule: 'database-logs' } & (
  | {
      readonly kind: 'postgresql-wal';
      readonly directory: ByteString;
      readonly version: ByteString;
      readonly segments: number;
      /** Segments that wait to be archived (archive_status/*.ready). */
      readonly waiting: number;
      readonly slots: readonly ByteString[];
      /** No more than min_wal_size keeps anyway. */
      readonly isLeast: boolean;
    }
  | {
      readonly kind: 'mysql-binary-logs';
      readonly directory: ByteString;
      readonly count: number;
      readonly first: ByteString;
      readonly last: ByteString;
      /** Seconds since 1970 of the oldest. */
      readonly oldestAt: number;
      readonly oldBytes: number;
      readonly oldDays: number;
    }
  | {
      readonly kind: 'innodb-temporary' | 'innodb-undo';
      readonly file: ByteString;
      readonly service: 'mysql' | 'mariadb';
    }
  | { readonly kind: 'mongodb-journal'; readonly directory: ByteString; readonly files: number }
  | {
      readonly kind: 'redis-unfinished';
      readonly files: number;
      readonly largest: ByteString;
      readonly largestBytes: number;
    }
  | {
      readonly kind: 'redis-append-only';
      readonly file: ByteString;
      /** Appended since the last rewrite; undefined where that cannot be told. */
      readonly appendedBytes: number | undefined;
      /** The snapshot beside a single file. */
      readonly snapshot: ByteString | undefined;
    }
  | {
      readonly kind: 'sqlite-wal';
      readonly file: ByteString;
      readonly databaseBytes: number;
      readonly writers: readonly ProcessIdentity[];
      readonly unseen: Unseen;
    }
);
