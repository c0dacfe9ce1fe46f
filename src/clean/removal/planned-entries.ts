/** Entries of one unit: whether they are what the guard read, their removal, and what that gives back. */
import type { ByteString } from '../../model/byte-string.ts';
import { IDENTITY_WORD, IDENTITY_WORDS, entryHash, hashEntry } from '../../model/entry-digest.ts';
import { BLOCK_BYTES } from '../../model/size.ts';
import type { GuardContext } from '../guard/guard-context.ts';
import type { HashSet } from '../guard/hash-set.ts';
import { kernelSaid } from '../guard/refusal.ts';
import type { Refusal } from '../guard/refusal.ts';
import type { Swept } from '../second-thread/sweep-ring.ts';

export class PlannedEntries {
  readonly #context: GuardContext;
  readonly #hashes: HashSet;
  readonly #mountId: number;
  /** The entry as it was looked at before it was removed. */
  readonly #before = new Uint32Array(IDENTITY_WORDS);
  removed = 0;
  freedBytes = 0;
  /** Why the last removal failed. */
  refusal: Refusal | undefined;

  constructor(context: GuardContext, hashes: HashSet, mountId: number) {
    this.#context = context;
    this.#hashes = hashes;
    this.#mountId = mountId;
  }

  /** Adds what the other thread did. */
  add({ removed, blocks }: Readonly<Swept>): void {
    this.removed += removed;
    this.freedBytes += blocks * BLOCK_BYTES;
  }

  /** Whether the entry looked at last is one the guard read, at this very place. */
  isPlanned(inodeLow: number, inodeHigh: number, bytes: Uint8Array, start: number, end: number): boolean {
    const { calls, ledger } = this.#context;
    const { words, mountId } = calls.look;
    words[IDENTITY_WORD.parentInodeLow] = inodeLow;
    words[IDENTITY_WORD.parentInodeHigh] = inodeHigh;
    if (mountId !== this.#mountId) return false;
    ledger.restore(words);
    hashEntry(words, bytes, start, end);
    return this.#hashes.has(entryHash.low, entryHash.high);
  }

  /** Removes the name of the entry looked at last; true where it went. */
  remove(open: () => number, unlink: () => boolean, below: () => ByteString): boolean {
    const { calls, ledger } = this.#context;
    const { words, blocks } = calls.look;
    // The ledger may have put the planned number of links back: more than one, then and now.
    const hasOtherNames = words[IDENTITY_WORD.links] > 1;
    if (hasOtherNames) this.#before.set(words);
    const entry = hasOtherNames ? open() : -1;
    try {
      if (!unlink()) {
        // Somebody else removed it: what was wanted.
        if (calls.failure !== 'ENOENT') this.refusal = kernelSaid(calls.failure, 'remove', below());
        return false;
      }
      this.removed++;
      if (!hasOtherNames) {
        this.freedBytes += blocks * BLOCK_BYTES;
      } else if (entry >= 0 && calls.lookAtDescriptor(entry)) {
        ledger.record(this.#before, words);
        if (words[IDENTITY_WORD.links] === 0) this.freedBytes += blocks * BLOCK_BYTES;
      }
      return true;
    } finally {
      if (entry >= 0) calls.close(entry);
    }
  }
}
