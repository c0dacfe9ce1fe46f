/** A unit that is read whole, open and locked where it can be, until it is disposed of. */
import type { PlannedUnit } from '../../model/delete-plan.ts';
import { Guard } from '../guard/guard.ts';
import type { GuardContext } from '../guard/guard-context.ts';
import type { HoldingDirectory } from '../guard/holding-directory.ts';
import type { SecondThread } from '../second-thread/second-thread.ts';

/** Listed units are read a little further than planned, to tell what is new. */
const MORE_LISTED = 1000;

export class GuardedUnit implements Disposable {
  readonly #context: GuardContext;
  readonly unit: PlannedUnit;
  /** Its number in the plan. */
  readonly index: number;
  readonly place: HoldingDirectory;
  guard: Guard;

  /** @param place its own from now on. */
  constructor(context: GuardContext, unit: PlannedUnit, index: number, place: HoldingDirectory) {
    this.#context = context;
    this.unit = unit;
    this.index = index;
    this.place = place;
    this.guard = this.#begin();
  }

  /**
   * Reads it to the end; false where that was interrupted.
   * @param helper asks meanwhile who has most of its files open; undefined where this thread does so.
   * @param advance has the guard read on until it is done; false where it was interrupted.
   */
  async read(
    helper: SecondThread | undefined,
    advance: () => Promise<boolean>,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    const { guard, unit } = this;
    const question =
      helper && guard.refusal === undefined && guard.leaveAsking()
        ? helper.ask(guard.descriptor, signal)
        : undefined;
    const isRead = await advance();
    if (!question) return isRead;
    const goesOn = isRead && guard.refusal === undefined;
    if (!goesOn) question.stop();
    const answer = await question.answer;
    if (!goesOn) return isRead;
    if (signal?.aborted) return false;
    if (answer === 'free' || (answer === 'unknown' && !unit.needsProof)) return true;
    // Which file it is, this thread tells, which then asks alone.
    guard[Symbol.dispose]();
    this.guard = this.#begin();
    return await advance();
  }

  [Symbol.dispose](): void {
    this.guard[Symbol.dispose]();
    this.place[Symbol.dispose]();
  }

  #begin(): Guard {
    const { entries, listed, needsProof } = this.unit;
    const lists = listed !== undefined;
    return new Guard(this.#context, this.place, {
      most: lists ? entries + MORE_LISTED : entries,
      lists,
      needsProof,
    });
  }
}
