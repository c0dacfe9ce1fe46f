/** `diskwhy history [PATH]`: the snapshots that are kept, what grew in between, and when the disk will be full. */
import type { ByteString } from '../../model/byte-string.ts';
import { ExitCode, UsageError } from '../../model/errors.ts';
import type { KeptSnapshot } from '../../model/kept-snapshot.ts';
import { historyJson } from '../../render/json/history.ts';
import { historyLines } from '../../render/screens/history/history.ts';
import { diffSnapshots, forecastFull, keptSnapshots, resolveSnapshotRoot } from '../../snapshot/snapshot.ts';
import { errorCode } from '../../system/calls/errno.ts';
import { readUsage } from '../../system/filesystems/filesystems.ts';
import { openAnswers } from '../invocation/answering.ts';
import { listenForInterrupt } from '../signals/interrupt.ts';
import { readKeeper } from '../snapshots/keeper.ts';
import { allPaths } from '../invocation/operands.ts';
import type { OptionsOf, Request } from '../options/typed-options.ts';
import { screenFor } from '../terminal/screen-for.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { readVersion } from '../invocation/version.ts';

/** The least share of the largest change that is worth a line of the tree of what grew. */
const WORTH_A_LINE = 0.05;

export async function runHistory(
  { options, operands }: Request<'history'>,
  terminal: Terminal,
): Promise<ExitCode> {
  const { json, top } = options;
  using interrupt = listenForInterrupt(options.timeoutMs);
  using answers = await openAnswers(options.timeoutMs);
  const [path] = await allPaths(operands.length > 0 ? operands : ['.' as ByteString], terminal, answers);
  const root = resolveSnapshotRoot(path).path;
  const { snapshots, damaged } = await keptSnapshots(root, readKeeper());
  if (snapshots.length === 0 && damaged.length === 0)
    throw new UsageError('no snapshot of it is kept; diskwhy snapshot --keep keeps one', path);
  const growth = await growthOver(snapshots, options, interrupt.signal);
  if (interrupt.signal.aborted) return ExitCode.interrupted;
  const history = {
    root,
    snapshots,
    damaged,
    growth,
    forecast: forecastFull(snapshots, availableBytes(root)),
  };
  const screen = screenFor(options, terminal);
  await terminal.print(
    json
      ? `${JSON.stringify(historyJson(history, readVersion(), top), undefined, 2)}\n`
      : `${historyLines(history, screen).join('\n')}\n`,
  );
  return damaged.length > 0 ? ExitCode.partial : ExitCode.done;
}

/** What changed from the first to the last; undefined where there are not two. */
async function growthOver(
  snapshots: readonly KeptSnapshot[],
  { depth, top }: Pick<OptionsOf<'history'>, 'depth' | 'top'>,
  signal: AbortSignal,
) {
  if (snapshots.length < 2) return undefined;
  const [first, last] = [snapshots[0], snapshots.at(-1)!];
  return await diffSnapshots(
    {
      old: { kind: 'file', input: { path: first.file } },
      new: { kind: 'file', input: { path: last.file } },
      byApparent: false,
      limits: { depth, top, minShare: WORTH_A_LINE },
    },
    { signal },
  ).catch((error: unknown) => {
    if (signal.aborted) return undefined;
    throw error;
  });
}

function availableBytes(root: ByteString): number {
  try {
    return readUsage(root).availableBytes;
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return 0;
  }
}
