/** A SQLite database and its journals lie side by side and live or die together (sqlite.org/tempfiles.html). */
import type { ByteString } from '../model/byte-string.ts';
import { baseName } from '../model/byte-string.ts';
import type { TmpUnit, TmpVerdict } from '../model/tmp-report.ts';

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

/** The verdict of whom wins for the whole family: the first of these that a member has. */
const strictest: readonly TmpVerdict[] = ['in-use', 'unknown', 'protected', 'owner-command', 'too-new'];

/** Gives every member of a family the verdict of the one that must be kept. */
export function joinFamilies(units: readonly TmpUnit[]): TmpUnit[] {
  const databases = databasesWithJournals(units.map(({ path }) => path));
  const families = new Map<ByteString, TmpUnit[]>();
  for (const unit of units) {
    const database = databaseOf(unit.path);
    if (unit.kind !== 'file' || !databases.has(database)) continue;
    const family = families.get(database);
    if (family) family.push(unit);
    else families.set(database, [unit]);
  }
  return units.map((unit) => {
    const family = families.get(databaseOf(unit.path));
    if (unit.verdict !== 'deletable' || !family?.includes(unit)) return unit;
    for (const verdict of strictest) {
      const kept = family.find((one) => one.verdict === verdict);
      if (!kept) continue;
      const { keepReason, holders, remedy } = kept;
      const reason = `${baseName(kept.path)} belongs to it and stays: ${kept.reason}`;
      return { ...unit, verdict, keepReason, reason, holders, remedy };
    }
    return unit;
  });
}
