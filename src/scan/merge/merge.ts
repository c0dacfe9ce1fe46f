/** The door of the merge: adds the threads' tallies up to one tree with totals. */
import { USES } from '../../model/breakdown.ts';
import type { Breakdown } from '../../model/breakdown.ts';
import { fromBytes } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Totals } from '../../model/scan-result.ts';
import type { FileId } from '../../model/file-id.ts';
import { DirectoryTree } from '../../model/tree.ts';
import type { TreeRoot } from '../../model/tree.ts';
import { BreakdownSums } from './breakdown-sums.ts';
import { addKinds, DirectorySums, KindCounts } from './directory-sums.ts';
import { mayChangeUse, useInside, useOfPath } from './directory-use.ts';
import type { DirectoryUse } from './directory-use.ts';
import { Life } from './life-sums.ts';
import { LinkMerge, OPEN_USES } from './merge-links.ts';
import type { TallyResult } from '../tally/tally.ts';

export { collectProblems, collectRanked } from './collect.ts';
export { useOfPath } from './directory-use.ts';
export type { Life, LifeEntry } from './life-sums.ts';
export { mergeOwners } from './merge-owners.ts';

export interface Merged {
  readonly tree: DirectoryTree;
  /** Per root. */
  readonly totals: readonly Totals[];
  readonly breakdowns: readonly Breakdown[];
  /** Undefined where signs of life were not asked for. */
  readonly life: Life | undefined;
}

/** A root as the merge needs it: directory number `index + 1` of the tree. */
export interface MergeRoot extends TreeRoot {
  /** Its own path for a directory, its directory's for a file: where the use is judged from. */
  readonly usePath: ByteString;
}

/**
 * @param directoryCount how many directory numbers were given out, that above the roots included.
 * @param held files that processes hold: deleting all their names frees nothing.
 */
export function merge(
  tallies: readonly TallyResult[],
  directoryCount: number,
  roots: readonly MergeRoot[],
  nowSeconds: number,
  held: ReadonlySet<FileId>,
): Merged {
  const sums = new DirectorySums(directoryCount);
  const kinds = roots.map(() => new KindCounts());
  const breakdowns = roots.map(() => new BreakdownSums(nowSeconds));
  const names = addRows(tallies, sums, kinds);
  judgeUses(sums, names, roots);
  const lives = tallies.flatMap((tally) => tally.life ?? []);
  const life = lives.length > 0 ? new Life(lives, sums) : undefined;
  addBreakdowns(tallies, sums, breakdowns);
  const links = new LinkMerge(tallies, sums, kinds, breakdowns, { nowSeconds, held }, life);
  links.addCommon();
  sums.addUp();
  links.addExtras();
  const tree = new DirectoryTree({ ...sums.columns(), names }, roots);
  const { diskBytes, apparentBytes, entries } = tree.columns;
  return {
    tree,
    totals: kinds.map((counts, root) => ({
      diskBytes: diskBytes[root + 1],
      apparentBytes: apparentBytes[root + 1],
      entries: entries[root + 1],
      ...counts.totals(),
    })),
    breakdowns: breakdowns.map((one) => one.breakdown()),
    life,
  };
}

/** Brings every directory's own numbers together and returns all names in one array. */
function addRows(
  tallies: readonly TallyResult[],
  sums: DirectorySums,
  kinds: readonly KindCounts[],
): Uint8Array {
  const allNames = new Uint8Array(tallies.reduce((bytes, { names }) => bytes + names.length, 0));
  let namesAt = 0;
  for (const tally of tallies) {
    allNames.set(tally.names, namesAt);
    sums.place(tally, namesAt);
    sums.addOwn(tally);
    addKinds(tally, kinds);
    namesAt += tally.names.length;
  }
  sums.freeable.set(sums.blocks);
  return allNames;
}

/** The use of every directory, from those above down. */
function judgeUses(sums: DirectorySums, names: Uint8Array, roots: readonly MergeRoot[]): void {
  const { count, parent, nameStart, nameLength } = sums;
  const uses: DirectoryUse[] = Array.from({ length: count });
  for (const [root, { usePath }] of roots.entries()) uses[root + 1] = useOfPath(usePath);
  for (let id = roots.length + 1; id < count; id++) {
    const above = uses[parent[id]];
    const start = nameStart[id];
    const length = nameLength[id];
    uses[id] = mayChangeUse(above, length, names[start])
      ? useInside(above, fromBytes(names, start, start + length))
      : above;
  }
  for (let id = 1; id < count; id++) sums.uses[id] = indexOfUse.get(uses[id].use)!;
}

const indexOfUse = new Map(USES.map((use, index) => [use, index]));

function addBreakdowns(
  tallies: readonly TallyResult[],
  sums: DirectorySums,
  breakdowns: readonly BreakdownSums[],
): void {
  const { count, root, uses: useOf, blocks, entries } = sums;
  for (let id = 1; id < count; id++) breakdowns[root[id]].addUse(useOf[id], blocks[id], entries[id]);
  for (const tally of tallies) {
    for (const [index, breakdown] of breakdowns.entries()) {
      const rows = tally.breakdowns[index];
      if (rows) breakdown.addRows(rows);
    }
    const { uses, useCount } = tally;
    for (let row = 0; row < useCount; row++) {
      const id = uses.directory[row];
      if (!OPEN_USES.has(useOf[id])) continue;
      breakdowns[root[id]].addUse(useOf[id], -uses.blocks[row], -uses.entries[row]);
      breakdowns[root[id]].addUse(uses.use[row], uses.blocks[row], uses.entries[row]);
    }
  }
}
