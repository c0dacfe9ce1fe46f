/** Which directories deserve a watch of their own: first those where something was written lately, and those above them. */
import { baseName } from '../../model/byte-string.ts';
import { ABOVE_ROOTS } from '../../model/tree.ts';
import type { DirectoryTree } from '../../model/tree.ts';

/** Watching more than this costs more memory than it is worth: the rest is swept. */
const MOST_DIRECTORIES = 1024;
const MOST_ENTRIES = 20_000;
/** A watched directory is listed once; larger ones are swept. */
const MOST_ENTRIES_EACH = 5000;
const LOG_PLACE = /^(?:logs?|journal|containers|pods|\.pm2|supervisor)$/iu;

/** Hottest first, the ancestors of each before it. @param most watches that may be had. */
export function chooseHotDirectories(tree: DirectoryTree, most: number): number[] {
  const { count, parent, entries } = tree.columns;
  const own = ownHeat(tree);
  const ownEntries = Float64Array.from(entries);
  for (let id = count - 1; id > 0; id--) ownEntries[parent[id]] -= entries[id];
  const ranked = Array.from({ length: count }, (_, id) => id)
    .filter((id) => id !== ABOVE_ROOTS && !tree.isFileRoot(id))
    .toSorted((a, b) => own[b] - own[a]);
  const chosen = new Set<number>();
  let room = MOST_ENTRIES;
  const choose = (id: number): void => {
    if (id === ABOVE_ROOTS || chosen.has(id)) return;
    choose(parent[id]);
    if (ownEntries[id] > Math.min(room, MOST_ENTRIES_EACH) || chosen.size >= Math.min(most, MOST_DIRECTORIES))
      return;
    room -= ownEntries[id];
    chosen.add(id);
  };
  for (const root of tree.children(ABOVE_ROOTS)) if (!tree.isFileRoot(root)) choose(root);
  for (const id of ranked) {
    if (chosen.size >= Math.min(most, MOST_DIRECTORIES) || room <= 0) break;
    choose(id);
  }
  return [...chosen];
}

/** Bytes written lately in the directory itself; an hour ago counts more than a day, a day more than a week. */
function ownHeat(tree: DirectoryTree): Float64Array {
  const { count, parent, hourBytes, dayBytes, weekBytes } = tree.columns;
  const own = new Float64Array(count);
  const weights = [
    [hourBytes, 64],
    [dayBytes, 8],
    [weekBytes, 1],
  ] as const;
  for (const [bytes, weight] of weights) {
    for (let id = count - 1; id > 0; id--) {
      own[id] += bytes[id] * weight;
      own[parent[id]] -= bytes[id] * weight;
    }
  }
  for (let id = 1; id < count; id++) {
    // Logs may have been quiet for long before they fill a disk.
    if (tree.columns.parent[id] === ABOVE_ROOTS || LOG_PLACE.test(baseName(tree.name(id))))
      own[id] = Math.max(own[id], 1);
  }
  return own;
}
