/** Write-ahead logs of SQLite that outgrew their database: a reader that never ends keeps them from being used anew. */
import type { ByteString } from '../../../model/byte-string.ts';
import type { Finding } from '../../../model/finding.ts';
import { sizeText } from '../../../model/size.ts';
import { readFileStart, startsWithBytes } from '../../../system/files/file-start.ts';
import { lstatIfAny } from '../../../system/calls/lstat.ts';
import type { Facts } from '../../facts.ts';
import { writersOf, writersText } from '../../file-writers.ts';
import type { Claims } from '../claims.ts';
import { quoted, shellWord } from '../wording.ts';

/** Database File Format, sections 1.3 and 4.1: the last bit says the byte order of checksums. */
const DATABASE_MAGIC = 'SQLite format 3\0' as ByteString;
const WAL_MAGICS = new Set(['\u0037\u007f\u0006\u0082', '\u0037\u007f\u0006\u0083']);
const SUFFIX = '-wal';

export function sqliteWal(facts: Facts, claims: Claims): Finding[] {
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
        rule: 'database-logs',
        title: 'SQLite write-ahead log',
        ...claims.file(file),
        freeableBytes: diskBytes,
        paths: [path],
        evidence: [
          `${quoted(path)} has ${sizeText(diskBytes)}, its database only ${sizeText(databaseBytes)}`,
          writersText(writersOf(facts, path), facts),
        ],
        remedy: {
          text: 'have SQLite write it into the database, best with its program stopped; never delete it: it holds data that the database does not have yet',
          command: `sqlite3 ${shellWord(database)} 'PRAGMA wal_checkpoint(TRUNCATE)'`,
        },
        risk: 'never',
      },
    ];
  });
}
