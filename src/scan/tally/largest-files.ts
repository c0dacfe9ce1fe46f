/** The largest files a thread has seen: a bounded heap, so that a million files cost no memory. */
import type { ByteString } from '../../model/byte-string.ts';
import type { EntryStat } from './entry-stat.ts';

/** A file that may be among the largest. */
export interface LargeFile {
  /** What files are ranked by: bytes on disk, or apparent bytes. */
  readonly rank: number;
  /** Number of the directory it was found in. */
  readonly directory: number;
  readonly name: ByteString;
  readonly blocks: number;
  readonly apparentBytes: number;
  readonly mtime: number;
  readonly links: number;
  /** Names of the same inode met later: [directory, name]. Empty for a file with one link. */
  readonly otherNames: (readonly [directory: number, name: ByteString])[];
  /** "device:inode" for a file with several links, else undefined. */
  readonly inode: string | undefined;
}

/** The file `name` of directory number `directory`, as it was looked at. */
export function largeFile(rank: number, directory: number, stat: EntryStat, name: ByteString): LargeFile {
  const { blocks, size, mtime, links, device, inodeHigh, inodeLow } = stat;
  return {
    rank,
    directory,
    name,
    blocks,
    apparentBytes: size,
    mtime,
    links,
    otherNames: [],
    inode: links > 1 ? `${device}:${inodeHigh}:${inodeLow}` : undefined,
  };
}

/** More names of one inode than this are not kept. */
const MOST_NAMES = 64;

export class LargestFiles {
  readonly #most: number;
  readonly #heap: LargeFile[] = [];
  readonly #linked = new Map<string, LargeFile>();
  /** A file of a smaller rank is not among the largest. */
  floor = 0;

  constructor(most: number) {
    this.#most = most;
    if (most === 0) this.floor = Infinity;
  }

  /** Takes in a file whose rank is at least `floor`. */
  offer(file: LargeFile): void {
    if (file.inode !== undefined) {
      const known = this.#linked.get(file.inode);
      if (known) {
        if (known.otherNames.length < MOST_NAMES) known.otherNames.push([file.directory, file.name]);
        return;
      }
      this.#linked.set(file.inode, file);
    }
    if (this.#heap.length < this.#most) {
      this.#heap.push(file);
      this.#siftUp(this.#heap.length - 1);
    } else {
      const smallest = this.#heap[0];
      if (smallest.inode !== undefined) this.#linked.delete(smallest.inode);
      this.#heap[0] = file;
      this.#siftDown();
    }
    if (this.#heap.length === this.#most) this.floor = this.#heap[0].rank;
  }

  /** In no particular order. */
  files(): readonly LargeFile[] {
    return this.#heap;
  }

  #siftUp(from: number): void {
    const heap = this.#heap;
    let child = from;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (heap[parent].rank <= heap[child].rank) return;
      [heap[parent], heap[child]] = [heap[child], heap[parent]];
      child = parent;
    }
  }

  #siftDown(): void {
    const heap = this.#heap;
    let parent = 0;
    for (;;) {
      let least = parent;
      for (const child of [2 * parent + 1, 2 * parent + 2]) {
        if (child < heap.length && heap[child].rank < heap[least].rank) least = child;
      }
      if (least === parent) return;
      [heap[parent], heap[least]] = [heap[least], heap[parent]];
      parent = least;
    }
  }
}
