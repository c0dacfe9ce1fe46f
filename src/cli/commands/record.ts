/** `diskwhy record [path…] --to DIR`: what is known of this host, as one small file for engines that read many. */
import { statSync } from 'node:fs';
import { fromText, joinPath, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { ExitCode, UsageError } from '../../model/errors.ts';
import type { ExplainReport } from '../../model/explain-report.ts';
import { loadRecord } from '../../fleet/fleet.ts';
import type { RecordFile } from '../../fleet/fleet.ts';
import { displayName } from '../../render/terminal/escape.ts';
import { errnoMessage, errorCode } from '../../system/calls/errno.ts';
import { beginFile } from '../../system/directories/new-file.ts';
import { makeDirectories } from '../../system/directories/trusted-directory.ts';
import { hostName, machineId, machineIdOf } from '../../system/machine/host-identity.ts';
import { openAnswers, silentMounts } from '../invocation/answering.ts';
import { readCaller } from '../invocation/caller.ts';
import { listenForInterrupt } from '../signals/interrupt.ts';
import { machineReport } from '../machine/machine-report.ts';
import { usablePaths } from '../invocation/operands.ts';
import type { Request } from '../options/typed-options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { readVersion } from '../invocation/version.ts';
import { withProblems } from '../explain/with-problems.ts';

/** Directories that a record tells of. */
const TREE = { depth: 8, minShare: 0.005, top: 20 };

export async function runRecord(request: Request<'record'>, terminal: Terminal): Promise<ExitCode> {
  const { options, operands } = request;
  refuseUnlessOnePlace(options.to, options.output, terminal);
  const { HOST_NAME } = await loadRecord();
  // What was written down may be of any machine.
  if (options.from !== undefined && options.host === undefined)
    throw new UsageError('a file does not say whose tree it is: add --host NAME');
  const host = options.host ?? hostName();
  if (!HOST_NAME.test(host))
    throw new UsageError(`${host}: a host's name has letters, digits, dots and dashes; give it by --host`);
  using interrupt = listenForInterrupt(options.timeoutMs);
  if (options.from !== undefined) {
    const { recordedReport } = await import('../machine/recorded-report.ts');
    const read = await recordedReport(request, options.from, TREE, interrupt.signal, terminal);
    if (!read) return ExitCode.interrupted;
    const { report, writtenAt } = read;
    if (writtenAt === undefined)
      throw new UsageError('does not say when it was written, and a record goes by that', options.from);
    await keep(report, { host, machine: machineIdOf(host), recordedAt: writtenAt }, request, terminal);
    return report.complete ? ExitCode.done : ExitCode.partial;
  }
  using answers = await openAnswers(options.timeoutMs);
  const named = operands.length > 0 ? operands : [fromText('/')];
  const { paths, problems } = await usablePaths(named, terminal, answers, { needsAll: false });
  const scanned = await machineReport(paths, options, TREE, interrupt.signal, terminal);
  // Half a host would look like a small one.
  if (interrupt.signal.aborted) return ExitCode.interrupted;
  const report = withProblems(scanned, [...problems, ...(await silentMounts(answers, paths))]);
  await keep(report, { host, machine: machineId(), recordedAt: report.generatedAt }, request, terminal);
  return report.complete ? ExitCode.done : ExitCode.partial;
}

/** Writes it where it was asked for. */
async function keep(
  report: ExplainReport,
  head: { readonly host: string; readonly machine: string; readonly recordedAt: number },
  { options: { to, asLines, quiet } }: Request<'record'>,
  terminal: Terminal,
): Promise<void> {
  const { recordOf } = await loadRecord();
  const file = recordOf({ ...head, version: readVersion() }, report, asLines ? 'ndjson' : 'parquet');
  if (to === undefined) await terminal.print(file.bytes);
  else await keepIn(to, file, quiet, terminal);
}

/** Below the folder of the fleet, where the day and the host have a folder of their own; whole or not at all. */
async function keepIn(to: ByteString, file: RecordFile, isQuiet: boolean, terminal: Terminal): Promise<void> {
  const { uid } = readCaller();
  const folder = joinPath(to, fromText(file.folder));
  const path = joinPath(folder, fromText(file.name));
  makeDirectories(folder, uid);
  using begun = beginFile(path, 0o600, uid);
  begun.write(file.bytes);
  begun.finish();
  if (!isQuiet) await terminal.print(`${displayName(path)}\n`);
}

function refuseUnlessOnePlace(
  to: ByteString | undefined,
  output: ByteString | undefined,
  { isOutputTerminal }: Terminal,
): void {
  if (to === undefined && output === undefined)
    throw new UsageError('say where to: diskwhy record / --to DIR, or --output FILE');
  if (to !== undefined && output !== undefined) throw new UsageError('--to or --output, not both');
  if (to !== undefined) refuseUnlessDirectory(to);
  if (output === '-' && isOutputTerminal)
    throw new UsageError('a record is for a program; name a file for --output, or send it into a pipe');
}

function refuseUnlessDirectory(path: ByteString): void {
  let isDirectory;
  try {
    isDirectory = statSync(toBuffer(path)).isDirectory();
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new UsageError(errnoMessage(code), path);
  }
  if (!isDirectory) throw new UsageError('is no directory', path);
}
