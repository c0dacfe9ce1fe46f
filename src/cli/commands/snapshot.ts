/** `diskwhy snapshot [PATH]`: a tree as a file, in ncdu's JSON. */
import type { ByteString } from '../../model/byte-string.ts';
import { ExitCode, UsageError } from '../../model/errors.ts';
import { snapshotLines } from '../../render/screens/snapshot/snapshot.ts';
import { createStyle } from '../../render/terminal/style.ts';
import type { ScanHooks } from '../../scan/scan.ts';
import { writeSnapshot } from '../../snapshot/snapshot.ts';
import type { Snapshot, SnapshotRequest } from '../../snapshot/snapshot.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import { beginFile } from '../../system/directories/new-file.ts';
import { readCaller } from '../caller.ts';
import { openAnswers } from '../answering.ts';
import { listenForInterrupt } from '../interrupt.ts';
import { allPaths } from '../operands.ts';
import type { Request } from '../options/typed-options.ts';
import { openProgressLine, scanProgress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { readVersion } from '../version.ts';

const STANDARD_OUTPUT = '-' as ByteString;
/** Of the new file, before the umask: names may be nobody else's business. */
const FILE_MODE = 0o600;
/** zstd's own default. */
const COMPRESSION = 3;

export async function runSnapshot(request: Request<'snapshot'>, terminal: Terminal): Promise<ExitCode> {
  const { options, operands } = request;
  const output = options.output ?? STANDARD_OUTPUT;
  if (output === STANDARD_OUTPUT && terminal.isOutputTerminal)
    throw new UsageError('a snapshot is no text for a terminal; -o FILE says where to write it');
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
  const snapshot = await (output === STANDARD_OUTPUT
    ? writeToOutput(wanted, hooks, terminal)
    : writeToFile(wanted, hooks, output));
  // Nobody reads any more.
  if (!snapshot) return ExitCode.done;
  if (interrupt.signal.aborted) return ExitCode.interrupted;
  line[Symbol.dispose]();
  if (output !== STANDARD_OUTPUT && !options.quiet) {
    const screen = {
      width: terminal.isOutputTerminal ? terminal.width : Infinity,
      style: createStyle(terminal.wantsColor(options.color)),
      sizes: { exact: options.exactBytes },
      apparent: false,
      top: Infinity,
    };
    const lines = snapshotLines(snapshot.scan, output, snapshot.writtenBytes, screen);
    await terminal.print(`${lines.join('\n')}\n`);
  }
  return snapshot.scan.complete ? ExitCode.done : ExitCode.partial;
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
