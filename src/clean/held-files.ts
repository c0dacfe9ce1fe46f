/** The second look at what processes hold, just before deletion: whatever was opened since the judgement is kept. */
import { IDENTITY_WORD } from '../model/entry-digest.ts';
import { fileId } from '../model/file-id.ts';
import type { FileId } from '../model/file-id.ts';
import type { HeldFile, OpenFiles } from '../model/process.ts';

/** Bits of the filter that spares most entries the making of an id. */
const FILTER_BITS = 16;
const FILTER_MASK = 2 ** FILTER_BITS - 1;
/** A look older than this is taken again before the next unit. */
const FRESH_MS = 1000;

export class HeldFiles {
  readonly #scan: () => OpenFiles;
  readonly #ownPid: number;
  readonly #filter = new Uint8Array(2 ** FILTER_BITS);
  #files: OpenFiles['files'] = new Map<FileId, HeldFile>();
  #takenAt = -Infinity;

  constructor(scan: () => OpenFiles, ownPid: number) {
    this.#scan = scan;
    this.#ownPid = ownPid;
  }

  /** @param nowMs of a clock that only moves forward. */
  refresh(nowMs: number): void {
    if (nowMs - this.#takenAt < FRESH_MS) return;
    this.#files = this.#scan().files;
    this.#takenAt = nowMs;
    this.#filter.fill(0);
    for (const { id } of this.#files.values()) {
      const inode = BigInt(id.slice(id.indexOf(':') + 1));
      this.#filter[Number(inode & BigInt(FILTER_MASK))] = 1;
    }
  }

  /** The pid of another process that holds the entry, undefined where none does. */
  holderOf(words: Uint32Array): number | undefined {
    if (this.#filter[words[IDENTITY_WORD.inodeLow] & FILTER_MASK] === 0) return undefined;
    const id = fileId(
      words[IDENTITY_WORD.device],
      words[IDENTITY_WORD.inodeHigh],
      words[IDENTITY_WORD.inodeLow],
    );
    return this.#files.get(id)?.holds.find(({ pid }) => pid !== this.#ownPid)?.pid;
  }
}
