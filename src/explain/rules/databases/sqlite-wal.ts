/** Write-ahead logs of SQLite that outgrew their database: a reader that never ends keeps them from being used anew. */
import type { Action } from '../../../model/action.ts';
import type { ByteString } from '../../../model/byte-string.ts';
import type { Proposal } from '../../../model/finding.ts';
import { readFileStart, startsWithBytes } from '../../../system/files/file-start.ts';
import { lstatIfAny } from '../../../system/calls/lstat.ts';
import type { Facts } from '../../facts.ts';
import { unseenOf, writersOf } from '../../files/file-writers.ts';
import type { Claims } from '../../claims/claims.ts';

/** Database File Format, sections 1.3 and 4.1: the last bit says the byte order of checksums. */
const DATABASE_MAGIC = 'SQLite format 3\0' as ByteString;
const WAL_MAGICS = new Set(['\u0037\u007f\u0006\u0082', '\u0037\u007f\u0006\u0083']);
const SUFFIX = '-wal';

export function sqliteWal(facts: Facts, claims: Claims): Proposal[] {
  return facts.scan.largestFiles.flatMap((file) => {
    const { name, path, diskBytes } = file;
    if (diskBytes < facts.worthBytes || !name.endsWith(SUFFIX) || claims.isFileClaimed(file)) return [];
    const database = path.slice(0, -SUFFIX.length) as ByteString;
    const databaseBytes = lstatIfAny(database)?.size;
    if (
      databaseBytes === undefined ||
      databaseBytes >= file.apparentBytes ||
      !WAL_MAGICS.has(readFileStart(path, 4) ?? '') ||
      !startsWithBytes(database, DATABASE_MAGIC)
    )
      return [];
    return [
      {
        rule: 'database-logs' as const,
        kind: 'sqlite-wal' as const,
        file: path,
        databaseBytes,
        writers: writersOf(facts, path),
        unseen: unseenOf(facts),
        ...claims.file(file),
        freeableBytes: diskBytes,
        paths: [path],
        actions: [checkpointOf(database)],
        risk: 'never' as const,
      },
    ];
  });
}

/** What it gives depends on how much of it the database grows by, and on who still reads from it. */
function checkpointOf(database: ByteString): Action {
  return {
    kind: 'owner-command',
    owner: 'sqlite',
    argv: ['sqlite3', database, 'PRAGMA wal_checkpoint(TRUNCATE)'] as ByteString[],
    actsOn: 'path',
    hasBlanks: false,
    frees: { bytes: 0, certainty: 'unknown' },
    loses: 'nothing',
    risk: 'review',
  };
}
