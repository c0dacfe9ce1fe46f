/**
 * Bytes of an inode with several names count once, at one of them: at the same one in both snapshots where it can be, so
 * that a name more or less changes no size.
 */
import { NONE } from './entry-table.ts';
import type { EntryTable } from './entry-table.ts';
import type { Pairs } from './pairs.ts';

/** Bytes of every entry by its number, each inode's once. */
export interface CountedBytes {
  readonly old: Float64Array;
  readonly new: Float64Array;
}

export function countedBytes(pairs: Pairs): CountedBytes {
  const counted = { old: allBytes(pairs.old), new: allBytes(pairs.new) };
  const [before, after] = [linkGroups(pairs.old), linkGroups(pairs.new)];
  for (const [inode, names] of after) {
    const kept = names.find((id) => isKept(pairs, id));
    const owner = kept ?? smallest(pairs.new, names);
    leaveTo(owner, names, counted.new);
    const others = before.get(inode);
    if (kept === undefined || !others) continue;
    leaveTo(pairs.toOld[kept], others, counted.old);
    before.delete(inode);
  }
  for (const names of before.values()) {
    const kept = names.find((id) => pairs.toNew[id] !== NONE && isKept(pairs, pairs.toNew[id]));
    leaveTo(kept ?? smallest(pairs.old, names), names, counted.old);
  }
  return counted;
}

/** Whether a new entry has been the same inode before. */
function isKept(pairs: Pairs, id: number): boolean {
  const before = pairs.toOld[id];
  return before !== NONE && pairs.new.isSameInode(id, pairs.old, before);
}

function allBytes(table: EntryTable): Float64Array {
  return Float64Array.from({ length: table.count }, (_, id) => table.bytesOf(id));
}

/** The names of each inode that has several, which need not all be in the tree. */
function linkGroups(table: EntryTable): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (let id = 0; id < table.count; id++) {
    const inode = table.isLinked(id) ? table.inode(id) : undefined;
    if (inode === undefined) continue;
    const known = groups.get(inode);
    if (known) known.push(id);
    else groups.set(inode, [id]);
  }
  return groups;
}

function leaveTo(owner: number, names: readonly number[], counted: Float64Array): void {
  for (const name of names) if (name !== owner) counted[name] = 0;
}

function smallest(table: EntryTable, names: readonly number[]): number {
  if (names.length === 1) return names[0];
  const paths = names.map((id) => ({ id, path: table.pathOf(id) }));
  return paths.reduce((least, one) => (one.path < least.path ? one : least)).id;
}
