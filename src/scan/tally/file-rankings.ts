/** The files a thread keeps by name: the largest, and those whose size and bytes on disk differ most. */
import { fromBytes } from '../../model/byte-string.ts';
import { BLOCK_BYTES } from '../../model/size.ts';
import type { EntryStat } from './entry-stat.ts';
import { largeFile, LargestFiles } from './largest-files.ts';
import type { LargeFile } from './largest-files.ts';
import type { TallyOptions } from './tally-options.ts';

/** Files kept whose size and bytes on disk differ, and the least difference that is worth knowing. */
const MOST_UNEVEN = 100;
const LEAST_UNEVEN_BYTES = 2 ** 20;

export class FileRankings {
  readonly #largest: LargestFiles;
  readonly #uneven = new LargestFiles(MOST_UNEVEN);
  readonly #byApparent: boolean;

  constructor({ largestCount, rankByApparent }: TallyOptions) {
    this.#largest = new LargestFiles(largestCount);
    this.#uneven.floor = LEAST_UNEVEN_BYTES;
    this.#byApparent = rankByApparent;
  }

  /** Takes in the regular file `name[start…end)` of directory number `directory`. */
  offer(directory: number, stat: EntryStat, name: Uint8Array, start: number, end: number): void {
    const bytes = stat.blocks * BLOCK_BYTES;
    const rank = this.#byApparent ? stat.size : bytes;
    if (rank > this.#largest.floor)
      this.#largest.offer(largeFile(rank, directory, stat, fromBytes(name, start, end)));
    const difference = Math.abs(stat.size - bytes);
    if (difference > this.#uneven.floor)
      this.#uneven.offer(largeFile(difference, directory, stat, fromBytes(name, start, end)));
  }

  largest(): readonly LargeFile[] {
    return this.#largest.files();
  }

  uneven(): readonly LargeFile[] {
    return this.#uneven.files();
  }
}
