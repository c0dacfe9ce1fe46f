/** `diskwhy --from FILE`: the report of a tree that was written down. */
import type { ByteString } from '../model/byte-string.ts';
import { ExitCode, UsageError } from '../model/errors.ts';
import { loadRecorded } from '../explain/explain.ts';
import { readSnapshot } from '../snapshot/snapshot.ts';
import { nowSeconds } from '../system/calls/clock.ts';
import { printAll, WORTH_A_LINE } from './explain-printer.ts';
import type { PrintReport } from './explain-printer.ts';
import { PAGE_LIMITS } from './html-page.ts';
import { listenForInterrupt } from './interrupt.ts';
import type { OptionKey } from './options/option-table.ts';
import { dashed, optionTable } from './options/option-table.ts';
import type { Request } from './options/typed-options.ts';
import { openProgressLine, readProgress } from './progress.ts';
import { snapshotInput } from './snapshot-input.ts';
import type { Terminal } from './terminal.ts';

/** They are about this machine, or about how it is read. */
const LIVE_ONLY: readonly OptionKey[] = [
  'wholeFilesystems',
  'owners',
  'crossMounts',
  'exclude',
  'source',
  'threads',
  'failIf',
  'warnIf',
  'check',
  'measureMs',
  'failsOnFinding',
];
/** Files are kept for the tree as well as for the list of the largest. */
const FILES_FOR_TREE = 1000;
const MOST_FILES = 100_000;

export async function runExplainFrom(
  { options, operands, given }: Request<'explain'>,
  from: ByteString,
  printer: (signal: AbortSignal) => Promise<PrintReport>,
  terminal: Terminal,
): Promise<ExitCode> {
  if (operands.length > 0) throw new UsageError('--from stands in place of a path; leave one of them out');
  const live = LIVE_ONLY.find((key) => given.has(key));
  if (live !== undefined)
    throw new UsageError(
      `${dashed(optionTable[live].name)} asks the machine itself, and --from reads what was written down before`,
    );
  using interrupt = listenForInterrupt(options.timeoutMs);
  using line = openProgressLine(terminal, options.quiet);
  const largestCount = Math.max(FILES_FOR_TREE, Math.min(options.top, MOST_FILES));
  const now = nowSeconds();
  const reading = readSnapshot(
    snapshotInput(from, interrupt.signal),
    { nowSeconds: now, largestCount, rankByApparent: options.apparent },
    { signal: interrupt.signal, onRead: readProgress(line, from) },
  ).catch((error: unknown) => {
    if (interrupt.signal.aborted) return undefined;
    throw error;
  });
  // What prints is loaded meanwhile.
  const [read, print] = await Promise.all([reading, printer(interrupt.signal)]);
  if (!read) return ExitCode.interrupted;
  const { scan, head } = read;
  const isForScreen = options.minBytes === undefined && !options.json && !options.ndjson;
  const explainRecorded = await loadRecorded();
  const report = explainRecorded(
    scan,
    { path: from, program: head.program, writtenAt: head.writtenAt ?? now },
    {
      ...options,
      minBytes: options.minBytes ?? 0,
      minShare: isForScreen ? WORTH_A_LINE : 0,
      ...(options.html && PAGE_LIMITS),
    },
  );
  line[Symbol.dispose]();
  await printAll(print(report, undefined), terminal);
  return report.complete ? ExitCode.done : ExitCode.partial;
}
