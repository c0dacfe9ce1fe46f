/** What is right in one directory, as columns in the order of names: a row costs no object. */
import { fromBytes } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

/** What an entry is. `outside` is a directory that the scan did not enter: a mount, or newer than the scan. */
export const ROW_KIND = { directory: 0, file: 1, symlink: 2, special: 3, outside: 4 } as const;

/** What is to be known of a row's figures. */
export const ROW_FLAG = {
  /** Something in it could not be read: "at least". */
  incomplete: 1,
  /** The inode has other names. */
  linked: 2,
  /** A process holds it. */
  held: 4,
  /** Something in it was rescanned or deleted since the scan: hard links may make the figures a little wrong. */
  changed: 8,
} as const;

export interface Listing {
  readonly count: number;
  /** All names one behind the other, row by row. */
  readonly names: Uint8Array;
  /** Row i's name ends at nameEnd[i], where that of the next begins. */
  readonly nameEnd: Uint32Array;
  /** Of ROW_KIND. */
  readonly kind: Uint8Array;
  /** Bits of ROW_FLAG. */
  readonly flags: Uint8Array;
  /** Number in the tree; 0 for what is no directory of it. */
  readonly directory: Uint32Array;
  readonly diskBytes: Float64Array;
  readonly apparentBytes: Float64Array;
  readonly freeableBytes: Float64Array;
  /** Inodes, itself included. */
  readonly entries: Float64Array;
  /** Seconds since 1970 of the latest change; -Infinity where nothing was seen. */
  readonly newest: Float64Array;
  /** Which entry it was when the directory was read; 0 where that is not known. */
  readonly inode: Float64Array;
  /** Bytes on disk by which it has grown since a snapshot, -Infinity where that is not known; undefined without one. */
  readonly growth?: Float64Array;
}

export const EMPTY_LISTING: Listing = {
  count: 0,
  names: new Uint8Array(0),
  nameEnd: new Uint32Array(0),
  kind: new Uint8Array(0),
  flags: new Uint8Array(0),
  directory: new Uint32Array(0),
  diskBytes: new Float64Array(0),
  apparentBytes: new Float64Array(0),
  freeableBytes: new Float64Array(0),
  entries: new Float64Array(0),
  newest: new Float64Array(0),
  inode: new Float64Array(0),
};

export function nameAt({ names, nameEnd }: Listing, row: number): ByteString {
  return fromBytes(names, row === 0 ? 0 : nameEnd[row - 1], nameEnd[row]);
}

/** The row with this name, or -1. Names are in order, so few are looked at. */
export function rowOf(listing: Listing, name: ByteString): number {
  let low = 0;
  let high = listing.count - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = nameAt(listing, middle);
    if (found === name) return middle;
    if (found < name) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
