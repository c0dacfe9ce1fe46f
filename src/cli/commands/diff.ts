/** `diskwhy diff OLD NEW`: what grew, shrank, came, went and moved. */
import { ExitCode } from '../../model/errors.ts';
import { diffLines } from '../../render/screens/diff/diff.ts';
import { diffJson } from '../../render/json/diff.ts';
import { diffSnapshots } from '../../snapshot/snapshot.ts';
import { diffSources } from '../snapshots/diff-sources.ts';
import { openAnswers } from '../invocation/answering.ts';
import { listenForInterrupt } from '../signals/interrupt.ts';
import type { Request } from '../options/typed-options.ts';
import { openProgressLine, scanProgress } from '../terminal/progress.ts';
import { screenFor } from '../terminal/screen-for.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { readVersion } from '../invocation/version.ts';

/** On a screen, what changed by less than this share of the largest change is left out of the tree. */
const WORTH_A_LINE = 0.01;

export async function runDiff({ options, operands }: Request<'diff'>, terminal: Terminal): Promise<ExitCode> {
  const { json, top, depth, apparent, quiet } = options;
  using interrupt = listenForInterrupt(options.timeoutMs);
  using answers = await openAnswers(options.timeoutMs);
  using line = openProgressLine(terminal, quiet);
  const sources = await diffSources(operands, options, interrupt.signal, terminal, answers);
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
