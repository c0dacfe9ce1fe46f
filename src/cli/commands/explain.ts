/** `diskwhy [path…]`, the default command: why is this disk full. */
import { toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { ExitCode, UsageError } from '../../model/errors.ts';
import type { ExplainReport } from '../../model/explain-report.ts';
import type { BulkNotice } from '../../model/scan-result.ts';
import { explain } from '../../explain/explain.ts';
import { printCheck } from '../conditions/print-check.ts';
import type { Judged } from '../conditions/conditions.ts';
import { askedConditions } from '../conditions/asked-conditions.ts';
import { openAnswers, silentMounts } from '../invocation/answering.ts';
import { readCaller } from '../invocation/caller.ts';
import { nearest } from '../options/nearest.ts';
import { printAll, printerOf, tellsDetails, WORTH_A_LINE } from '../explain/explain-printer.ts';
import { PAGE_LIMITS, refuseTerminal } from '../explain/html-page.ts';
import { keptBefore } from '../snapshots/kept-before.ts';
import { listenForInterrupt } from '../signals/interrupt.ts';
import { usablePaths } from '../invocation/operands.ts';
import { commandNames } from '../options/command-table.ts';
import type { Request } from '../options/typed-options.ts';
import { openProgressLine, scanProgress } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { withProblems } from '../explain/with-problems.ts';

export async function runExplain(request: Request<'explain'>, terminal: Terminal): Promise<ExitCode> {
  const { options } = request;
  refuseUnused(request);
  if (options.html) refuseTerminal(terminal);
  if (options.from !== undefined) {
    const { runExplainFrom } = await import('../explain/explain-from.ts');
    return await runExplainFrom(
      request,
      options.from,
      (signal) => printerOf(request, terminal, signal),
      terminal,
    );
  }
  using interrupt = listenForInterrupt(options.timeoutMs);
  using answers = await openAnswers(options.timeoutMs);
  const { paths, problems } = await usablePaths(request.operands, terminal, answers, {
    needsAll: options.check,
    meantBy: commandMeantBy,
  });
  const conditions = await askedConditions(options, paths);
  const judge = (report?: ExplainReport): Promise<Judged> | undefined =>
    conditions?.judge(report, options.measureMs, interrupt.signal);
  if (options.check && conditions?.needReport === false)
    return await printCheck(judge()!, interrupt.signal, terminal);
  // What prints is loaded while the scan runs.
  const [scanned, print] = await Promise.all([
    scanWithProgress(paths, request, interrupt.signal, terminal),
    printerOf(request, terminal, interrupt.signal),
  ]);
  const report = withProblems(scanned, [...problems, ...(await silentMounts(answers, paths))]);
  await tellNotices(report.scan.notices, options.quiet, terminal);
  const judging = judge(report);
  if (options.check && judging) return await printCheck(judging, interrupt.signal, terminal);
  const judged = await judging;
  await printAll(print(report, judged), terminal);
  if (report.scan.interrupted) return ExitCode.interrupted;
  // What was written lately is told of every disk; it is no reason to fail.
  const found = report.findings.some(({ claimedBytes, urgent }) => claimedBytes > 0 || urgent === true);
  // What was found is there, whatever could not be read.
  if ((options.failsOnFinding && found) || judged?.code === ExitCode.found) return ExitCode.found;
  return report.complete && (judged?.code ?? ExitCode.done) === ExitCode.done
    ? ExitCode.done
    : ExitCode.partial;
}

/** What would change nothing was meant for something. */
function refuseUnused({ options, given }: Request<'explain'>): void {
  const conditions = [...options.failIf, ...options.warnIf];
  const isMeasured = conditions.some(({ subject }) => subject === 'growth' || subject === 'full');
  if (given.has('measureMs') && !isMeasured)
    throw new UsageError(
      "--for says how long growth is measured; add --fail-if 'growth>1GiB/h' or 'full<6h'",
    );
  const forms = (['json', 'ndjson', 'html'] as const).filter((form) => options[form]);
  if (forms.length > 1) throw new UsageError(`${forms.map((form) => `--${form}`).join(' or ')}, not both`);
  if (options.since !== undefined && !options.html)
    throw new UsageError(
      '--since goes with --html; diskwhy diff and diskwhy browse --since tell what has grown',
    );
  if (options.check && options.failsOnFinding)
    throw new UsageError("--check has codes of its own; --fail-if 'finding>0' stands for --fail-on-finding");
}

/** "diskwhy watch" for `wach`: a word that is no path may have been meant for a command. */
function commandMeantBy(operand: ByteString): string | undefined {
  const meant = nearest(toText(operand), commandNames);
  return meant === undefined || meant === 'explain' ? undefined : `diskwhy ${meant}`;
}

async function scanWithProgress(
  paths: readonly ByteString[],
  asked: Request<'explain'>,
  signal: AbortSignal,
  terminal: Terminal,
): Promise<ExplainReport> {
  const { options } = asked;
  using line = openProgressLine(terminal, options.quiet);
  const minShare = options.minBytes === undefined && !options.json && !options.ndjson ? WORTH_A_LINE : 0;
  const request = {
    ...options,
    ...readCaller(),
    // What is left out here was not, there.
    ...(options.exclude.length === 0 && !options.crossMounts && { keptBefore }),
    paths,
    minBytes: options.minBytes ?? 0,
    minShare,
    details: tellsDetails(asked, terminal) && !options.check,
    ...(options.html && PAGE_LIMITS),
  };
  return await explain(request, { ...scanProgress(line), signal });
}

/** What was not read as it was to be. */
async function tellNotices(
  notices: readonly BulkNotice[],
  isQuiet: boolean,
  terminal: Terminal,
): Promise<void> {
  if (notices.length === 0 || isQuiet) return;
  const { bulkNoticeText } = await import('../../render/words/bulk-notices.ts');
  for (const notice of notices) terminal.writeError(`diskwhy: ${bulkNoticeText(notice)}\n`);
}
