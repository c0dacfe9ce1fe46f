/** The largest files of a scan, by which every other is known to be small without a look at it. */
import type { ByteString } from '../../model/byte-string.ts';
import type { RankedFile } from '../../model/scan-result.ts';

export class FileRanking {
  readonly #paths: ReadonlySet<ByteString>;
  /** No file that is not listed has more bytes on disk. */
  readonly #floorBytes: number;

  /** @param largest by bytes on disk, none left out among them. */
  constructor(largest: readonly RankedFile[]) {
    this.#paths = new Set(largest.map(({ path }) => path));
    this.#floorBytes = Math.min(Infinity, ...largest.map(({ diskBytes }) => diskBytes));
  }

  /** Whether the file is certainly smaller than that. */
  isBelow(path: ByteString, bytes: number): boolean {
    return this.#floorBytes < bytes && !this.#paths.has(path);
  }
}
