/** A database and its journals get one verdict: that of the one which must be kept. */
import type { ByteString } from '../../model/byte-string.ts';
import type { TmpVerdict } from '../../model/tmp-report.ts';
import type { JudgedUnit } from '../judged-unit.ts';
import { databaseOf, databasesWithJournals } from '../units/units.ts';

/** The verdict of whom wins for the whole family: the first of these that a member has. */
const strictest: readonly TmpVerdict[] = ['in-use', 'unknown', 'protected', 'owner-command', 'too-new'];

/** Gives every member of a family the verdict of the one that must be kept. */
export function joinFamilies(units: readonly JudgedUnit[]): JudgedUnit[] {
  const databases = databasesWithJournals(units.map(({ path }) => path));
  const families = new Map<ByteString, JudgedUnit[]>();
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
      const { reason: because, holders, advice } = kept;
      return { ...unit, verdict, reason: { code: 'family', member: kept.path, because }, holders, advice };
    }
    return unit;
  });
}
