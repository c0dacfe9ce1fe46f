/**
 * The list of what changed. Every counted byte of the old snapshot and of the new one goes into exactly one row, or into
 * a pair that is the same: so the rows add up to the difference of the totals.
 */
import type { ByteString } from '../../model/byte-string.ts';
import type { Change, ChangeKind } from '../../model/snapshot-diff.ts';
import { NONE, ROOT } from './entry-table.ts';
import type { EntryTable } from './entry-table.ts';
import type { CountedBytes } from './link-owners.ts';
import type { Pairs } from './pairs.ts';

/** A change before its path is put together. */
interface Row {
  readonly table: EntryTable;
  readonly id: number;
  readonly kind: ChangeKind;
  readonly movedFrom: number;
  oldBytes: number;
  newBytes: number;
}

/** The largest change first. */
export function changesBetween(pairs: Pairs, counted: CountedBytes): Change[] {
  const rows = new Rows(pairs, counted).all();
  return rows
    .map((row): Change & { readonly size: number } => new FoundChange(row, pairs.old))
    .toSorted((a, b) => b.size - a.size || compare(a, b));
}

class Rows {
  readonly #pairs: Pairs;
  readonly #counted: CountedBytes;
  readonly #rows: Row[] = [];
  /** By new entry: the row of the whole directory that it is in, + 1; 0 where it stands for itself. */
  readonly #rowOfNew: Uint32Array;
  readonly #rowOfOld: Uint32Array;

  constructor(pairs: Pairs, counted: CountedBytes) {
    this.#pairs = pairs;
    this.#counted = counted;
    this.#rowOfNew = new Uint32Array(pairs.new.count);
    this.#rowOfOld = new Uint32Array(pairs.old.count);
  }

  /** Parents have smaller numbers: what a directory decides is known before what is in it is looked at. */
  all(): Row[] {
    const { old: before, new: after, toNew } = this.#pairs;
    for (let id = 0; id < after.count; id++) this.#addNew(id);
    for (let id = 0; id < before.count; id++) {
      // Of those that are still there the row is that of what they are now.
      if (toNew[id] === NONE) this.#addGone(id);
      else this.#rowOfOld[id] = this.#rowOfNew[toNew[id]];
    }
    return this.#rows;
  }

  #addNew(id: number): void {
    const { new: after, toOld, isMoved } = this.#pairs;
    const before = toOld[id];
    const newBytes = this.#counted.new[id];
    const oldBytes = before === NONE ? 0 : this.#counted.old[before];
    const inherited = id === ROOT || isMoved[id] === 1 ? 0 : this.#rowOfNew[after.parentOf(id)];
    if (inherited > 0) {
      const row = this.#rows[inherited - 1];
      // Inside of what is new as a whole nothing has been before.
      row.newBytes += newBytes;
      row.oldBytes += oldBytes;
      this.#rowOfNew[id] = inherited;
      return;
    }
    if (before !== NONE && isMoved[id] === 0) {
      const kind = newBytes > oldBytes ? 'grown' : 'shrunk';
      if (newBytes !== oldBytes) this.#add(after, id, kind, NONE, oldBytes, newBytes);
      return;
    }
    this.#add(after, id, before === NONE ? 'new' : 'moved', before, oldBytes, newBytes);
    if (after.isDirectory(id)) this.#rowOfNew[id] = this.#rows.length;
  }

  #addGone(id: number): void {
    const { old: before } = this.#pairs;
    const oldBytes = this.#counted.old[id];
    const inherited = this.#rowOfOld[before.parentOf(id)];
    if (inherited > 0) {
      this.#rows[inherited - 1].oldBytes += oldBytes;
      this.#rowOfOld[id] = inherited;
      return;
    }
    this.#add(before, id, 'gone', NONE, oldBytes, 0);
    if (before.isDirectory(id)) this.#rowOfOld[id] = this.#rows.length;
  }

  #add(
    table: EntryTable,
    id: number,
    kind: ChangeKind,
    movedFrom: number,
    oldBytes: number,
    newBytes: number,
  ): void {
    this.#rows.push({ table, id, kind, movedFrom, oldBytes, newBytes });
  }
}

/** Most are only ever ranked: a path is put together when it is asked for. */
class FoundChange implements Change {
  readonly kind: ChangeKind;
  readonly isDirectory: boolean;
  readonly oldBytes: number;
  readonly newBytes: number;
  readonly #row: Row;
  readonly #before: EntryTable;

  constructor(row: Row, before: EntryTable) {
    this.#row = row;
    this.#before = before;
    this.kind = row.kind;
    this.isDirectory = row.table.isDirectory(row.id);
    this.oldBytes = row.oldBytes;
    this.newBytes = row.newBytes;
  }

  /** What it is ranked by: what moved and did not change comes last. */
  get size(): number {
    return Math.abs(this.newBytes - this.oldBytes);
  }

  get path(): ByteString {
    return this.#row.table.pathOf(this.#row.id);
  }

  get movedFrom(): ByteString | undefined {
    return this.#row.movedFrom === NONE ? undefined : this.#before.pathOf(this.#row.movedFrom);
  }
}

/** Equal changes by how much is there, and then by their paths. */
function compare(a: Change, b: Change): number {
  const bytes = Math.max(b.oldBytes, b.newBytes) - Math.max(a.oldBytes, a.newBytes);
  return bytes === 0 ? Number(a.path > b.path) - Number(a.path < b.path) : bytes;
}
