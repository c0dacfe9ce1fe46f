/**
 * What files held when the watch began, so that growth is counted from there; and what grew before that, in a process that
 * was killed, so that it is counted on without being taken for growth of now.
 */
import type { FileId } from '../../model/file-id.ts';
import type { KeptGrowth } from '../../model/kept-growth.ts';
import type { DirectoryIndex } from '../events/events.ts';
import type { FileLook } from '../../system/files/file-look.ts';
import type { WatchHooks } from '../ground/ground.ts';
import { readBaselines } from './baselines.ts';
import type { GrowthBook } from './growth-book.ts';
import { InodeMeter } from './inode-meter.ts';
import type { Baseline } from './inode-meter.ts';

/** Between two times that what grew is kept for whoever comes after. */
const KEEP_SECONDS = 3;
const MOST_KEPT = 10_000;

export class KnownFiles {
  readonly #hooks: Pick<WatchHooks, 'earlier' | 'onGrowth'>;
  readonly #baselines = new Map<FileId, Baseline>();
  readonly #earlierBytes = new Map<FileId, number>();
  #keptAt = -Infinity;

  constructor(hooks: Pick<WatchHooks, 'earlier' | 'onGrowth'>) {
    this.#hooks = hooks;
  }

  /** Looks at the directories, the likeliest first, and at what grew before. */
  begin(
    index: DirectoryIndex,
    directories: readonly number[],
    look: FileLook,
    book: GrowthBook,
    now: number,
  ): void {
    this.#keptAt = now;
    for (const [id, baseline] of readBaselines(index, directories, look, now))
      this.#baselines.set(id, baseline);
    for (const { path, id, bornAt, ...base } of this.#hooks.earlier ?? []) {
      const found = look.entry(path);
      // Gone, or another file of that name or number.
      if (found?.id !== id || found.bornAt !== bornAt) continue;
      this.#baselines.set(id, found);
      this.#earlierBytes.set(id, new InodeMeter(path, found, base, now).writtenBytes);
      book.touch(path);
    }
  }

  /** What it held when the watch began; undefined where nobody looked. */
  baselineOf(id: FileId): Baseline | undefined {
    return this.#baselines.get(id);
  }

  /** What was written to it between the beginning of an earlier watch and that of this one. */
  earlierBytesOf(id: FileId): number {
    return this.#earlierBytes.get(id) ?? 0;
  }

  /** Hands what grew to whoever keeps it, every few seconds. What was written to inodes that are gone is not kept. */
  keep(book: GrowthBook, now: number): void {
    const { onGrowth } = this.#hooks;
    if (!onGrowth || now - this.#keptAt < KEEP_SECONDS) return;
    this.#keptAt = now;
    const kept: KeptGrowth[] = [];
    for (const growth of book.growths()) {
      if (growth.what !== 'file') continue;
      for (const { path, id, bornAt, diskBytes, apparentBytes, grownBytes } of growth.members)
        kept.push({
          path,
          id,
          bornAt,
          diskBytes: Math.max(0, diskBytes - grownBytes),
          apparentBytes: Math.max(0, apparentBytes - grownBytes),
        });
      if (kept.length >= MOST_KEPT) break;
    }
    onGrowth(kept);
  }
}
