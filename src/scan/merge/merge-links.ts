/** Counts inodes with several links once in every directory that has one of them below, whatever order they were met in. */
import { USES } from '../../model/breakdown.ts';
import { fileId } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';
import { BLOCK_BYTES } from '../../model/size.ts';
import { FILE_TYPE } from '../../system/calls/statx.ts';
import type { BreakdownSums } from './breakdown-sums.ts';
import { typeName } from './breakdown-sums.ts';
import { addRecent, recentWindow, useOfExtension } from '../tally/tally.ts';
import { forEachLinkGroup } from './link-groups.ts';
import type { LinkGroup, LinkPlace } from './link-groups.ts';
import type { DirectorySums, KindCounts } from './directory-sums.ts';
import type { Life } from './life-sums.ts';
import type { LinkRows, RecentWindow, TallyResult } from '../tally/tally.ts';

/** Uses that a directory leaves open, so that a file's own name decides. */
export const OPEN_USES: ReadonlySet<number> = new Set([USES.indexOf('data'), USES.indexOf('other')]);

/** What is counted in one directory and not once more in those above it. */
export class LinkMerge {
  readonly #tallies: readonly TallyResult[];
  readonly #sums: DirectorySums;
  readonly #kinds: readonly KindCounts[];
  readonly #breakdowns: readonly BreakdownSums[];
  readonly #recent: RecentWindow;
  readonly #held: ReadonlySet<FileId>;
  readonly #life: Life | undefined;
  /** By threes: directory, blocks, apparent bytes. */
  readonly #extras: number[] = [];
  readonly #stamps: Uint32Array;
  #stamp = 0;
  /** Names of types by tally, root and row, made once. */
  readonly #typeNames = new Map<number, string>();

  constructor(
    tallies: readonly TallyResult[],
    sums: DirectorySums,
    kinds: readonly KindCounts[],
    breakdowns: readonly BreakdownSums[],
    { nowSeconds, held }: { readonly nowSeconds: number; readonly held: ReadonlySet<FileId> },
    life: Life | undefined,
  ) {
    this.#life = life;
    this.#tallies = tallies;
    this.#sums = sums;
    this.#kinds = kinds;
    this.#breakdowns = breakdowns;
    this.#recent = recentWindow(nowSeconds);
    this.#held = held;
    this.#stamps = new Uint32Array(sums.count);
  }

  /** Before directories are added up: puts each inode where all its links meet, from where it counts upwards. */
  addCommon(): void {
    forEachLinkGroup(this.#tallies, (group) => {
      this.#addGroup(group);
      this.#addToRoots(group);
    });
  }

  /** After directories were added up: the directories below that meeting point. */
  addExtras(): void {
    const { blocks, apparent, entries } = this.#sums;
    for (let i = 0; i < this.#extras.length; i += 3) {
      const id = this.#extras[i];
      blocks[id] += this.#extras[i + 1];
      apparent[id] += this.#extras[i + 2];
      entries[id]++;
    }
  }

  #addGroup({ links, row, members, count }: LinkGroup): void {
    const sums = this.#sums;
    const blocks = links.blocks[row];
    const kind = links.mode[row] & FILE_TYPE.mask;
    const apparent = kind === FILE_TYPE.regular || kind === FILE_TYPE.symlink ? links.size[row] : 0;
    let common = this.#directoryOf(members[0]);
    for (let i = 1; i < count; i++) common = sums.commonAbove(common, this.#directoryOf(members[i]));
    sums.blocks[common] += blocks;
    sums.apparent[common] += apparent;
    sums.entries[common]++;
    // Only when every link lies below does deleting the directory free the inode.
    if (count >= links.links[row] && !this.#isHeld(links, row)) {
      sums.freeable[common] += blocks;
      this.#life?.addLinks(
        common,
        fileId(links.device[row], links.inodeHigh[row], links.inodeLow[row]),
        blocks * BLOCK_BYTES,
        members.slice(0, count).map((member) => this.#directoryOf(member)),
      );
    }
    if (kind === FILE_TYPE.regular) addRecent(sums, common, this.#recent, links.mtime[row], blocks);
    this.#stamp++;
    for (let i = 0; i < count; i++) {
      let id = this.#directoryOf(members[i]);
      for (; id !== common && this.#stamps[id] !== this.#stamp; id = sums.parent[id]) {
        this.#stamps[id] = this.#stamp;
        this.#extras.push(id, blocks, apparent);
      }
    }
  }

  /** Once in each root that has a link. Of several types and uses the first in order wins, whichever was met first. */
  #addToRoots({ links, row, members, count }: LinkGroup): void {
    const kind = links.mode[row] & FILE_TYPE.mask;
    const best = new Map<number, { type: string; use: number }>();
    for (let i = 0; i < count; i++) {
      const root = this.#tallies[members[i].tally].links.root[members[i].row];
      const type = this.#typeOf(members[i], root);
      const use = this.#useOf(members[i], type);
      const known = best.get(root);
      if (!known) best.set(root, { type, use });
      else {
        if (type < known.type) known.type = type;
        known.use = Math.min(known.use, use);
      }
    }
    for (const [root, { type, use }] of best) {
      this.#kinds[root].count(kind);
      this.#breakdowns[root].addInode(type, use, links.blocks[row], links.mtime[row]);
    }
  }

  #typeOf({ tally, row }: LinkPlace, root: number): string {
    const type = this.#tallies[tally].links.type[row];
    const key = (tally * 2 ** 16 + root) * 2 ** 16 + type;
    let name = this.#typeNames.get(key);
    if (name === undefined) {
      name = typeName(this.#tallies[tally].breakdowns[root]!, type);
      this.#typeNames.set(key, name);
    }
    return name;
  }

  #useOf(place: LinkPlace, type: string): number {
    const use = this.#sums.uses[this.#directoryOf(place)];
    const own = OPEN_USES.has(use) && type.startsWith('.') ? useOfExtension(type.slice(1)) : undefined;
    return own === undefined ? use : USES.indexOf(own);
  }

  #isHeld({ device, inodeHigh, inodeLow }: LinkRows, row: number): boolean {
    return this.#held.size > 0 && this.#held.has(fileId(device[row], inodeHigh[row], inodeLow[row]));
  }

  #directoryOf({ tally, row }: LinkPlace): number {
    return this.#tallies[tally].links.directory[row];
  }
}
