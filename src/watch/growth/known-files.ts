/** What files held when the watch began, or when a process before this one looked at them last: growth is counted from there. */
import type { FileId } from '../../model/file-id.ts';
import type { KeptGrowth, KeptSize } from '../../model/kept-growth.ts';
import type { DirectoryIndex } from '../events/events.ts';
import type { FileLook, LookedAt } from '../../system/files/file-look.ts';
import { lookAtRecentFiles } from './baselines.ts';
import type { GrowthBook } from './growth-book.ts';
import type { Baseline } from './inode-meter.ts';

export class KnownFiles {
  /** By a process before this one. */
  readonly #kept: ReadonlyMap<FileId, KeptSize>;
  readonly #isFirst: boolean;
  readonly #since: number;
  readonly #sizes = new Map<FileId, KeptSize>();

  /** @param since see KeptChange. */
  constructor(before: KeptGrowth | undefined, since: number) {
    this.#kept = new Map(before?.sizes);
    this.#isFirst = before === undefined;
    this.#since = since;
  }

  /** Looks at the directories, the likeliest first; what changed since an earlier process looked goes to the book. */
  begin(
    index: DirectoryIndex,
    directories: readonly number[],
    look: FileLook,
    book: GrowthBook,
    now: number,
  ): void {
    lookAtRecentFiles(index, directories, look, now, (path, file) => {
      const before = this.#keptOf(file);
      if (!before) this.#sizes.set(file.id, sizeOf(file));
      if (this.#isFirst) return;
      const isChanged = before ? before.apparentBytes !== file.apparentBytes : file.bornAt >= this.#since;
      if (isChanged) book.touch(path);
    });
  }

  /** What it held when somebody looked first; undefined where nobody did. */
  baselineOf(file: LookedAt): Baseline | undefined {
    return this.#keptOf(file) ?? this.#sizes.get(file.id);
  }

  /** Whether a process before this one knew it. */
  isKept(file: LookedAt): boolean {
    return this.#keptOf(file) !== undefined;
  }

  /** Of those that no process before knew. */
  newSizes(): KeptSize[] {
    return [...this.#sizes.values()].filter(({ bornAt }) => bornAt < this.#since);
  }

  #keptOf({ id, bornAt }: LookedAt): KeptSize | undefined {
    const kept = this.#kept.get(id);
    return kept?.bornAt === bornAt ? kept : undefined;
  }
}

function sizeOf({ id, bornAt, diskBytes, apparentBytes }: LookedAt): KeptSize {
  return { id, bornAt, diskBytes, apparentBytes };
}
