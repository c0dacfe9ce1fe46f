/** `diskwhy tmp [root…]`: stale temporary files and caches, reported, and deleted when asked to. */
import { applyPlan, deleteUnits, listEntries, plannedUnits, readPlan } from '../../clean/clean.ts';
import type { CleanProgress, Deleter } from '../../clean/clean.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { PlannedEntry, PlannedUnit } from '../../model/delete-plan.ts';
import { ExitCode } from '../../model/errors.ts';
import type { Deletion } from '../../model/deletion.ts';
import type { TmpReport } from '../../model/tmp-report.ts';
import { displayName } from '../../render/terminal/escape.ts';
import { formatCount, formatSize } from '../../render/terminal/size.ts';
import { deletionLines } from '../../render/screens/tmp/tmp-deletion.ts';
import { openAnchors } from '../../system/directories/anchors.ts';
import { actingLines } from '../../render/screens/tmp/acting-roots.ts';
import { tmpJson } from '../../render/json/tmp.ts';
import { entryCount, tmpLines } from '../../render/screens/tmp/tmp.ts';
import { openAnswers } from '../invocation/answering.ts';
import { readWords } from '../command-line/read-words.ts';
import { consents } from '../terminal/consent.ts';
import { listenForInterrupt } from '../signals/interrupt.ts';
import { openProgressLine } from '../terminal/progress.ts';
import { allPaths } from '../invocation/operands.ts';
import type { Request } from '../options/typed-options.ts';
import { screenFor } from '../terminal/screen-for.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { journalPlace, unfinishedUnits } from '../tmp/tmp-journal.ts';
import {
  hasSilentMount,
  judgeWithProgress,
  judgementSettings,
  withSilentMounts,
} from '../tmp/tmp-judgement.ts';
import type { JudgementSettings } from '../tmp/tmp-judgement.ts';
import { tmpOptions } from '../tmp/tmp-options.ts';
import type { TmpOptions } from '../tmp/tmp-options.ts';
import { purgeQuarantine, tellQuarantined } from '../tmp/tmp-quarantine.ts';
import { restore } from '../tmp/tmp-restore.ts';
import { readVersion } from '../invocation/version.ts';

/** A plan lists the entries of units up to this many names, and of so many names in all. */
const MOST_LISTED = 1000;
const MOST_LISTED_TOGETHER = 100_000;

/** `run` of the command. */
export async function runTmp(request: Request<'tmp'>, terminal: Terminal): Promise<ExitCode> {
  const options = tmpOptions(request);
  using interrupt = listenForInterrupt(options.shared.timeoutMs);
  const { signal } = interrupt;
  using answers = await openAnswers(options.shared.timeoutMs);
  await allPaths(options.roots, terminal, answers);
  const ownUid = process.geteuid?.() ?? -1;
  if (options.restore !== undefined) return await restore(options.restore, options, ownUid, terminal);
  if (options.quarantined) return await tellQuarantined(options, ownUid, terminal);
  const source = options.shared.source === 'portable' ? 'portable' : 'auto';
  if (options.purge !== undefined)
    return await purgeQuarantine(
      options.purge,
      options,
      { ownUid, ownPid: process.pid, source },
      terminal,
      signal,
    );
  using anchors = openAnchors(source, ownUid);
  const plan = options.apply === undefined ? undefined : readPlan(options.apply, { ownUid, source });
  const settings = judgementSettings(options, plan);
  const unfinished = unfinishedUnits(options, ownUid);
  const judged = await judgeWithProgress(settings, options, unfinished, ownUid, terminal, signal, anchors);
  const report = await withSilentMounts(judged, options, answers);
  const deleter = {
    ownUid,
    ownPid: process.pid,
    source,
    anchors,
  } as const;
  const { units, refused } = plan
    ? await applyPlan(plan.units, report, deleter)
    : { units: plannedUnits(report), refused: [] };
  if (!options.acts || signal.aborted) return await tell(report, settings, options, units, deleter, terminal);

  const screen = screenFor(options.shared, terminal);
  if (!options.shared.json) {
    const acting = actingLines(
      report,
      units.map(({ path }) => path),
      screen,
    );
    await terminal.print(`${[...tmpLines(report, screen), '', ...acting].join('\n')}\n`);
  }
  const question = questionOf(units, options);
  const option = plan ? '--apply' : '--delete';
  if (question !== undefined && !(await consents(question, option, terminal, signal))) {
    await terminal.print('Nothing was deleted.\n');
    return signal.aborted ? ExitCode.interrupted : ExitCode.done;
  }
  const deletion = await deleteWithProgress();
  await terminal.print(
    options.shared.json
      ? jsonText(report, settings, deletion, new Map())
      : `${deletionLines(deletion, screen, await undo(deletion)).join('\n')}\n`,
  );
  if (deletion.interrupted) return ExitCode.interrupted;
  const isWhole = [...deletion.outcomes.values()].every(({ outcome }) =>
    ['deleted', 'quarantined', 'would-delete'].includes(outcome),
  );
  return isWhole && !hasSilentMount(report) ? ExitCode.done : ExitCode.partial;

  async function undo(done: Deletion): Promise<string | undefined> {
    if (!options.quarantine) return undefined;
    const { undoLine } = await import('../tmp/tmp-advice.ts');
    return undoLine(done, typeof options.journal === 'object');
  }

  async function deleteWithProgress(): Promise<Deletion> {
    using line = openProgressLine(terminal, options.shared.quiet);
    const onProgress = (progress: CleanProgress): void => line.show(progressText(progress, units.length));
    return await deleteUnits(
      {
        ...deleter,
        report,
        units,
        refused,
        dryRun: options.dryRun,
        quarantine: options.quarantine,
        journal: journalPlace(options, ownUid),
        command: process.argv.slice(2),
        unfinished,
      },
      { signal, wantsProgress: line.isDue, onProgress },
    );
  }
}

/** Only the report: nothing was asked for, or it was interrupted. */
async function tell(
  report: TmpReport,
  settings: JudgementSettings,
  options: TmpOptions,
  units: readonly PlannedUnit[],
  deleter: Deleter,
  terminal: Terminal,
): Promise<ExitCode> {
  if (options.shared.json) {
    const listed = report.interrupted
      ? new Map<ByteString, PlannedEntry[]>()
      : await listSmall(units, deleter);
    await terminal.print(jsonText(report, settings, undefined, listed));
  } else {
    const lines = tmpLines(report, screenFor(options.shared, terminal));
    const { adviceLine } = await import('../tmp/tmp-advice.ts');
    await terminal.print(`${[...lines, '', adviceLine(readWords(), units.length)].join('\n')}\n`);
  }
  if (report.interrupted) return ExitCode.interrupted;
  return report.complete ? ExitCode.done : ExitCode.partial;
}

/** The question that is asked before anything goes; undefined where nothing needs to be asked. */
function questionOf(units: readonly PlannedUnit[], options: TmpOptions): string | undefined {
  if (options.dryRun || options.yes || units.length === 0) return undefined;
  const bytes = units.reduce((sum, { freeableBytes }) => sum + freeableBytes, 0);
  const verb = options.quarantine ? 'Move aside' : 'Delete';
  return `${verb} ${entryCount(units.length)} (${formatSize(bytes, { exact: options.shared.exactBytes })})? [y/N] `;
}

/** Entries of the units small enough to be listed in a plan. */
async function listSmall(
  units: readonly PlannedUnit[],
  deleter: Deleter,
): Promise<Map<ByteString, PlannedEntry[]>> {
  const listed = new Map<ByteString, PlannedEntry[]>();
  let together = 0;
  for (const unit of units) {
    if (unit.entries > MOST_LISTED || together + unit.entries > MOST_LISTED_TOGETHER) continue;
    together += unit.entries;
    const entries = await listEntries(unit, deleter);
    if (entries) listed.set(unit.path, entries);
  }
  return listed;
}

function jsonText(
  report: TmpReport,
  { asked }: JudgementSettings,
  deletion: Deletion | undefined,
  listed: ReadonlyMap<ByteString, readonly PlannedEntry[]>,
): string {
  return `${JSON.stringify(tmpJson(report, { version: readVersion(), asked, deletion, listed }), undefined, 2)}\n`;
}

function progressText({ units, removedEntries, freedBytes, path }: CleanProgress, all: number): string {
  return `${formatCount(units)} of ${formatCount(all)}   ${formatCount(removedEntries)} removed   ${formatSize(freedBytes, { exact: false })}   ${displayName(path)}`;
}
