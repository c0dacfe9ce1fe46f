/** A SQLite database and its journals lie side by side and live or die together (sqlite.org/tempfiles.html). */
import type { ByteString } from '../../model/byte-string.ts';

const JOURNAL = /-(?:wal|shm|journal)$/u;

/** The database a file belongs to: itself, or the one whose journal it is. */
export function databaseOf(path: ByteString): ByteString {
  return path.replace(JOURNAL, '') as ByteString;
}

/** Databases that have a journal among `paths`. */
export function databasesWithJournals(paths: Iterable<ByteString>): Set<ByteString> {
  const databases = new Set<ByteString>();
  for (const path of paths) if (JOURNAL.test(path)) databases.add(databaseOf(path));
  return databases;
}
