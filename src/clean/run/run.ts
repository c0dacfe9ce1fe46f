/** One run over a plan, unit by unit: open, lock, look again, guard, journal, remove, journal. */
import type { ByteString } from '../../model/byte-string.ts';
import type { PlannedUnit } from '../../model/delete-plan.ts';
import type { EntryChange, UnitOutcome } from '../../model/deletion.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import { changesBetween } from '../guard/changes.ts';
import { Guard } from '../guard/guard.ts';
import { guardContext } from '../guard/guard-context.ts';
import type { GuardContext } from '../guard/guard-context.ts';
import { isHoldingDirectory, openHoldingDirectory } from '../guard/holding-directory.ts';
import type { HoldingDirectory } from '../guard/holding-directory.ts';
import { changed, outcomeBecauseOf, refusal } from '../guard/refusal.ts';
import type { Refusal } from '../guard/refusal.ts';
import type { IntentRecord } from '../journal/journal-lines.ts';
import { moveAside, quarantinePath } from '../quarantine/quarantine.ts';
import { Removal } from '../removal/removal.ts';
import { SecondThread } from '../removal/second-thread.ts';
import type { CleanHooks, CleanRequest } from './clean-request.ts';
import { drive } from './slices.ts';

const HELP_FROM = 10_000;
/** Units that are written down together before the first of them is touched: a sync costs as much as many unlinks. */
const INTENTS_AT_ONCE = 64;
/** Listed units are read a little further than planned, to tell what is new. */
const MORE_LISTED = 1000;

/**
 * Carries out the plan; one outcome per unit, in its order. Deletes nothing that is not in it, and never looks for
 * victims itself. Throws UsageError where this machine has no safe way.
 */
export async function carryOut(request: CleanRequest, hooks: CleanHooks = {}): Promise<UnitOutcome[]> {
  const run = new Run(request, hooks, guardContext(request));
  const outcomes: UnitOutcome[] = [];
  for (const [index, unit] of request.plan.units.entries()) {
    if (index % INTENTS_AT_ONCE === 0) run.announce(index);
    outcomes.push(await run.unit(unit, index));
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
    const next = plan.units.slice(from, from + INTENTS_AT_ONCE);
    this.#journalFailure = journal.writeDurably(
      ...next.map((unit, i) => intentOf(unit, from + i, 'delete', undefined)),
    );
  }

  async unit(unit: PlannedUnit, index: number): Promise<UnitOutcome> {
    const early = this.#early(unit);
    if (early) return outcomeOf(unit, early);
    const { held } = this.#context;
    held.refresh(performance.now(), unit.path);
    const mounted = held.mountIn(unit.path);
    if (mounted !== undefined)
      return outcomeOf(unit, refusal({ kind: 'mount' }, mounted.slice(unit.path.length + 1) as ByteString));
    const place = openHoldingDirectory(this.#context, unit.path, unit.parent);
    if (!isHoldingDirectory(place)) return outcomeOf(unit, place);
    using opened = place;
    const most = unit.listed ? unit.entries + MORE_LISTED : unit.entries;
    using guard = new Guard(this.#context, opened, most, unit.listed !== undefined);
    const read = await this.#drive((deadline) => guard.advance(deadline), unit, index);
    const against = guard.refusal ?? (read ? (this.#compare(unit, guard) ?? guard.heldNow()) : interrupted());
    if (against) return outcomeOf(unit, against);
    // The one gate: everything before it is the same in a dry run.
    if (this.#request.dryRun) return { ...outcomeOf(unit, undefined), outcome: 'would-delete' };
    return await this.#act(unit, index, opened, guard);
  }

  async end(): Promise<void> {
    await this.#secondThread.end();
    const { journal } = this.#request;
    if (this.#journalFailure === undefined)
      journal?.writeDurably({ type: 'end', at: now(), unfinished: this.#unfinished });
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
  #compare(unit: PlannedUnit, guard: Guard): Refusal | undefined {
    if (guard.digest === unit.digest && guard.entries === unit.entries) return undefined;
    const changes: EntryChange[] =
      unit.listed && guard.listed ? changesBetween(unit.listed, guard.listed) : [];
    return changed('since-judged', changes);
  }

  async #act(unit: PlannedUnit, index: number, place: HoldingDirectory, guard: Guard): Promise<UnitOutcome> {
    const { journal, quarantine, run } = this.#request;
    const movedTo = quarantine ? quarantinePath(unit.path, run) : undefined;
    this.#journalFailure =
      movedTo === undefined
        ? journal?.write({ type: 'begun', at: now(), unit: index })
        : journal?.writeDurably(intentOf(unit, index, 'quarantine', movedTo));
    const early = this.#early(unit);
    if (early) return outcomeOf(unit, early);
    const outcome = await this.#lastStep(unit, index, place, guard, movedTo);
    const { removedEntries, freedBytes, obstacle } = outcome;
    if (removedEntries > 0 && outcome.outcome !== 'deleted') this.#unfinished++;
    this.#removedEntries += removedEntries;
    this.#freedBytes += freedBytes;
    this.#journalFailure = journal?.write({
      type: 'outcome',
      at: now(),
      unit: index,
      outcome: outcome.outcome,
      removedEntries,
      freedBytes,
      obstacle,
    });
    return outcome;
  }

  /** Looks once more at who holds the unit, which is locked and written down by now, and then does it. */
  async #lastStep(
    unit: PlannedUnit,
    index: number,
    place: HoldingDirectory,
    guard: Guard,
    movedTo: ByteString | undefined,
  ): Promise<UnitOutcome> {
    this.#context.held.refresh(performance.now(), unit.path);
    const against = guard.heldNow();
    if (against) return outcomeOf(unit, against);
    return movedTo === undefined
      ? await this.#remove(unit, index, place, guard)
      : this.#move(unit, place, guard, movedTo);
  }

  #move(unit: PlannedUnit, place: HoldingDirectory, guard: Guard, movedTo: ByteString): UnitOutcome {
    const against = moveAside(this.#context, place, guard, this.#request.run);
    return against
      ? outcomeOf(unit, against)
      : { ...outcomeOf(unit, undefined), outcome: 'quarantined', movedTo };
  }

  async #remove(
    unit: PlannedUnit,
    index: number,
    place: HoldingDirectory,
    guard: Guard,
  ): Promise<UnitOutcome> {
    const { helpFrom = HELP_FROM, source } = this.#request;
    const ring =
      unit.entries >= helpFrom && source === 'auto' ? this.#secondThread.begin(guard.hashes) : undefined;
    using removal = new Removal(this.#context, place, guard, ring);
    const finished = await this.#drive((deadline) => removal.advance(deadline), unit, index, removal);
    removal[Symbol.dispose]();
    const { removedEntries, freedBytes } = removal;
    const against = removal.refusal ?? (finished ? undefined : interrupted());
    return { ...outcomeOf(unit, against), removedEntries, freedBytes };
  }

  /** Runs `step` in slices until it is done; false where it was interrupted. */
  async #drive(
    step: (deadline: number) => boolean,
    unit: PlannedUnit,
    index: number,
    removal?: Removal,
  ): Promise<boolean> {
    return await drive(step, () => {
      if (this.#hooks.wantsProgress?.()) {
        this.#hooks.onProgress?.({
          units: index,
          removedEntries: this.#removedEntries + (removal?.removedEntries ?? 0),
          freedBytes: this.#freedBytes + (removal?.freedBytes ?? 0),
          path: unit.path,
        });
      }
      return this.#hooks.signal?.aborted !== true;
    });
  }
}

function intentOf(
  { path, rule, parent, identity, entries, freeableBytes, digest }: PlannedUnit,
  unit: number,
  action: IntentRecord['action'],
  movedTo: ByteString | undefined,
): IntentRecord {
  const { id } = identity;
  return {
    type: 'intent',
    at: now(),
    unit,
    action,
    path,
    rule,
    parent,
    id,
    entries,
    freeableBytes,
    digest,
    movedTo,
  };
}

function interrupted(): Refusal {
  return refusal({ kind: 'interrupted' });
}

function now(): string {
  return new Date(nowSeconds() * 1000).toISOString();
}

function outcomeOf({ path }: PlannedUnit, against: Refusal | undefined): UnitOutcome {
  const nothing = { path, removedEntries: 0, freedBytes: 0, movedTo: undefined };
  if (!against) return { ...nothing, outcome: 'deleted', obstacle: undefined, at: undefined };
  const { obstacle, at } = against;
  return { ...nothing, outcome: outcomeBecauseOf(obstacle), obstacle, at };
}
