/** `diskwhy snapshot [PATH]`: a tree as a file, in ncdu's JSON. */
import type { ByteString } from '../../model/byte-string.ts';
import { ExitCode, UsageError } from '../../model/errors.ts';
import { keptLines, snapshotLines } from '../../render/screens/snapshot/snapshot.ts';
import type { ScanHooks } from '../../scan/scan.ts';
import { keepSnapshot, resolveSnapshotRoot, writeSnapshot } from '../../snapshot/snapshot.ts';
import type { Snapshot, SnapshotRequest } from '../../snapshot/snapshot.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import { beginFile } from '../../system/directories/new-file.ts';
import { readCaller } from '../invocation/caller.ts';
import { openAnswers } from '../invocation/answering.ts';
import { listenForInterrupt } from '../signals/interrupt.ts';
import { allPaths } from '../invocation/operands.ts';
import { readKeeper } from '../snapshots/keeper.ts';
import { dashed, optionTable } from '../options/option-table.ts';
import type { Request } from '../options/typed-options.ts';
import { openProgressLine, scanProgress } from '../terminal/progress.ts';
import { screenFor } from '../terminal/screen-for.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { readVersion } from '../invocation/version.ts';

const STANDARD_OUTPUT = '-' as ByteString;
/** Of the new file, before the umask: names may be nobody else's business. */
const FILE_MODE = 0o600;
/** Of zstd; the next ones take longer and save nothing here. */
const COMPRESSION = 1;

export async function runSnapshot(request: Request<'snapshot'>, terminal: Terminal): Promise<ExitCode> {
  const { options, operands } = request;
  const output = options.snapshotFile ?? STANDARD_OUTPUT;
  refuseUnused(request);
  if (options.keeps === undefined && output === STANDARD_OUTPUT && terminal.isOutputTerminal)
    throw new UsageError(
      'a snapshot is no text for a terminal; -o FILE says where to write it, --keep keeps it',
    );
  using interrupt = listenForInterrupt(options.timeoutMs);
  using answers = await openAnswers(options.timeoutMs);
  const [path] = await allPaths(operands.length > 0 ? operands : ['.' as ByteString], terminal, answers);
  using line = openProgressLine(terminal, options.quiet);
  const wanted: SnapshotRequest = {
    ...options,
    path,
    nowSeconds: nowSeconds(),
    version: readVersion(),
    compression: options.compress || output.endsWith('.zst') ? COMPRESSION : undefined,
  };
  const hooks: ScanHooks = { ...scanProgress(line), signal: interrupt.signal };
  const screen = screenFor(options, terminal);
  if (options.keeps !== undefined) {
    const root = resolveSnapshotRoot(path).path;
    const kept = await keepSnapshot(wanted, root, options, readKeeper(), hooks);
    line[Symbol.dispose]();
    if (!kept) return ExitCode.interrupted;
    if (!options.quiet) await terminal.print(`${keptLines(kept, screen).join('\n')}\n`);
    return kept.scan.complete ? ExitCode.done : ExitCode.partial;
  }
  const snapshot = await (output === STANDARD_OUTPUT
    ? writeToOutput(wanted, hooks, terminal)
    : writeToFile(wanted, hooks, output));
  // Nobody reads any more.
  if (!snapshot) return ExitCode.done;
  if (interrupt.signal.aborted) return ExitCode.interrupted;
  line[Symbol.dispose]();
  if (output !== STANDARD_OUTPUT && !options.quiet) {
    const lines = snapshotLines(snapshot.scan, output, snapshot.writtenBytes, screen);
    await terminal.print(`${lines.join('\n')}\n`);
  }
  return snapshot.scan.complete ? ExitCode.done : ExitCode.partial;
}

/** What would change nothing was meant for something. */
function refuseUnused({ options, given }: Request<'snapshot'>): void {
  if (options.keeps !== undefined) {
    if (options.keeps !== 'yes')
      throw new UsageError(
        `--keep=${options.keeps}: for snapshot it takes no value; leave out =${options.keeps}`,
      );
    if (given.has('snapshotFile'))
      throw new UsageError('--keep or --output, not both: one says where it goes');
    if (given.has('compress')) throw new UsageError('--keep compresses always; leave out --compress');
    return;
  }
  const retention = (['keepLast', 'keepDaily', 'keepWeekly', 'keepBytes'] as const).find((key) =>
    given.has(key),
  );
  if (retention !== undefined)
    throw new UsageError(`${dashed(optionTable[retention].name)} says what --keep keeps; add --keep`);
}

/** An interrupted one leaves no file. */
async function writeToFile(wanted: SnapshotRequest, hooks: ScanHooks, path: ByteString): Promise<Snapshot> {
  using file = beginFile(path, FILE_MODE, readCaller().uid);
  const snapshot = await writeSnapshot(wanted, (bytes) => file.write(bytes), hooks);
  if (hooks.signal?.aborted !== true) file.finish();
  return snapshot;
}

/** Undefined where whoever reads has read enough. */
async function writeToOutput(
  wanted: SnapshotRequest,
  hooks: ScanHooks,
  terminal: Terminal,
): Promise<Snapshot | undefined> {
  const enough = new Error('nobody reads any more');
  try {
    return await writeSnapshot(
      wanted,
      async (bytes) => {
        if (!(await terminal.print(bytes))) throw enough;
      },
      hooks,
    );
  } catch (error) {
    if (error !== enough) throw error;
    return undefined;
  }
}
