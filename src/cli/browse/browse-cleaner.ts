/**
 * Judges what is marked in the browser as `diskwhy tmp` judges it, and deletes or moves aside what may go, through the same
 * guard, plan and journal. Nothing is ever unlinked here.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { DeletionTold, Freed, JudgedMark, Mark } from '../../browse/browse.ts';
import { catalogue } from '../../catalogue/catalogue.ts';
import { deleteUnits, plannedUnits } from '../../clean/clean.ts';
import { parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { PlannedUnit } from '../../model/delete-plan.ts';
import type { Deletion } from '../../model/deletion.ts';
import { UsageError } from '../../model/errors.ts';
import { TIMESTAMPS } from '../../model/tmp-reason.ts';
import type { TmpReport, TmpUnit } from '../../model/tmp-report.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import { openAnchors } from '../../system/directories/anchors.ts';
import type { Anchors } from '../../system/directories/anchors.ts';
import { judgeTmp } from '../../tmp/tmp.ts';
import type { OptionsOf } from '../options/typed-options.ts';
import { undoLine } from '../tmp/tmp-advice.ts';
import { journalOptionOf, journalPlace, unfinishedUnits } from '../tmp/tmp-journal.ts';
import { requestOf } from '../tmp/tmp-judgement.ts';
import { REPLACED, replaced, without } from './browse-replaced.ts';

/** Runs are named by the second. */
const SAME_SECOND_MS = 50;

/** What a deletion changed in the tree. */
export interface TreeChange {
  readonly path: ByteString;
  /** Undefined where a part of it is left, which has to be scanned again. */
  readonly freed: Freed | undefined;
}

export interface Cleaned {
  readonly told: DeletionTold;
  readonly changes: readonly TreeChange[];
}

const NOTHING: Freed = { diskBytes: 0, apparentBytes: 0, freeableBytes: 0, entries: 0 };

export class BrowseCleaner implements Disposable {
  readonly #options: OptionsOf<'browse'>;
  readonly #ownUid = process.geteuid?.() ?? -1;
  #anchors: Anchors | undefined;
  #report: TmpReport | undefined;
  #lastSecond = 0;

  constructor(options: OptionsOf<'browse'>) {
    this.#options = options;
  }

  /** Each mark with its verdict, those of which nothing can be said too. What was judged before is forgotten. */
  async judge(marks: readonly Mark[], signal: AbortSignal): Promise<JudgedMark[]> {
    this[Symbol.dispose]();
    this.#anchors = openAnchors(this.#source, this.#ownUid);
    const reports: TmpReport[] = [];
    const refusals = new Map<ByteString, string>();
    for (const [directory, paths] of byDirectory(marks)) {
      try {
        reports.push(await this.#judgeIn(directory, paths, signal));
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        for (const path of paths) refusals.set(path, error.message);
      }
    }
    const report = together(reports);
    for (const path of replaced(marks, report)) refusals.set(path, REPLACED);
    this.#report = report && without(report, refusals, marks);
    const units = new Map(this.#report?.units.map((unit) => [unit.path, unit]));
    const judged = marks.map(({ path }) => judgedMark(path, units.get(path), refusals.get(path)));
    // A database goes with its journals, or not at all.
    const others = [...units.values()].filter(({ path }) => !marks.some((mark) => mark.path === path));
    return [...judged, ...others.map((unit) => judgedMark(unit.path, unit, undefined))];
  }

  /** Deletes what was judged deletable, or moves it aside; throws UsageError where the journal cannot be written. */
  async carryOut(
    judged: readonly JudgedMark[],
    forGood: boolean,
    signal: AbortSignal,
    onProgress: (done: number) => void,
  ): Promise<Cleaned> {
    const report = this.#report!;
    const regenerable = new Set(judged.filter((one) => one.isRegenerable).map(({ path }) => path));
    const planned = plannedUnits(report);
    const isGone = ({ path }: PlannedUnit): boolean => forGood || regenerable.has(path);
    const gone = planned.filter(isGone);
    const moved = planned.filter((unit) => !isGone(unit));
    const runs: Deletion[] = [];
    let done = 0;
    for (const [units, quarantine] of [[moved, true] as const, [gone, false] as const]) {
      if (units.length === 0) continue;
      runs.push(await this.#run(report, units, quarantine, signal, (count) => onProgress(done + count)));
      done += units.length;
    }
    return { told: this.#toldOf(runs), changes: changesOf(runs, report) };
  }

  [Symbol.dispose](): void {
    this.#anchors?.[Symbol.dispose]();
    this.#anchors = undefined;
    this.#report = undefined;
  }

  get #source(): 'auto' | 'portable' {
    return this.#options.source === 'portable' ? 'portable' : 'auto';
  }

  async #judgeIn(
    directory: ByteString,
    only: readonly ByteString[],
    signal: AbortSignal,
  ): Promise<TmpReport> {
    const { keep, exclude, allUsers, system, assumeUnused } = this.#options;
    // What was left out of the scan was not looked at.
    const asked = {
      roots: [directory],
      olderIsExplicit: true,
      keep: [...keep, ...exclude],
      allUsers,
      system,
      assumeUnused,
    };
    // Whoever marks it has seen how old it is.
    const settings = { asked, olderMs: 0, minBytes: 0, ageBy: TIMESTAMPS };
    const request = requestOf(settings, this.#options, {
      unfinished: this.#unfinished(),
      ownUid: this.#ownUid,
      anchors: this.#anchors,
    });
    return await judgeTmp({ ...request, only }, { signal });
  }

  async #run(
    report: TmpReport,
    units: readonly PlannedUnit[],
    quarantine: boolean,
    signal: AbortSignal,
    onProgress: (units: number) => void,
  ): Promise<Deletion> {
    while (Math.floor(nowSeconds()) === this.#lastSecond) await pause(SAME_SECOND_MS);
    this.#lastSecond = Math.floor(nowSeconds());
    return await deleteUnits(
      {
        ownUid: this.#ownUid,
        ownPid: process.pid,
        source: this.#source,
        anchors: this.#anchors,
        report,
        units,
        refused: [],
        dryRun: false,
        quarantine,
        journal: journalPlace(this.#journal, this.#ownUid),
        command: process.argv.slice(2),
        unfinished: this.#unfinished(),
      },
      { signal, wantsProgress: () => true, onProgress: ({ units: count }) => onProgress(count) },
    );
  }

  get #journal(): ReturnType<typeof journalOptionOf> {
    return journalOptionOf(this.#options.journal);
  }

  #unfinished(): ReturnType<typeof unfinishedUnits> {
    return unfinishedUnits(this.#journal, this.#ownUid);
  }

  #toldOf(runs: readonly Deletion[]): DeletionTold {
    const moved = runs.find(({ quarantined }) => quarantined);
    const isMoved = [...(moved?.outcomes.values() ?? [])].some(({ outcome }) => outcome === 'quarantined');
    return {
      outcomes: runs.flatMap(({ outcomes }) => [...outcomes.values()]),
      freedBytes: runs.reduce((sum, { freedBytes }) => sum + freedBytes, 0),
      undo: moved && isMoved ? undoLine(moved, this.#options.journal !== undefined) : undefined,
    };
  }
}

function byDirectory(marks: readonly Mark[]): Map<ByteString, ByteString[]> {
  const paths = new Map<ByteString, ByteString[]>();
  for (const { path } of marks) {
    const directory = parentPath(path);
    const known = paths.get(directory);
    if (known) known.push(path);
    else paths.set(directory, [path]);
  }
  return paths;
}

/** One report of several, their roots one behind the other. */
function together(reports: readonly TmpReport[]): TmpReport | undefined {
  const [first] = reports;
  if (!first) return undefined;
  let roots = 0;
  const units = reports.flatMap((report) => {
    const before = roots;
    roots += report.roots.length;
    return report.units.map((unit) => ({ ...unit, root: unit.root + before }));
  });
  return { ...first, roots: reports.flatMap((report) => report.roots), units };
}

function judgedMark(path: ByteString, unit: TmpUnit | undefined, refusal: string | undefined): JudgedMark {
  return { path, unit, refusal, isRegenerable: unit !== undefined && isRegenerable(unit) };
}

/** Class A of the catalogue: made again by whoever needs it, without asking anybody. */
function isRegenerable({ rule }: TmpUnit): boolean {
  return catalogue.some(({ id, class: ofClass }) => ofClass === 'A' && rule === `catalogue:${id}`);
}

function changesOf(runs: readonly Deletion[], { units }: TmpReport): TreeChange[] {
  const byPath = new Map(units.map((unit) => [unit.path, unit]));
  return runs.flatMap(({ outcomes }) =>
    [...outcomes.values()].flatMap(({ path, outcome, freedBytes, removedEntries }): TreeChange[] => {
      const unit = byPath.get(path);
      // It lies beside where it was, in the quarantine.
      if (outcome === 'quarantined') return [{ path, freed: NOTHING }];
      if (outcome !== 'deleted' || !unit) return removedEntries > 0 ? [{ path, freed: undefined }] : [];
      const { apparentBytes, freeableBytes } = unit;
      return [
        { path, freed: { diskBytes: freedBytes, apparentBytes, freeableBytes, entries: removedEntries } },
      ];
    }),
  );
}
