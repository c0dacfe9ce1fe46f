/** `diskwhy --from FILE`: the report of a tree that was written down. */
import type { ByteString } from '../../model/byte-string.ts';
import { ExitCode } from '../../model/errors.ts';
import { loadRecorded } from '../../explain/explain.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import { printAll, WORTH_A_LINE } from './explain-printer.ts';
import type { PrintReport } from './explain-printer.ts';
import { PAGE_LIMITS } from './html-page.ts';
import { listenForInterrupt } from '../signals/interrupt.ts';
import type { Request } from '../options/typed-options.ts';
import { openProgressLine } from '../terminal/progress.ts';
import { readRecorded, refuseBesideFrom } from '../snapshots/recorded-input.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Files are kept for the tree as well as for the list of the largest. */
const FILES_FOR_TREE = 1000;
const MOST_FILES = 100_000;

export async function runExplainFrom(
  request: Request<'explain'>,
  from: ByteString,
  printer: (signal: AbortSignal) => Promise<PrintReport>,
  terminal: Terminal,
): Promise<ExitCode> {
  const { options } = request;
  refuseBesideFrom(request);
  using interrupt = listenForInterrupt(options.timeoutMs);
  using line = openProgressLine(terminal, options.quiet);
  const largestCount = Math.max(FILES_FOR_TREE, Math.min(options.top, MOST_FILES));
  const asked = { largestCount, rankByApparent: options.apparent };
  // What prints is loaded meanwhile.
  const [read, print] = await Promise.all([
    readRecorded(from, asked, interrupt.signal, line),
    printer(interrupt.signal),
  ]);
  if (!read) return ExitCode.interrupted;
  const { scan, head } = read;
  const isForScreen = options.minBytes === undefined && !options.json && !options.ndjson;
  const explainRecorded = await loadRecorded();
  const report = explainRecorded(
    scan,
    { path: from, program: head.program, writtenAt: head.writtenAt ?? nowSeconds() },
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
