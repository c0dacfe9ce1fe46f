/** The second look at what processes hold, just before deletion: whatever was opened or locked since is kept. */
import { IDENTITY_WORD } from '../../model/entry-digest.ts';
import { fileId } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';
import type { Holding } from '../../model/deletion.ts';
import type { OpenFiles } from '../../model/process.ts';
import type { FileLock } from '../../system/files/file-locks.ts';

/** Bits of the filter that spares most entries the making of an id. */
const FILTER_BITS = 16;
const FILTER_MASK = 2 ** FILTER_BITS - 1;
/** A look older than this is taken again before the next unit. */
const FRESH_MS = 1000;

/** What the look is taken with. */
export interface HeldSources {
  readonly openFiles: () => OpenFiles;
  readonly fileLocks: () => readonly FileLock[] | undefined;
}

export class LastLook {
  readonly #sources: HeldSources;
  readonly #ownPid: number;
  readonly #filter = new Uint8Array(2 ** FILTER_BITS);
  readonly #held = new Map<FileId, Holding>();
  #takenAt = -Infinity;

  constructor(sources: HeldSources, ownPid: number) {
    this.#sources = sources;
    this.#ownPid = ownPid;
  }

  /** @param nowMs of a clock that only moves forward. */
  refresh(nowMs: number): void {
    if (nowMs - this.#takenAt < FRESH_MS) return;
    this.#held.clear();
    this.#filter.fill(0);
    for (const { id, pid, kind } of this.#sources.fileLocks() ?? [])
      if (pid !== this.#ownPid) this.#add(id, { by: 'lock', pid, lock: kind });
    for (const { id, holds } of this.#sources.openFiles().files.values()) {
      const hold = holds.find(({ pid }) => pid !== this.#ownPid);
      if (hold) this.#add(id, { by: 'process', pid: hold.pid, hold: hold.kind });
    }
    this.#takenAt = nowMs;
  }

  /** Who holds the entry; undefined where nobody is seen to. */
  holdingOf(words: Uint32Array): Holding | undefined {
    if (this.#filter[words[IDENTITY_WORD.inodeLow] & FILTER_MASK] === 0) return undefined;
    return this.#held.get(
      fileId(words[IDENTITY_WORD.device], words[IDENTITY_WORD.inodeHigh], words[IDENTITY_WORD.inodeLow]),
    );
  }

  #add(id: FileId, holding: Holding): void {
    this.#held.set(id, holding);
    this.#filter[Number(BigInt(id.slice(id.indexOf(':') + 1)) & BigInt(FILTER_MASK))] = 1;
  }
}
