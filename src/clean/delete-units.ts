/** Deletes units from the journal's first line to what statfs measured afterwards. */
import type { ByteString } from '../model/byte-string.ts';
import type { PlannedUnit } from '../model/delete-plan.ts';
import type { Deletion, UnitOutcome } from '../model/deletion.ts';
import type { TmpReport } from '../model/tmp-report.ts';
import type { Deleter } from './guard/guard-context.ts';
import { openJournal, placeForRun } from './journal/journal.ts';
import type { Journal, JournalPlace } from './journal/journal.ts';
import { JOURNAL_SCHEMA, journalTime } from './journal/journal-lines.ts';
import { markFinished } from './journal/unfinished.ts';
import type { UnfinishedRecord } from './journal/unfinished.ts';
import { deletionDifferences, measureUsedBytes } from './measure.ts';
import type { CleanHooks } from './run/clean-request.ts';
import { carryOut } from './run/run.ts';

export interface DeletionRequest extends Deleter {
  readonly report: TmpReport;
  /** To be deleted, judged deletable just now. */
  readonly units: readonly PlannedUnit[];
  /** Units of a plan that may not be deleted any more, with what is said of them. */
  readonly refused: readonly UnitOutcome[];
  readonly dryRun: boolean;
  readonly quarantine: boolean;
  /** Undefined: none is written. */
  readonly journal: JournalPlace | undefined;
  /** The command line, for the journal. */
  readonly command: readonly string[];
  readonly unfinished: ReadonlyMap<ByteString, UnfinishedRecord>;
}

/** Carries it out; throws UsageError where the journal cannot be written, before anything is deleted. */
export async function deleteUnits(request: DeletionRequest, hooks: CleanHooks): Promise<Deletion> {
  const { units, dryRun, quarantine, report } = request;
  const run = runName(request.ownPid);
  const acts = !dryRun && units.length > 0;
  using journal = acts ? openRunJournal(request, run) : undefined;
  const filesystems = filesystemsOf(report, units);
  const mountPoints = filesystems.map(({ mountPoint }) => mountPoint);
  const measures = acts && !quarantine;
  const usedBefore = measures ? measureUsedBytes(mountPoints) : undefined;
  const outcomes = await carryOut({ ...request, plan: { units }, run, journal }, hooks);
  const usedAfter = measures ? measureUsedBytes(mountPoints) : undefined;
  for (const { path, outcome } of outcomes) {
    const earlier = request.unfinished.get(path);
    if (earlier && outcome === 'deleted') markFinished(earlier, request.ownUid);
  }
  const freedBytes = outcomes.reduce((sum, one) => sum + one.freedBytes, 0);
  const predictedBytes = units.reduce((sum, { freeableBytes }) => sum + freeableBytes, 0);
  const measuredFreedBytes =
    usedBefore === undefined || usedAfter === undefined ? undefined : usedBefore - usedAfter;
  const filesystemTypes = filesystems.map(({ filesystemType }) => filesystemType);
  return {
    dryRun,
    quarantined: quarantine,
    outcomes: new Map([...outcomes, ...request.refused].map((one) => [one.path, one])),
    predictedBytes,
    freedBytes,
    measuredFreedBytes,
    differences:
      measuredFreedBytes === undefined
        ? []
        : deletionDifferences({ outcomes, predictedBytes, freedBytes, measuredFreedBytes, filesystemTypes }),
    journal: journal?.path,
    run,
    interrupted: outcomes.some(({ obstacle }) => obstacle?.kind === 'interrupted'),
  };
}

/** When it began, to the second, and by which process: sorts by time. */
function runName(pid: number): string {
  return `${journalTime().slice(0, 19).replaceAll(/[-:]/gu, '')}Z-${pid}`;
}

function openRunJournal(
  { journal, ownUid, command, units }: DeletionRequest,
  run: string,
): Journal | undefined {
  if (!journal) return undefined;
  return openJournal(
    placeForRun(journal, run),
    run,
    {
      type: 'run',
      schema: JOURNAL_SCHEMA,
      run,
      at: journalTime(),
      uid: ownUid,
      command,
      units: units.length,
    },
    ownUid,
  );
}

/** Where bytes should come back, each filesystem once. */
function filesystemsOf(
  { roots, units: all }: TmpReport,
  units: readonly PlannedUnit[],
): { readonly mountPoint: ByteString; readonly filesystemType: string }[] {
  const wanted = new Set(units.map(({ path }) => path));
  const touched = all.filter(({ path }) => wanted.has(path)).map(({ root }) => roots[root]);
  return [...new Map(touched.map((root) => [root.mountPoint, root])).values()];
}
