/** Adds up what the threads counted by owner; an inode with several names is its package's, whichever name that one is. */
import type { Share } from '../../model/breakdown.ts';
import { FIRST_PACKAGE, NOT_OWNED } from '../../model/owned-paths.ts';
import type { ScanOwners } from '../../model/owners.ts';
import { BLOCK_BYTES } from '../../model/size.ts';
import { ABOVE_ROOTS } from '../../model/tree.ts';
import type { DirectoryTree } from '../../model/tree.ts';
import { forEachLinkGroup } from './link-groups.ts';
import type { LinkGroup } from './link-groups.ts';
import type { TallyResult } from '../tally/tally.ts';

/** Undefined where the scan was not asked for owners. */
export function mergeOwners(
  tallies: readonly TallyResult[],
  tree: DirectoryTree,
  rootCount: number,
): ScanOwners | undefined {
  if (tallies.every(({ owners }) => owners === undefined)) return undefined;
  return new OwnerMerge(tallies, tree, rootCount).merged();
}

/** Blocks and inodes by number. */
class Sums {
  readonly #shares = new Map<number, { diskBytes: number; entries: number }>();

  add(key: number, blocks: number, entries: number): void {
    const share = this.#shares.get(key);
    if (!share) this.#shares.set(key, { diskBytes: blocks * BLOCK_BYTES, entries });
    else {
      share.diskBytes += blocks * BLOCK_BYTES;
      share.entries += entries;
    }
  }

  shares(): ReadonlyMap<number, Share> {
    return this.#shares;
  }
}

class OwnerMerge {
  readonly #tallies: readonly TallyResult[];
  readonly #parent: Uint32Array;
  readonly #owners: Sums[];
  readonly #users: Sums[];
  readonly #directories: { diskBytes: number; entries: number }[];
  readonly #unownedBytes: Float64Array;
  readonly #unownedEntries: Float64Array;
  readonly #stamps: Uint32Array;
  #stamp = 0;

  constructor(tallies: readonly TallyResult[], { columns }: DirectoryTree, rootCount: number) {
    this.#tallies = tallies;
    this.#parent = columns.parent;
    this.#owners = Array.from({ length: rootCount }, () => new Sums());
    this.#users = Array.from({ length: rootCount }, () => new Sums());
    this.#directories = Array.from({ length: rootCount }, () => ({ diskBytes: 0, entries: 0 }));
    this.#unownedBytes = new Float64Array(columns.count);
    this.#unownedEntries = new Float64Array(columns.count);
    this.#stamps = new Uint32Array(columns.count);
  }

  merged(): ScanOwners {
    for (const tally of this.#tallies) this.#addTally(tally);
    for (let id = this.#parent.length - 1; id > ABOVE_ROOTS; id--) {
      this.#unownedBytes[this.#parent[id]] += this.#unownedBytes[id];
      this.#unownedEntries[this.#parent[id]] += this.#unownedEntries[id];
    }
    forEachLinkGroup(this.#tallies, (group) => this.#addGroup(group));
    return {
      roots: this.#owners.map((owners, root) => ({
        byOwner: owners.shares(),
        byUser: this.#users[root].shares(),
        directories: this.#directories[root],
      })),
      unownedBytes: this.#unownedBytes,
      unownedEntries: this.#unownedEntries,
    };
  }

  #addTally({ owners, rows, rowCount }: TallyResult): void {
    if (!owners) return;
    for (const [root, sums] of owners.roots.entries()) {
      if (!sums) continue;
      this.#directories[root].diskBytes += sums.directoryBlocks * BLOCK_BYTES;
      this.#directories[root].entries += sums.directories;
      for (const [uid, { blocks, entries }] of sums.users) this.#users[root].add(uid, blocks, entries);
      for (const [owner, entries] of sums.ownerEntries.entries())
        if (entries > 0) this.#owners[root].add(owner, sums.ownerBlocks[owner], entries);
    }
    const counted = Math.min(rowCount, owners.rows.node.length);
    for (let row = 0; row < counted; row++) {
      this.#unownedBytes[rows.id[row]] += owners.rows.blocks[row] * BLOCK_BYTES;
      this.#unownedEntries[rows.id[row]] += owners.rows.entries[row];
    }
  }

  /** Once in each root that has a name of it, and once in every directory above one where nobody owns it. */
  #addGroup({ links, row, members, count }: LinkGroup): void {
    const blocks = links.blocks[row];
    const roots = new Set<number>();
    let uid = 0;
    let owner: number = NOT_OWNED;
    for (let i = 0; i < count; i++) {
      const tally = this.#tallies[members[i].tally];
      roots.add(tally.links.root[members[i].row]);
      uid = tally.owners!.links.uid[members[i].row];
      owner = better(owner, tally.owners!.links.owner[members[i].row]);
    }
    for (const root of roots) {
      this.#owners[root].add(owner, blocks, 1);
      this.#users[root].add(uid, blocks, 1);
    }
    if (owner !== NOT_OWNED) return;
    this.#stamp++;
    for (let i = 0; i < count; i++) {
      let id = this.#tallies[members[i].tally].links.directory[members[i].row];
      while (this.#stamps[id] !== this.#stamp) {
        this.#stamps[id] = this.#stamp;
        this.#unownedBytes[id] += blocks * BLOCK_BYTES;
        this.#unownedEntries[id]++;
        if (id === ABOVE_ROOTS) break;
        id = this.#parent[id];
      }
    }
  }
}

/** A package before what scripts generate, that before nobody; of two packages the first. */
function better(one: number, other: number): number {
  if (one >= FIRST_PACKAGE && other >= FIRST_PACKAGE) return Math.min(one, other);
  return Math.max(one, other);
}
