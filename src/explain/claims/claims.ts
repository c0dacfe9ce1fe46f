/** Which bytes of the scanned tree findings have explained already: every byte is explained once, by the first that claims it. */
import type { RankedFile, ScanResult } from '../../model/scan-result.ts';
import { ABOVE_ROOTS } from '../../model/tree.ts';

/** What a claim was given. */
export interface Claim {
  /** Bytes on disk of the thing itself. */
  readonly diskBytes: number;
  /** The part of them that was not claimed before. */
  readonly claimedBytes: number;
}

const NOTHING: Claim = { diskBytes: 0, claimedBytes: 0 };

export class Claims {
  readonly #scan: ScanResult;
  /** Per directory: bytes in it and below that are claimed. */
  readonly #claimed: Float64Array;
  readonly #whole: Uint8Array;
  readonly #files = new Set<string>();

  constructor(scan: ScanResult) {
    this.#scan = scan;
    this.#claimed = new Float64Array(scan.tree.columns.count);
    this.#whole = new Uint8Array(scan.tree.columns.count);
  }

  /** Whether the directory, or one above it, is claimed as a whole. */
  isClaimed(directory: number): boolean {
    const { parent } = this.#scan.tree.columns;
    for (let id = directory; id !== ABOVE_ROOTS; id = parent[id]) if (this.#whole[id] === 1) return true;
    return false;
  }

  isFileClaimed(file: RankedFile): boolean {
    return this.#files.has(file.path) || this.isClaimed(file.directory);
  }

  /** Bytes in a directory and below that are not claimed yet. */
  unclaimedBytes(directory: number): number {
    if (this.isClaimed(directory)) return 0;
    return Math.max(0, this.#scan.tree.columns.diskBytes[directory] - this.#claimed[directory]);
  }

  /** Claims a directory with all that is left in it. */
  directory(directory: number): Claim {
    const diskBytes = this.#scan.tree.columns.diskBytes[directory];
    const claimedBytes = this.#take(directory, this.unclaimedBytes(directory));
    this.#whole[directory] = 1;
    return { diskBytes, claimedBytes };
  }

  /** Claims one file of the lists the scan made. */
  file(file: RankedFile): Claim {
    const { diskBytes, directory } = file;
    if (this.isFileClaimed(file)) return { ...NOTHING, diskBytes };
    this.#files.add(file.path);
    return { diskBytes, claimedBytes: this.#take(directory, diskBytes) };
  }

  /** Claims `bytes` of files directly in a directory that are too many to be listed one by one. */
  part(directory: number, bytes: number): Claim {
    return {
      diskBytes: bytes,
      claimedBytes: this.#take(directory, Math.min(bytes, this.unclaimedBytes(directory))),
    };
  }

  /**
   * Books bytes for a directory and all above it. Directories that share a hard link each count it, the one above
   * them once: what is not free any more further up was claimed by a sibling.
   */
  #take(directory: number, bytes: number): number {
    const { parent, diskBytes } = this.#scan.tree.columns;
    let taken = bytes;
    for (let id = directory; id !== ABOVE_ROOTS; id = parent[id])
      taken = Math.min(taken, Math.max(0, diskBytes[id] - this.#claimed[id]));
    for (let id = directory; id !== ABOVE_ROOTS; id = parent[id]) this.#claimed[id] += taken;
    return taken;
  }
}
