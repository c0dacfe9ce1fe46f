/** `diskwhy free SIZE [PATH]`: the least harmful way to get space back, shown, and with --apply carried out. */
import { toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { ExitCode, UsageError } from '../../model/errors.ts';
import type { ExplainReport } from '../../model/explain-report.ts';
import type { FreeOutcome } from '../../model/free-outcome.ts';
import type { FreePlan, PlannedStep } from '../../model/free-plan.ts';
import { parseSize } from '../../model/size.ts';
import { explain, loadFreshWorld } from '../../explain/explain.ts';
import { carryOutPlan, planFree } from '../../remedies/remedies.ts';
import { freeJson } from '../../render/json/free.ts';
import { freeLines } from '../../render/screens/free/free.ts';
import { outcomeLines, stepQuestion } from '../../render/screens/free/outcome.ts';
import type { Screen } from '../../render/terminal/screen.ts';
import { openAnswers, silentMounts, warnOfSilent } from '../invocation/answering.ts';
import { readCaller } from '../invocation/caller.ts';
import { openFreeJournal } from '../free/free-journal.ts';
import { runStep } from '../free/free-step.ts';
import { listenForInterrupt } from '../signals/interrupt.ts';
import { allPaths } from '../invocation/operands.ts';
import type { Request } from '../options/typed-options.ts';
import { openProgressLine, scanProgress } from '../terminal/progress.ts';
import { screenFor } from '../terminal/screen-for.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { readVersion } from '../invocation/version.ts';

export async function runFree(request: Request<'free'>, terminal: Terminal): Promise<ExitCode> {
  const { options } = request;
  const [size, path = '.' as ByteString] = request.operands;
  const wantedBytes = wantedOf(size);
  if (options.apply !== undefined && options.apply !== '-')
    throw new UsageError(`--apply ${toText(options.apply)}: for free it takes no value`);
  using interrupt = listenForInterrupt(options.timeoutMs);
  using answers = await openAnswers(options.timeoutMs);
  await allPaths([path], terminal, answers);
  const report = await explainWhole(path, request, terminal, interrupt.signal);
  if (report.scan.interrupted) return ExitCode.interrupted;
  const silent = await silentMounts(answers, [path]);
  warnOfSilent(silent, terminal);
  const plan = planOf(report, wantedBytes, path);
  const screen = screenFor(request.options, terminal);
  const rows = rowsFor(request, terminal);
  if (options.apply === undefined) {
    await terminal.print(textOf(plan, undefined, report, request, screen, rows));
    return plan.isEnough && silent.length === 0 ? ExitCode.done : ExitCode.partial;
  }
  if (!options.json)
    await terminal.print(`${freeLines(plan, report.generatedAt, screen, rows).join('\n')}\n\n`);
  const outcome = await carryOut(plan, request, terminal, interrupt.signal, report.generatedAt);
  await terminal.print(
    options.json
      ? textOf(plan, outcome, report, request, screen, rows)
      : `${outcomeLines(plan, outcome, report.generatedAt, screen).join('\n')}\n`,
  );
  if (interrupt.signal.aborted) return ExitCode.interrupted;
  return outcome.isEnough && silent.length === 0 ? ExitCode.done : ExitCode.partial;
}

/** One screen, its steps in sight; --top and a pipe ask for more. The prompt needs a row. */
function rowsFor({ given }: Request<'free'>, { isOutputTerminal, height }: Terminal): number {
  return isOutputTerminal && !given.has('top') ? height - 1 : Infinity;
}

function wantedOf(size: ByteString): number {
  const bytes = parseSize(toText(size));
  if (bytes === undefined || bytes <= 0)
    throw new UsageError(`${toText(size)}: not a size; write 500M or 10G, and a path behind it`);
  return bytes;
}

/** All findings of the filesystem that needs the space. */
async function explainWhole(
  path: ByteString,
  { options }: Request<'free'>,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ExplainReport> {
  using line = openProgressLine(terminal, options.quiet);
  const { exclude, threads, source } = options;
  return await explain(
    {
      ...readCaller(),
      paths: [path],
      wholeFilesystems: true,
      exclude,
      threads,
      source,
      crossMounts: false,
      apparent: false,
      depth: 1,
      top: 1,
      minBytes: 0,
      minShare: 1,
    },
    { ...scanProgress(line), signal },
  );
}

function planOf({ findings, filesystems }: ExplainReport, wantedBytes: number, path: ByteString): FreePlan {
  const [filesystem] = filesystems;
  if (filesystem === undefined) throw new UsageError('its filesystem does not say how full it is', path);
  const { mountPoint, availableBytes } = filesystem;
  return planFree(findings, wantedBytes, { mountPoint, availableBytes });
}

async function carryOut(
  plan: FreePlan,
  { options }: Request<'free'>,
  terminal: Terminal,
  signal: AbortSignal,
  nowSeconds: number,
): Promise<FreeOutcome> {
  const { uid, environment } = readCaller();
  const freshWorld = await loadFreshWorld();
  using journal = openFreeJournal(plan, uid, terminal);
  const agrees = async (step: PlannedStep): Promise<boolean | undefined> => {
    if (step.risk === 'safe' && options.yes) return true;
    if (!terminal.canAsk) return undefined;
    const answer = await terminal.ask(stepQuestion(step, nowSeconds), signal);
    return /^\s*y(?:es)?\s*$/iu.test(answer ?? '');
  };
  return await carryOutPlan(plan, {
    world: () => freshWorld(environment, uid === 0),
    agrees,
    run: (commands) => runStep(commands, signal),
    note: (outcome) => journal.note(outcome),
    signal,
  });
}

function textOf(
  plan: FreePlan,
  outcome: FreeOutcome | undefined,
  { generatedAt }: ExplainReport,
  { options }: Request<'free'>,
  screen: Screen,
  rows: number,
): string {
  return options.json
    ? `${JSON.stringify(freeJson(plan, outcome, readVersion(), generatedAt), undefined, 2)}\n`
    : `${freeLines(plan, generatedAt, screen, rows).join('\n')}\n`;
}
