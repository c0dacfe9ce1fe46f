/** A set of (device, inode) pairs in shared memory: every thread asks it about every entry, so it must cost next to nothing. */
import type { InodeParts } from '../../model/file-id.ts';

/** Words per place of the table: in use, device, inode low, inode high. */
const WORDS = 4;

export class HeldInodes {
  readonly memory: SharedArrayBuffer;
  readonly #words: Uint32Array;
  readonly #mask: number;

  /** Looks into what `HeldInodes.of` filled. */
  constructor(memory: SharedArrayBuffer) {
    this.memory = memory;
    this.#words = new Uint32Array(memory);
    this.#mask = this.#words.length / WORDS - 1;
  }

  static of(inodes: readonly InodeParts[]): HeldInodes {
    // At most a quarter full: a miss ends at the first place.
    const places = 2 ** Math.max(6, Math.ceil(Math.log2(inodes.length * 4 + 1)));
    const set = new HeldInodes(new SharedArrayBuffer(places * WORDS * 4));
    for (const one of inodes) set.#add(one);
    return set;
  }

  has(device: number, inodeHigh: number, inodeLow: number): boolean {
    const words = this.#words;
    for (let place = this.#place(device, inodeHigh, inodeLow); ; place = (place + 1) & this.#mask) {
      const at = place * WORDS;
      if (words[at] === 0) return false;
      if (words[at + 2] === inodeLow && words[at + 1] === device && words[at + 3] === inodeHigh) return true;
    }
  }

  #add({ device, inodeHigh, inodeLow }: InodeParts): void {
    if (this.has(device, inodeHigh, inodeLow)) return;
    let place = this.#place(device, inodeHigh, inodeLow);
    while (this.#words[place * WORDS] !== 0) place = (place + 1) & this.#mask;
    this.#words.set([1, device, inodeLow, inodeHigh], place * WORDS);
  }

  #place(device: number, inodeHigh: number, inodeLow: number): number {
    return (Math.imul(inodeLow ^ Math.imul(inodeHigh + device, 0x9e3779b1), 0x85ebca6b) >>> 7) & this.#mask;
  }
}
