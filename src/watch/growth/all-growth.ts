/** Everything that grows: files, directories of new files, and the trees in which what is slow grows together. */
import type { FileLook } from '../../system/files/file-look.ts';
import type { AlarmRules } from './alarm-state.ts';
import type { GrowthBook } from './growth-book.ts';
import type { KeptGrowth } from '../../model/kept-growth.ts';
import { GrowthForest } from './growth-forest.ts';
import type { ForestHooks } from './growth-forest.ts';
import { restoreGrowth } from './restore-growth.ts';
import type { Member, TreeGrowth } from './tree-growth.ts';

export type Growth = Member | TreeGrowth;

export class AllGrowth {
  readonly #book: GrowthBook;
  readonly #forest: GrowthForest;
  readonly #look: FileLook;

  /** @param rules read at each look: what grows more slowly is told together with what grows beside it. */
  constructor(
    book: GrowthBook,
    look: FileLook,
    hooks: ForestHooks,
    rules: Pick<AlarmRules, 'alarmBytesPerSecond'>,
  ) {
    this.#book = book;
    this.#look = look;
    this.#forest = new GrowthForest(look, hooks, rules);
  }

  /** Goes on where a process before this one was. */
  restore(before: KeptGrowth, now: number): void {
    this.#book.restore(restoreGrowth(before, this.#look, now), now);
    for (const one of before.series.values()) if (one.what === 'tree') this.#forest.restore(one, now);
  }

  /** Looks at what may have changed and at what grew lately. */
  beat(now: number): void {
    this.#book.beat(now);
    this.#forest.sample(this.#book.register.growths(), now);
  }

  *growths(): Generator<Growth> {
    yield* this.#book.register.growths();
    yield* this.#forest.trees();
  }

  /** Whether too many like it are beside it for an alarm of its own. */
  isCrowded(growth: Growth): boolean {
    return growth.what !== 'tree' && this.#forest.isCrowded(growth);
  }

  /** Whether it is told as part of a tree, not by itself. */
  isPartOfAlarm(growth: Growth): boolean {
    return growth.what !== 'tree' && !growth.alarm.isAlarm && this.#forest.isPartOfAlarm(growth);
  }

  /** Nobody will ask for it again. */
  forget({ number }: Growth): void {
    this.#forest.forget(number);
  }
}
