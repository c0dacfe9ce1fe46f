/**
 * A fingerprint of a whole tree that many threads can take in any order: each entry's identity becomes 64 bits, and
 * the tree's digest is their sum. It tells that nothing changed; it is no defence against somebody who wants two
 * trees of his own to look alike, and need not be (docs/decisions.md).
 */

import type { EntryIdentity } from './delete-plan.ts';
import { fileId, kernelDevice } from './file-id.ts';

/** Where the parts of an entry's identity stand in the words that are digested. */
export const IDENTITY_WORD = {
  parentInodeLow: 0,
  parentInodeHigh: 1,
  /** major << 20 | minor. */
  device: 2,
  inodeLow: 3,
  inodeHigh: 4,
  /** st_mode, type and permissions. */
  mode: 5,
  uid: 6,
  links: 7,
  sizeLow: 8,
  sizeHigh: 9,
  mtimeLow: 10,
  mtimeHigh: 11,
  mtimeNanoseconds: 12,
  ctimeLow: 13,
  ctimeHigh: 14,
  ctimeNanoseconds: 15,
} as const;
export const IDENTITY_WORDS = 16;

/** Fresh words of one identity, to be filled again and again. */
export function identityWords(): Uint32Array<ArrayBuffer> {
  return new Uint32Array(IDENTITY_WORDS);
}

/** The 64 bits of the entry digested last. */
export const entryHash = { low: 0, high: 0 };

/** Puts the hash of an identity and of the name at `bytes[start…end)` into `entryHash`. */
export function hashEntry(identity: Uint32Array, bytes: Uint8Array, start: number, end: number): void {
  let low = 0x9e37_79b9 ^ (end - start);
  let high = 0x85eb_ca6b;
  for (let i = 0; i < IDENTITY_WORDS; i++) {
    const word = identity[i];
    low = Math.imul(low ^ word, 0xcc9e_2d51);
    low ^= low >>> 15;
    high = Math.imul(high + word, 0x1b87_3593) ^ low;
    high ^= high >>> 13;
  }
  for (let i = start; i < end; i++) {
    low = Math.imul(low ^ bytes[i], 0x0100_0193);
    high = Math.imul(high + bytes[i], 0xc2b2_ae35);
    high ^= high >>> 16;
  }
  low ^= high;
  low = Math.imul(low ^ (low >>> 16), 0x85eb_ca6b);
  low = Math.imul(low ^ (low >>> 13), 0xc2b2_ae35);
  high = Math.imul(high ^ (high >>> 15) ^ low, 0x2c1b_3c6d);
  high = Math.imul(high ^ (high >>> 12), 0x297a_2d39);
  entryHash.low = (low ^ (low >>> 16)) >>> 0;
  entryHash.high = (high ^ (high >>> 15)) >>> 0;
}

/** The sum over a tree, kept as two 32-bit words so that threads can add theirs in shared memory. */
export interface DigestSum {
  low: number;
  high: number;
}

/** Adds `one` to `sum`, modulo 2^64. */
export function addToDigest(sum: DigestSum, one: Readonly<DigestSum>): void {
  const low = sum.low + one.low;
  sum.high = (sum.high + one.high + (low > 0xffff_ffff ? 1 : 0)) >>> 0;
  sum.low = low >>> 0;
}

/** 16 hexadecimal digits. */
export function digestText({ low, high }: Readonly<DigestSum>): string {
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}

/**
 * The identity that a hash was made from, as data. Sizes beyond 2^53 lose their last digits.
 * @param words as `hashEntry` takes them.
 */
export function entryIdentity(words: Uint32Array): EntryIdentity {
  const at = (word: keyof typeof IDENTITY_WORD): number => words[IDENTITY_WORD[word]];
  return {
    id: fileId(at('device'), at('inodeHigh'), at('inodeLow')),
    mode: at('mode'),
    uid: at('uid'),
    links: at('links'),
    sizeBytes: at('sizeHigh') * 2 ** 32 + at('sizeLow'),
    mtimeNs: nanoseconds(at('mtimeLow'), at('mtimeHigh'), at('mtimeNanoseconds')),
    ctimeNs: nanoseconds(at('ctimeLow'), at('ctimeHigh'), at('ctimeNanoseconds')),
  };
}

/** Fills `words` from what node:fs looked at with `bigint: true`; the parent's inode is the caller's. */
export function fillIdentityFromStats(words: Uint32Array, stats: IdentityStats): void {
  words[IDENTITY_WORD.device] = kernelDevice(Number(stats.dev));
  words[IDENTITY_WORD.inodeLow] = lowWord(stats.ino);
  words[IDENTITY_WORD.inodeHigh] = highWord(stats.ino);
  words[IDENTITY_WORD.mode] = Number(stats.mode);
  words[IDENTITY_WORD.uid] = Number(stats.uid);
  words[IDENTITY_WORD.links] = Number(stats.nlink);
  words[IDENTITY_WORD.sizeLow] = lowWord(stats.size);
  words[IDENTITY_WORD.sizeHigh] = highWord(stats.size);
  const time = (from: bigint, to: number): void => {
    // The kernel counts nanoseconds up from the second below, before 1970 too.
    const rest = ((from % BILLION) + BILLION) % BILLION;
    const seconds = (from - rest) / BILLION;
    words[to] = lowWord(seconds);
    words[to + 1] = highWord(seconds);
    words[to + 2] = Number(rest);
  };
  time(stats.mtimeNs, IDENTITY_WORD.mtimeLow);
  time(stats.ctimeNs, IDENTITY_WORD.ctimeLow);
}

const BILLION = 1_000_000_000n;

function lowWord(value: bigint): number {
  return Number(value & 0xffff_ffffn);
}

function highWord(value: bigint): number {
  return Number((value >> 32n) & 0xffff_ffffn);
}

function nanoseconds(secondsLow: number, secondsHigh: number, rest: number): bigint {
  return ((BigInt(secondsHigh | 0) << 32n) | BigInt(secondsLow)) * BILLION + BigInt(rest);
}

/** What is needed of node:fs's BigIntStats. */
export type IdentityStats = Readonly<
  Record<'dev' | 'ino' | 'mode' | 'uid' | 'nlink' | 'size' | 'mtimeNs' | 'ctimeNs', bigint>
>;
