/** `diskwhy [path…]`, the default command: why is this disk full. */
import { toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { ExitCode, UsageError } from '../../model/errors.ts';
import type { ExplainReport } from '../../model/explain-report.ts';
import type { Problem } from '../../model/problem.ts';
import { explain } from '../../explain/explain.ts';
import type { Screen } from '../../render/terminal/screen.ts';
import { printCheck } from '../conditions/print-check.ts';
import type { Judged } from '../conditions/conditions.ts';
import { askedConditions } from '../conditions/asked-conditions.ts';
import { readCaller } from '../caller.ts';
import { nearest } from '../command-line/nearest.ts';
import { loadPage, PAGE_LIMITS, refuseTerminal } from '../html-page.ts';
import { listenForInterrupt } from '../interrupt.ts';
import { usablePaths } from '../operands.ts';
import { commandNames } from '../options/command-table.ts';
import type { CommandName } from '../options/option-row.ts';
import type { OptionsOf, Request } from '../options/typed-options.ts';
import { openProgressLine, scanProgress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { readVersion } from '../version.ts';

/** On a terminal, what is smaller than this share of the whole is left out of the tree. */
const WORTH_A_LINE = 0.01;

type Explaining = OptionsOf<'explain'>;

export async function runExplain(request: Request<'explain'>, terminal: Terminal): Promise<ExitCode> {
  const { options } = request;
  refuseUnused(request);
  if (options.html) refuseTerminal(terminal);
  const { paths, problems } = await usablePaths(request.operands, terminal, {
    needsAll: options.check,
    meantBy: commandMeantBy,
  });
  using interrupt = listenForInterrupt();
  const conditions = await askedConditions(options, paths);
  const judge = (report?: ExplainReport): Promise<Judged> | undefined =>
    conditions?.judge(report, options.measureMs, interrupt.signal);
  if (options.check && conditions?.needReport === false)
    return await printCheck(judge()!, interrupt.signal, terminal);
  // What prints is loaded while the scan runs.
  const [scanned, print] = await Promise.all([
    scanWithProgress(paths, options, interrupt.signal, terminal),
    loadPrint(request, terminal),
  ]);
  const report = withProblems(scanned, problems);
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
  if (options.check && options.failsOnFinding)
    throw new UsageError("--check has codes of its own; --fail-if 'finding>0' stands for --fail-on-finding");
}

/** "diskwhy watch" for `wach`: a word that is no path may have been meant for a command. */
function commandMeantBy(operand: ByteString): string | undefined {
  const meant = nearest(toText(operand), commandNames);
  return meant === undefined || meant === 'explain' ? undefined : `diskwhy ${meant}`;
}

/** What could not be looked at is part of what could not be read. */
function withProblems(report: ExplainReport, problems: readonly Problem[]): ExplainReport {
  if (problems.length === 0) return report;
  const { count, items } = report.scan.problems;
  const all = { count: count + problems.length, items: [...problems, ...items] };
  return { ...report, complete: false, scan: { ...report.scan, complete: false, problems: all } };
}

async function scanWithProgress(
  paths: readonly ByteString[],
  options: Explaining,
  signal: AbortSignal,
  terminal: Terminal,
): Promise<ExplainReport> {
  using line = openProgressLine(terminal, options.quiet);
  const isDrawn = !options.json && !options.ndjson;
  const minShare = options.minBytes === undefined && isDrawn ? WORTH_A_LINE : 0;
  const request = {
    ...options,
    ...readCaller(),
    paths,
    minBytes: options.minBytes ?? 0,
    minShare,
    ...(options.html && PAGE_LIMITS),
  };
  return await explain(request, { ...scanProgress(line), signal });
}

function loadPrint(request: Request<'explain'>, terminal: Terminal): Promise<PrintReport> {
  const { options } = request;
  if (options.html) return loadPage().then((page) => (report) => [page(report)]);
  if (options.ndjson) return loadLines(options);
  return options.json ? loadJson(options) : loadScreen(request, terminal);
}

/** The text, or parts of it that are made when the ones before are written. */
type PrintReport = (report: ExplainReport, judged: Judged | undefined) => Iterable<string>;

async function printAll(parts: Iterable<string>, terminal: Terminal): Promise<void> {
  for (const part of parts) if (!(await terminal.print(part))) return;
}

async function loadJson(options: Explaining): Promise<PrintReport> {
  const { explainJson } = await import('../../render/json/explain.ts');
  return (report, judged) => {
    const json = explainJson(report, readVersion(), options.top, judged?.json);
    return [`${JSON.stringify(json, undefined, 2)}\n`];
  };
}

/** Lines are written some hundred at a time. */
async function loadLines({ top, minBytes = 0 }: Explaining): Promise<PrintReport> {
  const { explainLines } = await import('../../render/json/explain-lines.ts');
  return function* lines(report, judged) {
    let part = '';
    for (const line of explainLines(report, readVersion(), { top, minBytes, conditions: judged?.json })) {
      part += `${JSON.stringify(line)}\n`;
      if (part.length < PART_CHARACTERS) continue;
      yield part;
      part = '';
    }
    yield part;
  };
}

const PART_CHARACTERS = 1 << 16;

async function loadScreen(request: Request<'explain'>, terminal: Terminal): Promise<PrintReport> {
  const { options } = request;
  const isWhole = !terminal.isOutputTerminal || WHOLE_REPORT.some((key) => request.given.has(key));
  const [{ createStyle }, { asRootLines }, report] = await Promise.all([
    import('../../render/terminal/style.ts'),
    import('../as-root/as-root.ts'),
    isWhole ? loadWholeReport() : loadFirstScreen(terminal),
  ]);
  const screen = {
    width: terminal.isOutputTerminal ? terminal.width : Infinity,
    style: createStyle(terminal.wantsColor(options.color)),
    sizes: { exact: options.exactBytes },
    apparent: options.apparent,
    top: options.top,
  };
  return (explained, judged) => {
    const verdicts = judged === undefined || judged.lines.length === 0 ? [] : ['', ...judged.lines];
    const asRoot = asRootLines(explained, readCaller().uid);
    return [`${report(explained, screen, asRoot, verdicts).join('\n')}\n`];
  };
}

/** What asks for more than one screen. */
const WHOLE_REPORT = ['full', 'depth', 'minBytes', 'owners', 'top'] as const;

/** Lines of a report, with those that belong below it. */
type ReportLines = (
  report: ExplainReport,
  screen: Screen,
  asRoot: readonly string[],
  verdicts: readonly string[],
) => readonly string[];

async function loadWholeReport(): Promise<ReportLines> {
  const { explainLines } = await import('../../render/screens/explain/explain.ts');
  return (report, screen, asRoot, verdicts) => [
    ...explainLines(report, screen),
    ...(asRoot.length > 0 ? ['', ...asRoot] : []),
    ...verdicts,
  ];
}

async function loadFirstScreen({ height }: Terminal): Promise<ReportLines> {
  const { firstScreenLines } = await import('../../render/screens/explain/first-screen.ts');
  return (report, screen, asRoot, verdicts) => {
    // The prompt takes a row of its own.
    const rows = height - 1 - verdicts.length;
    return [...firstScreenLines(report, { ...screen, rows, asRoot, more: WAYS_ON }), ...verdicts];
  };
}

/** How to see more than one screen. */
const WAYS_ON = [
  'all of it: --full',
  ...(commandNames.includes('browse' as CommandName) ? ['look around: diskwhy browse'] : []),
  'for programs: --json',
];
