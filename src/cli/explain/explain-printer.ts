/** How a report is printed: as a screen, as JSON, or line by line. */
import type { ExplainReport } from '../../model/explain-report.ts';
import type { Screen } from '../../render/terminal/screen.ts';
import { readCaller } from '../invocation/caller.ts';
import type { Judged } from '../conditions/conditions.ts';
import { loadPage } from './html-page.ts';
import type { OptionsOf, Request } from '../options/typed-options.ts';
import type { SnapshotThen } from '../snapshots/snapshot-then.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { readVersion } from '../invocation/version.ts';

/** On a terminal, what is smaller than this share of the whole is left out of the tree. */
export const WORTH_A_LINE = 0.01;

type Explaining = OptionsOf<'explain'>;

/** What prints a report in the form that the options ask for, loaded while something else is done. */
export function printerOf(
  request: Request<'explain'>,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<PrintReport> {
  const { options } = request;
  if (options.html)
    return loadPage({
      isRecorded: options.from !== undefined,
      since: snapshotThen(request, signal),
    }).then((page) => (report) => [page(report)]);
  if (options.ndjson) return loadLines(options);
  return options.json ? loadJson(options) : loadScreen(request, terminal);
}

async function snapshotThen(
  { options: { since, from }, operands }: Request<'explain'>,
  signal: AbortSignal,
): Promise<SnapshotThen | undefined> {
  if (since === undefined) return undefined;
  const { readSnapshotThen } = await import('../snapshots/snapshot-then.ts');
  return await readSnapshotThen(since, operands, from !== undefined, signal);
}

/** The text, or parts of it that are made when the ones before are written. */
export type PrintReport = (report: ExplainReport, judged: Judged | undefined) => Iterable<string>;

export async function printAll(parts: Iterable<string>, terminal: Terminal): Promise<void> {
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
  const isWhole = isWholeReport(request, terminal);
  const [{ screenFor }, { asRootLines }, report] = await Promise.all([
    import('../terminal/screen-for.ts'),
    import('../as-root/as-root.ts'),
    isWhole ? loadWholeReport() : loadFirstScreen(terminal),
  ]);
  const screen = screenFor(options, terminal);
  return (explained, judged) => {
    const verdicts = judged === undefined || judged.lines.length === 0 ? [] : ['', ...judged.lines];
    const asRoot = asRootLines(explained, readCaller().uid);
    return [`${report(explained, screen, asRoot, verdicts).join('\n')}\n`];
  };
}

/** Whether all there is to say is printed, as text or for programs. */
export function tellsDetails(request: Request<'explain'>, terminal: Terminal): boolean {
  const { html, json, ndjson } = request.options;
  return !html && (json || ndjson || isWholeReport(request, terminal));
}

function isWholeReport(request: Request<'explain'>, terminal: Terminal): boolean {
  return !terminal.isOutputTerminal || WHOLE_REPORT.some((key) => request.given.has(key));
}

/** What asks for more than one screen. */
const WHOLE_REPORT = ['from', 'full', 'depth', 'minBytes', 'owners', 'top'] as const;

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
const WAYS_ON = ['all of it: --full', 'look around: diskwhy browse', 'for programs: --json'];
