/** One run over a plan, unit by unit: open, lock, look again, guard, journal, remove, journal. */
import type { ByteString } from '../model/byte-string.ts';
import type { DeletePlan, EntryChange, PlannedUnit, UnitOutcome } from '../model/delete-plan.ts';
import { nowSeconds } from '../system/calls/clock.ts';
import { errnoMessage } from '../system/calls/errno.ts';
import { changesBetween } from './changes.ts';
import { Guard } from './guard.ts';
import type { GuardContext } from './guard.ts';
import { SecondThread } from './second-thread.ts';
import { isHoldingDirectory, openHoldingDirectory } from './holding-directory.ts';
import type { HoldingDirectory } from './holding-directory.ts';
import type { Journal } from './journal.ts';
import { moveAside, quarantinePath } from './quarantine.ts';
import { changed, skipped } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { Remover } from './remover.ts';
import { drive } from './slices.ts';

export interface CleanRequest {
  readonly plan: DeletePlan;
  /** Everything but the last step. */
  readonly dryRun: boolean;
  /** Move aside instead of deleting. */
  readonly quarantine: boolean;
  /** Names the run; part of file names. */
  readonly run: string;
  readonly journal: Journal | undefined;
  readonly ownUid: number;
  readonly ownPid: number;
  /** `portable` leaves libc out. */
  readonly source: 'auto' | 'portable';
  /** Names in a unit from which on a second thread helps; 10,000 unless said: it takes some 80 ms to start. */
  readonly helpFrom?: number | undefined;
}

export interface CleanProgress {
  /** Units done with. */
  readonly units: number;
  readonly removedEntries: number;
  readonly freedBytes: number;
  readonly path: ByteString;
}

export interface CleanHooks {
  /** Ends the run after the current unlink; what is left is `skipped`. */
  readonly signal?: AbortSignal;
  readonly wantsProgress?: () => boolean;
  readonly onProgress?: (progress: CleanProgress) => void;
}

const HELP_FROM = 10_000;
/** Listed units are read a little further than planned, to tell what is new. */
const MORE_LISTED = 1000;

export class Run {
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

  async unit(unit: PlannedUnit, index: number): Promise<UnitOutcome> {
    const refusal = this.#early(unit);
    if (refusal) return outcomeOf(unit, refusal);
    const { calls, held, ownUid } = this.#context;
    held.refresh(performance.now());
    const place = openHoldingDirectory(calls, unit.path, unit.parent, ownUid);
    if (!isHoldingDirectory(place)) return outcomeOf(unit, place);
    using opened = place;
    const most = unit.listed ? unit.entries + MORE_LISTED : unit.entries;
    using guard = new Guard(this.#context, opened, most, unit.listed !== undefined);
    const read = await this.#drive((deadline) => guard.advance(deadline), unit, index);
    const against = guard.refusal ?? (read ? this.#compare(unit, guard) : interrupted());
    if (against) return outcomeOf(unit, against);
    // The one gate: everything before it is the same in a dry run.
    if (this.#request.dryRun) return { ...outcomeOf(unit, undefined), outcome: 'would-delete' };
    return await this.#act(unit, index, opened, guard);
  }

  end(): void {
    this.#secondThread[Symbol.dispose]();
    const { journal } = this.#request;
    if (this.#journalFailure === undefined)
      journal?.writeDurably({ type: 'end', at: now(), unfinished: this.#unfinished });
  }

  /** What speaks against a unit before it is looked at. */
  #early(unit: PlannedUnit): Refusal | undefined {
    if (this.#hooks.signal?.aborted) return interrupted();
    if (this.#journalFailure !== undefined)
      return skipped('journal', `the journal cannot be written: ${errnoMessage(this.#journalFailure)}`);
    const { ownUid } = this.#context;
    if (ownUid !== 0 && unit.identity.uid !== ownUid)
      return skipped('other-owner', 'it belongs to somebody else');
    return undefined;
  }

  /** Whether the unit is what was planned. */
  #compare(unit: PlannedUnit, guard: Guard): Refusal | undefined {
    if (guard.digest === unit.digest && guard.entries === unit.entries) return undefined;
    const changes: EntryChange[] =
      unit.listed && guard.listed ? changesBetween(unit.listed, guard.listed) : [];
    return changed('it changed since it was judged', changes);
  }

  async #act(unit: PlannedUnit, index: number, place: HoldingDirectory, guard: Guard): Promise<UnitOutcome> {
    const { journal, quarantine, run } = this.#request;
    const movedTo = quarantine ? quarantinePath(unit.path, run) : undefined;
    this.#journalFailure = journal?.writeDurably({
      type: 'intent',
      at: now(),
      unit: index,
      action: quarantine ? 'quarantine' : 'delete',
      path: unit.path,
      rule: unit.rule,
      parent: unit.parent,
      id: unit.identity.id,
      entries: unit.entries,
      freeableBytes: unit.freeableBytes,
      digest: unit.digest,
      movedTo,
    });
    const refusal = this.#early(unit);
    if (refusal) return outcomeOf(unit, refusal);
    const outcome = quarantine
      ? this.#move(unit, place, guard, movedTo)
      : await this.#remove(unit, index, place, guard);
    const { removedEntries, freedBytes, code, reason } = outcome;
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
      code,
      reason,
    });
    return outcome;
  }

  #move(
    unit: PlannedUnit,
    place: HoldingDirectory,
    guard: Guard,
    movedTo: ByteString | undefined,
  ): UnitOutcome {
    const refusal = moveAside(this.#context, place, guard, this.#request.run);
    return refusal
      ? outcomeOf(unit, refusal)
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
    using remover = new Remover(this.#context, place, guard, ring);
    const finished = await this.#drive((deadline) => remover.advance(deadline), unit, index, remover);
    remover[Symbol.dispose]();
    const { removedEntries, freedBytes } = remover;
    const refusal = remover.refusal ?? (finished ? undefined : interrupted());
    return { ...outcomeOf(unit, refusal), removedEntries, freedBytes };
  }

  /** Runs `step` in slices until it is done; false where it was interrupted. */
  async #drive(
    step: (deadline: number) => boolean,
    unit: PlannedUnit,
    index: number,
    remover?: Remover,
  ): Promise<boolean> {
    return await drive(step, () => {
      if (this.#hooks.wantsProgress?.()) {
        this.#hooks.onProgress?.({
          units: index,
          removedEntries: this.#removedEntries + (remover?.removedEntries ?? 0),
          freedBytes: this.#freedBytes + (remover?.freedBytes ?? 0),
          path: unit.path,
        });
      }
      return this.#hooks.signal?.aborted !== true;
    });
  }
}

function interrupted(): Refusal {
  return skipped('interrupted', 'interrupted');
}

function now(): string {
  return new Date(nowSeconds() * 1000).toISOString();
}

function outcomeOf({ path }: PlannedUnit, refusal: Refusal | undefined): UnitOutcome {
  const nothing = { path, removedEntries: 0, freedBytes: 0, movedTo: undefined };
  if (!refusal)
    return { ...nothing, outcome: 'deleted', reason: undefined, code: undefined, at: undefined, changes: [] };
  const { outcome, code, reason, changes, below } = refusal;
  return { ...nothing, outcome, code, reason, changes, at: below };
}
