/** Brings the links that all threads met together by inode, so that each inode counts once in every directory above it. */
import type { LinkRows, TallyResult } from '../tally/tally.ts';

/** A link: which tally, and which row of its links. */
export interface LinkPlace {
  readonly tally: number;
  readonly row: number;
}

/** All links met to one inode. The arrays are reused: copy what must stay. */
export interface LinkGroup {
  /** Columns and row of one of the links, for what is the same for all. */
  links: LinkRows;
  row: number;
  readonly members: LinkPlace[];
  /** How many of `members` belong to this group. */
  count: number;
}

/** Calls `visit` once per inode with more than one link. */
export function forEachLinkGroup(tallies: readonly TallyResult[], visit: (group: LinkGroup) => void): void {
  const total = tallies.reduce((sum, tally) => sum + tally.linkCount, 0);
  if (total === 0) return;
  const index = new LinkIndex(total);
  let link = 0;
  const starts = tallies.map((tally) => {
    const start = link;
    for (let row = 0; row < tally.linkCount; row++) index.add(link++, tally.links, row);
    return start;
  });
  const place = (of: number): LinkPlace => {
    let tally = starts.length - 1;
    while (starts[tally] > of) tally--;
    return { tally, row: of - starts[tally] };
  };
  const group: LinkGroup = { links: tallies[0].links, row: 0, members: [], count: 0 };
  for (let head = 0; head < total; head++) {
    if (!index.isHead(head)) continue;
    group.count = 0;
    for (let next = head; next >= 0; next = index.next(next)) group.members[group.count++] = place(next);
    const { tally, row } = group.members[0];
    group.links = tallies[tally].links;
    group.row = row;
    visit(group);
  }
}

/** A hash table from (device, inode) to the chain of its links. */
class LinkIndex {
  readonly #mask: number;
  /** Link that heads the chain in a bucket, -1 where free. */
  readonly #buckets: Int32Array;
  /** The link after this one in its chain; -1 at the end. Chains grow behind their head. */
  readonly #next: Int32Array;
  readonly #isHead: Uint8Array;
  readonly #columns: LinkRows[] = [];
  readonly #rows: Uint32Array;

  constructor(total: number) {
    const size = 2 ** Math.ceil(Math.log2(total * 2));
    this.#mask = size - 1;
    this.#buckets = new Int32Array(size).fill(-1);
    this.#next = new Int32Array(total).fill(-1);
    this.#isHead = new Uint8Array(total);
    this.#rows = new Uint32Array(total);
  }

  add(link: number, links: LinkRows, row: number): void {
    const low = links.inodeLow[row];
    const high = links.inodeHigh[row];
    const device = links.device[row];
    this.#rows[link] = row;
    this.#columns[link] = links;
    let bucket = (Math.imul(low ^ Math.imul(high + device, 0x9e3779b1), 0x85ebca6b) >>> 7) & this.#mask;
    for (;;) {
      const head = this.#buckets[bucket];
      if (head < 0) {
        this.#buckets[bucket] = link;
        this.#isHead[link] = 1;
        return;
      }
      const at = this.#rows[head];
      const other = this.#columns[head];
      if (other.inodeLow[at] === low && other.inodeHigh[at] === high && other.device[at] === device) {
        this.#next[link] = this.#next[head];
        this.#next[head] = link;
        return;
      }
      bucket = (bucket + 1) & this.#mask;
    }
  }

  isHead(link: number): boolean {
    return this.#isHead[link] === 1;
  }

  next(link: number): number {
    return this.#next[link];
  }
}
