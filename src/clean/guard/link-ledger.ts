/**
 * What our own deletions did to inodes with several names: each name that goes lowers the count of links and moves the
 * ctime, which must not look like somebody else's change when the next name's turn comes.
 */
import { IDENTITY_WORD } from '../../model/entry-digest.ts';
import { fileId } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';

const CHANGED_WORDS = [
  IDENTITY_WORD.links,
  IDENTITY_WORD.ctimeLow,
  IDENTITY_WORD.ctimeHigh,
  IDENTITY_WORD.ctimeNanoseconds,
] as const;

interface Touched {
  /** As it was before our first deletion. */
  readonly original: readonly number[];
  /** As our last deletion left it. */
  readonly expected: readonly number[];
}

export class LinkLedger {
  readonly #touched = new Map<FileId, Touched>();

  /** Puts back what our own deletions changed in `words`; anything else that changed stays visible. */
  restore(words: Uint32Array): void {
    if (this.#touched.size === 0) return;
    const touched = this.#touched.get(idOf(words));
    if (touched && same(pick(words), touched.expected))
      for (const [i, word] of CHANGED_WORDS.entries()) words[word] = touched.original[i];
  }

  /** To be called after each deletion of one of several names. `before` is as `restore` left it, `after` as it is now. */
  record(before: Uint32Array, after: Uint32Array): void {
    const id = idOf(after);
    if (after[IDENTITY_WORD.links] === 0) this.#touched.delete(id);
    else this.#touched.set(id, { original: pick(before), expected: pick(after) });
  }
}

function idOf(words: Uint32Array): FileId {
  return fileId(words[IDENTITY_WORD.device], words[IDENTITY_WORD.inodeHigh], words[IDENTITY_WORD.inodeLow]);
}

function pick(words: Uint32Array): number[] {
  return CHANGED_WORDS.map((word) => words[word]);
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return a.every((value, i) => value === b[i]);
}
