/** How many entries and bytes lie directly in each directory of a tree, without what lies further down. */
import type { DirectoryTree } from '../../model/tree.ts';

export interface DirectEntries {
  /** Names of files in the directory itself; those of its subdirectories and itself are not counted. */
  readonly files: Float64Array;
  /** Bytes of these files and of the directory itself. */
  readonly diskBytes: Float64Array;
}

/** A file with names in several subdirectories is counted by each of them, so that both are "at least". */
export function directEntries({ columns }: DirectoryTree): DirectEntries {
  const { count, parent, entries, diskBytes } = columns;
  const files = entries.map((number) => Math.max(0, number - 1));
  const bytes = diskBytes.slice();
  for (let id = 1; id < count; id++) {
    files[parent[id]] -= entries[id];
    bytes[parent[id]] -= diskBytes[id];
  }
  return { files, diskBytes: bytes };
}

/** The directories with the highest numbers from `least` on, the highest first. */
export function highest(column: Float64Array, count: number, least: number): number[] {
  const found: number[] = [];
  // 0 stands above all roots.
  for (let id = 1; id < column.length; id++) if (column[id] >= least) found.push(id);
  return found.toSorted((a, b) => column[b] - column[a]).slice(0, count);
}
