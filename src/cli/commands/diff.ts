/** `diskwhy diff OLD NEW`: what grew, shrank, came, went and moved. */
import { ExitCode, UsageError } from '../../model/errors.ts';
import { diffLines } from '../../render/screens/diff/diff.ts';
import { diffJson } from '../../render/json/diff.ts';
import { diffSnapshots } from '../../snapshot/snapshot.ts';
import { diffSources } from '../snapshots/diff-sources.ts';
import { openAnswers } from '../invocation/answering.ts';
import { listenForInterrupt } from '../signals/interrupt.ts';
import { dashed, optionTable } from '../options/option-table.ts';
import type { Request } from '../options/typed-options.ts';
import { openProgressLine, scanProgress } from '../terminal/progress.ts';
import { screenFor } from '../terminal/screen-for.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { readVersion } from '../invocation/version.ts';

/** On a screen, what changed by less than this share of the largest change is left out of the tree. */
const WORTH_A_LINE = 0.01;

/** How a tree is looked at. */
const OF_A_SCAN = ['exclude', 'crossMounts', 'threads', 'source'] as const;

export async function runDiff(
  { options, operands, given }: Request<'diff'>,
  terminal: Terminal,
): Promise<ExitCode> {
  const { json, top, depth, apparent, quiet } = options;
  using interrupt = listenForInterrupt(options.timeoutMs);
  using answers = await openAnswers(options.timeoutMs);
  using line = openProgressLine(terminal, quiet);
  const sources = await diffSources(operands, options, interrupt.signal, terminal, answers);
  if (sources.old.kind === 'file' && sources.new.kind === 'file') refuseScanning(given);
  const diff = await diffSnapshots(
    { ...sources, byApparent: apparent, limits: { depth, top, minShare: json ? 0 : WORTH_A_LINE } },
    { ...scanProgress(line), signal: interrupt.signal },
  ).catch((error: unknown) => {
    if (interrupt.signal.aborted) return undefined;
    throw error;
  });
  if (!diff) return ExitCode.interrupted;
  line[Symbol.dispose]();
  const screen = screenFor(options, terminal);
  await terminal.print(
    json
      ? `${JSON.stringify(diffJson(diff, readVersion(), top), undefined, 2)}\n`
      : `${diffLines(diff, screen).join('\n')}\n`,
  );
  return diff.old.complete && diff.new.complete ? ExitCode.done : ExitCode.partial;
}

/** Files have what they have. */
function refuseScanning(given: Request<'diff'>['given']): void {
  const typed = OF_A_SCAN.find((key) => given.has(key));
  if (typed === undefined) return;
  const { name } = optionTable[typed];
  throw new UsageError(
    `${dashed(name)} says how a tree is read, and both of these are files; leave it out, or name the tree`,
  );
}
