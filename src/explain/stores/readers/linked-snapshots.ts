/** Snapshots that share files by hard links: what a single one would give back is only what no other has. */
import { directoriesAt, directoryPart } from '../parts.ts';
import type { Reader } from '../reader.ts';

export const linkedSnapshots: Reader = ({ store, tree }) => ({
  parts: (store.entry.parts ?? []).flatMap(([kind, pattern]) =>
    directoriesAt(tree, store.directory, pattern).map(({ directory, name }) =>
      directoryPart(kind, name, directory, tree, { givesBackBytes: tree.columns.freeableBytes[directory] }),
    ),
  ),
});
