/** One run over a plan, some units at a time: open, lock and guard all of them, look again, then journal and remove each. */
import type { ByteString } from '../../model/byte-string.ts';
import type { PlannedUnit } from '../../model/delete-plan.ts';
import type { EntryChange, UnitOutcome } from '../../model/deletion.ts';
import { changesBetween } from '../guard/changes.ts';
import { guardContext } from '../guard/guard-context.ts';
import type { GuardContext } from '../guard/guard-context.ts';
import { isHoldingDirectory, openHoldingDirectory } from '../guard/holding-directory.ts';
import { changed, refusal } from '../guard/refusal.ts';
import type { Refusal } from '../guard/refusal.ts';
import { journalTime } from '../journal/journal-lines.ts';
import { moveAside, quarantinePath } from '../quarantine/quarantine.ts';
import { Removal } from '../removal/removal.ts';
import { SecondThread } from '../second-thread/second-thread.ts';
import { MOST_UNITS, batchesOf } from './batches.ts';
import type { Batch } from './batches.ts';
import type { CleanHooks, CleanRequest } from './clean-request.ts';
import { GuardedUnit } from './guarded-unit.ts';
import { intentOf } from './intent.ts';
import { interrupted, outcomeOf } from './outcome.ts';
import { drive, takeTurn } from './slices.ts';

const HELP_FROM = 10_000;

/**
 * Carries out the plan; one outcome per unit, in its order. Deletes nothing that is not in it, and never looks for
 * victims itself. Throws UsageError where this machine has no safe way.
 */
export async function carryOut(request: CleanRequest, hooks: CleanHooks = {}): Promise<UnitOutcome[]> {
  const run = new Run(request, hooks, guardContext(request));
  const outcomes: UnitOutcome[] = [];
  for (const batch of batchesOf(request)) {
    if (batch.first % MOST_UNITS === 0) run.announce(batch.first);
    outcomes.push(...(await run.batch(batch)));
  }
  await run.end();
  return outcomes;
}

class Run {
  readonly #request: CleanRequest;
  readonly #hooks: CleanHooks;
  readonly #context: GuardContext;
  #removedEntries = 0;
  #freedBytes = 0;
  #unfinished = 0;
  /** Why the journal takes no more lines. */
  #journalFailure: string | undefined;
  readonly #secondThread = new SecondThread();

  constructor(request: CleanRequest, hooks: CleanHooks, context: GuardContext) {
    this.#request = request;
    this.#hooks = hooks;
    this.#context = context;
  }

  /** Writes down what may happen to the next units, on disk. What is moved aside is written down one by one. */
  announce(from: number): void {
    const { journal, quarantine, dryRun, plan } = this.#request;
    if (!journal || quarantine || dryRun || this.#journalFailure !== undefined) return;
    const next = plan.units.slice(from, from + MOST_UNITS);
    this.#journalFailure = journal.writeDurably(
      ...next.map((unit, i) => intentOf(unit, from + i, 'delete', undefined)),
    );
  }

  /** The outcomes of its units. */
  async batch({ first, units }: Batch): Promise<UnitOutcome[]> {
    const answers: (GuardedUnit | UnitOutcome)[] = [];
    try {
      if (!this.#hooks.signal?.aborted) this.#lookAgain(units);
      for (const [at, unit] of units.entries()) answers.push(await this.#guarded(unit, first + at));
      const guarded = answers.filter((answer) => answer instanceof GuardedUnit);
      // The one gate: everything before it is the same in a dry run.
      if (!this.#request.dryRun) this.#prepare(guarded);
      const outcomes: UnitOutcome[] = [];
      for (const answer of answers)
        outcomes.push(answer instanceof GuardedUnit ? await this.#act(answer) : answer);
      await takeTurn();
      this.#goesOn(units.at(-1)!.path, first + units.length);
      return outcomes;
    } finally {
      for (const answer of answers) if (answer instanceof GuardedUnit) answer[Symbol.dispose]();
    }
  }

  async end(): Promise<void> {
    await this.#secondThread.end();
    const { journal } = this.#request;
    if (this.#journalFailure === undefined)
      journal?.writeDurably({ type: 'end', at: journalTime(), unfinished: this.#unfinished });
  }

  #lookAgain(units: readonly PlannedUnit[]): void {
    this.#context.held.refresh(
      performance.now(),
      units.map(({ path }) => path),
    );
  }

  /** The unit, read whole and locked, or what speaks against it. */
  async #guarded(unit: PlannedUnit, index: number): Promise<GuardedUnit | UnitOutcome> {
    const early = this.#early(unit);
    if (early) return outcomeOf(unit, early);
    const mounted = this.#context.held.mountIn(unit.path);
    if (mounted !== undefined)
      return outcomeOf(unit, refusal({ kind: 'mount' }, mounted.slice(unit.path.length + 1) as ByteString));
    const place = openHoldingDirectory(this.#context, unit.path, unit.parent);
    if (!isHoldingDirectory(place)) return outcomeOf(unit, place);
    const guarded = new GuardedUnit(this.#context, unit, index, place);
    const read = await this.#read(guarded);
    const { guard } = guarded;
    const against = guard.refusal ?? (read ? (this.#compare(guarded) ?? guard.heldNow()) : interrupted());
    if (!against) return guarded;
    guarded[Symbol.dispose]();
    return outcomeOf(unit, against);
  }

  /** Reads the unit whole; false where it was interrupted. */
  async #read(guarded: GuardedUnit): Promise<boolean> {
    const helper = this.#isHelped(guarded.unit) ? this.#secondThread : undefined;
    return await guarded.read(
      helper,
      async () => await this.#drive((deadline) => guarded.guard.advance(deadline), guarded),
      this.#hooks.signal,
    );
  }

  #isHelped({ entries }: PlannedUnit): boolean {
    const { helpFrom = HELP_FROM, source } = this.#request;
    return entries >= helpFrom && source === 'auto';
  }

  /** What speaks against a unit before it is looked at. */
  #early(unit: PlannedUnit): Refusal | undefined {
    if (this.#hooks.signal?.aborted) return interrupted();
    if (this.#journalFailure !== undefined) return refusal({ kind: 'journal', errno: this.#journalFailure });
    const { ownUid } = this.#context;
    if (ownUid !== 0 && unit.identity.uid !== ownUid)
      return refusal({ kind: 'other-owner', uid: unit.identity.uid });
    return undefined;
  }

  /** Whether the unit is what was planned. */
  #compare({ unit, guard }: GuardedUnit): Refusal | undefined {
    if (guard.digest === unit.digest && guard.entries === unit.entries) return undefined;
    const changes: EntryChange[] =
      unit.listed && guard.listed ? changesBetween(unit.listed, guard.listed) : [];
    return changed('since-judged', changes);
  }

  /** Writes down what is to be moved aside, and looks once more at who holds the units, which are locked by now. */
  #prepare(guarded: readonly GuardedUnit[]): void {
    if (guarded.length === 0) return;
    const { journal, quarantine, run } = this.#request;
    if (quarantine)
      this.#journalFailure = journal?.writeDurably(
        ...guarded.map(({ unit, index }) =>
          intentOf(unit, index, 'quarantine', quarantinePath(unit.path, run)),
        ),
      );
    this.#lookAgain(guarded.map(({ unit }) => unit));
  }

  async #act(guarded: GuardedUnit): Promise<UnitOutcome> {
    const { unit, index, guard } = guarded;
    const { journal, quarantine, dryRun } = this.#request;
    if (dryRun) return { ...outcomeOf(unit, undefined), outcome: 'would-delete' };
    if (!quarantine)
      this.#journalFailure ??= journal?.write({ type: 'begun', at: journalTime(), unit: index });
    const early = this.#early(unit);
    if (early) return outcomeOf(unit, early);
    const against = guard.heldNow();
    const outcome = against
      ? outcomeOf(unit, against)
      : quarantine
        ? this.#move(guarded)
        : await this.#remove(guarded);
    const { removedEntries, freedBytes, obstacle } = outcome;
    if (removedEntries > 0 && outcome.outcome !== 'deleted') this.#unfinished++;
    this.#removedEntries += removedEntries;
    this.#freedBytes += freedBytes;
    this.#journalFailure = journal?.write({
      type: 'outcome',
      at: journalTime(),
      unit: index,
      outcome: outcome.outcome,
      removedEntries,
      freedBytes,
      obstacle,
    });
    return outcome;
  }

  #move({ unit, place, guard }: GuardedUnit): UnitOutcome {
    const { run } = this.#request;
    const against = moveAside(this.#context, place, guard, run);
    return against
      ? outcomeOf(unit, against)
      : { ...outcomeOf(unit, undefined), outcome: 'quarantined', movedTo: quarantinePath(unit.path, run) };
  }

  async #remove(guarded: GuardedUnit): Promise<UnitOutcome> {
    const { unit, place, guard } = guarded;
    const ring = this.#isHelped(unit) ? this.#secondThread.sweep(guard.hashes) : undefined;
    using removal = new Removal(this.#context, place, guard, ring);
    const finished = await this.#drive((deadline) => removal.advance(deadline), guarded, removal);
    removal[Symbol.dispose]();
    const { removedEntries, freedBytes } = removal;
    const against = removal.refusal ?? (finished ? undefined : interrupted());
    return { ...outcomeOf(unit, against), removedEntries, freedBytes };
  }

  /** Runs `step` in slices until it is done; false where it was interrupted. */
  async #drive(
    step: (deadline: number) => boolean,
    { unit: { path }, index }: GuardedUnit,
    removal?: Removal,
  ): Promise<boolean> {
    return await drive(step, () => this.#goesOn(path, index, removal));
  }

  /** Tells of the progress; false where the run was interrupted. */
  #goesOn(path: ByteString, units: number, removal?: Removal): boolean {
    if (this.#hooks.wantsProgress?.())
      this.#hooks.onProgress?.({
        units,
        removedEntries: this.#removedEntries + (removal?.removedEntries ?? 0),
        freedBytes: this.#freedBytes + (removal?.freedBytes ?? 0),
        path,
      });
    return this.#hooks.signal?.aborted !== true;
  }
}
