/** The tree as it was when a snapshot of it was taken: by how much each entry of a listing has grown since. */
import { isInside } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { nameAt, ROW_FLAG, ROW_KIND } from '../listing/listing.ts';
import type { Listing } from '../listing/listing.ts';
import { NO_FIGURES } from '../trees/trees.ts';
import type { Figures, Forest } from '../trees/trees.ts';
import type { RecordedFile } from './messages.ts';

/** What is not known has no growth that could be shown, and comes last. */
const UNKNOWN_GROWTH = -Infinity;
const ROOT = 1;

export interface SinceThen {
  readonly listing: Listing;
  /** Of the directory that is shown, all below it included. */
  readonly own: number | undefined;
}

export class Before {
  readonly #tree: Forest;
  readonly #files: ReadonlyMap<number, readonly RecordedFile[]>;
  readonly #hasAllFiles: boolean;

  /** @param files by directory. @param hasAllFiles false where only the largest are known. */
  constructor(tree: Forest, files: ReadonlyMap<number, readonly RecordedFile[]>, hasAllFiles: boolean) {
    this.#tree = tree;
    this.#files = files;
    this.#hasAllFiles = hasAllFiles;
  }

  /** `listing`, which is of the directory `path` with the figures `own`, and how much each row has grown. */
  compare(listing: Listing, path: ByteString, own: Figures): SinceThen {
    // What the snapshot was not of cannot be compared.
    if (!isInside(path, this.#tree.path(ROOT)))
      return {
        listing: { ...listing, growth: new Float64Array(listing.count).fill(UNKNOWN_GROWTH) },
        own: undefined,
      };
    const directory = this.#tree.trail(path)?.at(-1);
    const level = directory === undefined ? undefined : this.#tree.level(directory);
    const known = directory === undefined ? [] : (this.#files.get(directory) ?? []);
    const files = new Map(known.map((file) => [file.name, file.diskBytes]));
    const growth = new Float64Array(listing.count);
    for (let row = 0; row < listing.count; row++) {
      const name = nameAt(listing, row);
      const now = listing.diskBytes[row];
      const kind = listing.kind[row];
      if (kind === ROW_KIND.outside) growth[row] = UNKNOWN_GROWTH;
      else if (kind === ROW_KIND.directory)
        growth[row] = now - (level?.children.get(name)?.figures.diskBytes ?? 0);
      else {
        const then = files.get(name);
        // The bytes of an inode with several names may have been written down below another one.
        const isNew =
          level === undefined || (this.#hasAllFiles && (listing.flags[row] & ROW_FLAG.linked) === 0);
        growth[row] = then === undefined ? (isNew ? now : UNKNOWN_GROWTH) : now - then;
      }
    }
    return { listing: { ...listing, growth }, own: own.diskBytes - (level?.own ?? NO_FIGURES).diskBytes };
  }
}
