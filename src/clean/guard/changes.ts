/** What changed in a unit since it was planned, entry by entry, where the plan lists them. */
import type { EntryIdentity, PlannedEntry } from '../../model/delete-plan.ts';
import type { EntryChange } from '../../model/deletion.ts';

/** More are counted nowhere: the unit is left alone anyway. */
const MOST = 1000;

/** The differences between two lists of one unit. */
export function changesBetween(
  planned: readonly PlannedEntry[],
  found: readonly PlannedEntry[],
): EntryChange[] {
  const before = new Map(planned.map((entry) => [entry.below, entry]));
  const changes: EntryChange[] = [];
  for (const entry of found) {
    const old = before.get(entry.below);
    before.delete(entry.below);
    if (!old) changes.push({ below: entry.below, change: 'new' });
    else if (!isSame(old, entry)) changes.push({ below: entry.below, change: 'changed' });
  }
  for (const below of before.keys()) changes.push({ below, change: 'gone' });
  return changes.slice(0, MOST);
}

function isSame(a: EntryIdentity, b: EntryIdentity): boolean {
  return (
    a.id === b.id &&
    a.mode === b.mode &&
    a.uid === b.uid &&
    a.links === b.links &&
    a.sizeBytes === b.sizeBytes &&
    a.mtimeNs === b.mtimeNs &&
    a.ctimeNs === b.ctimeNs
  );
}
