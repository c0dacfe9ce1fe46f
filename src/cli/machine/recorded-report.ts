/** `--from` of metrics and record: the report of a tree that was written down, and once what is missing from it. */
import type { ByteString } from '../../model/byte-string.ts';
import type { ExplainReport } from '../../model/explain-report.ts';
import { loadRecorded } from '../../explain/explain.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import type { TreeAsked } from './machine-report.ts';
import type { Request } from '../options/typed-options.ts';
import { openProgressLine } from '../terminal/progress.ts';
import { readRecorded, refuseBesideFrom } from '../snapshots/recorded-input.ts';
import type { Terminal } from '../terminal/terminal.ts';

interface RecordedReport {
  readonly report: ExplainReport;
  /** Seconds since 1970; undefined where the file does not say. */
  readonly writtenAt: number | undefined;
}

/** Undefined where `signal` ended it. Throws UsageError where the file is no whole snapshot, or is not all that is asked for. */
export async function recordedReport(
  request: Request<'metrics' | 'record'>,
  from: ByteString,
  tree: TreeAsked,
  signal: AbortSignal,
  terminal: Terminal,
): Promise<RecordedReport | undefined> {
  const { quiet } = request.options;
  refuseBesideFrom(request);
  using line = openProgressLine(terminal, quiet);
  const read = await readRecorded(from, { largestCount: 0, rankByApparent: false }, signal, line);
  if (!read) return undefined;
  const { writtenAt, program } = read.head;
  const explainRecorded = await loadRecorded();
  const report = explainRecorded(
    read.scan,
    { path: from, program, writtenAt: writtenAt ?? nowSeconds() },
    { ...tree, apparent: false, minBytes: 0 },
  );
  line[Symbol.dispose]();
  if (!quiet)
    terminal.writeError(
      'diskwhy: left out, because only the machine itself can tell: its disks, what was found on them, and what could be freed\n',
    );
  return { report, writtenAt };
}
