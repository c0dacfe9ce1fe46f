/** What a watch takes from the process before it, and leaves to the one after. */
import type { KeptGrowth, KeptTold } from '../../model/kept-growth.ts';
import type { AlarmDesk, FilesystemWatch } from '../alarms/alarms.ts';
import type { Sweeper } from '../events/events.ts';
import { GrowthKeeper } from '../growth/growth.ts';
import type { AllGrowth, GrowthBook, KnownFiles } from '../growth/growth.ts';
import type { WatchKeeper } from '../ground/ground.ts';

interface Seen {
  readonly book: GrowthBook;
  readonly growth: AllGrowth;
  readonly sweeper: Sweeper;
}

interface Said {
  readonly alarms: AlarmDesk;
  readonly filesystems: FilesystemWatch;
  /** Whether all of it has been heard. */
  readonly isHeard: () => boolean;
}

export class Keeping {
  readonly #seen: Seen;
  readonly #said: Said;
  readonly #before: KeptGrowth | undefined;
  readonly #keeper: GrowthKeeper;
  /** Every directory was looked at since, and all that was made before was seen. */
  #since: number;
  /** When the present rotation of the sweep began, and with how many before it. */
  #rotation: { readonly at: number; readonly count: number } | undefined;

  /** @param since see KeptChange. */
  constructor({ before, keep }: WatchKeeper, since: number, seen: Seen, said: Said) {
    this.#seen = seen;
    this.#said = said;
    this.#before = before;
    this.#since = since;
    this.#keeper = new GrowthKeeper(seen.book, seen.growth, before, keep);
  }

  /** Goes on where the process before was; what happened since is looked for everywhere. */
  begin(known: KnownFiles, now: number): void {
    const { growth, sweeper } = this.#seen;
    this.#keeper.begin(this.#since, known.newSizes());
    if (!this.#before) return;
    growth.restore(this.#before, now);
    const { told } = this.#before;
    if (told) {
      this.#said.alarms.restore(told.alarms);
      this.#said.filesystems.restore(told);
    }
    sweeper.hurry(now + sweeper.rotationSeconds);
  }

  keep(now: number): void {
    const { book, sweeper } = this.#seen;
    this.#rotation ??= { at: now, count: sweeper.rotations };
    if (sweeper.rotations - this.#rotation.count >= 1 && !book.hasDirty) {
      this.#since = this.#rotation.at;
      this.#rotation = undefined;
    }
    this.#keeper.update(this.#since, this.#said.isHeard() ? this.#told() : undefined);
  }

  #told(): KeptTold {
    const { alarms, filesystems } = this.#said;
    return { alarms: alarms.alarms, ...filesystems.told() };
  }
}
