/** The paths on a command line, looked at before anything is done with them. */
import { stat } from 'node:fs';
import { promisify } from 'node:util';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { ExitCode, UsageError } from '../../model/errors.ts';
import type { Problem } from '../../model/problem.ts';
import { displayName } from '../../render/terminal/escape.ts';
import { errnoMessage, errorCode } from '../../system/calls/errno.ts';
import type { MountAnswers } from '../../system/mounts/mount-answers.ts';
import { silentOn } from './answering.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Not of node:fs/promises, which brings readline and streams: 2 ms. */
const statLater = promisify(stat);

export interface UsablePaths {
  /** As they were typed: the kernel knows where relative ones start. */
  readonly paths: readonly ByteString[];
  /** Those that cannot be looked at. */
  readonly problems: readonly Problem[];
}

interface PathDemands {
  /** One that cannot be looked at is no better than none. */
  readonly needsAll: boolean;
  /** What the first one may have been meant for, where there is no such path. */
  readonly meantBy?: (operand: ByteString) => string | undefined;
}

/**
 * The paths that can be looked at, and why the others cannot; none given means the working directory. Throws UsageError
 * where there is none. What does not answer is not looked at.
 */
export async function usablePaths(
  operands: readonly ByteString[],
  terminal: Terminal,
  answers: MountAnswers,
  { needsAll, meantBy }: PathDemands,
): Promise<UsablePaths> {
  const named = operands.length > 0 ? operands : ['.' as ByteString];
  if (needsAll) return { paths: await allPaths(named, terminal, answers), problems: [] };
  refuseWithoutDirectory(named, terminal);
  const problems: Problem[] = [];
  const paths: ByteString[] = [];
  for (const path of named) {
    const code = await whyUnreachable(path, answers);
    if (code === undefined) paths.push(path);
    else problems.push({ path, operation: 'stat', code });
  }
  const [first] = problems;
  if (first === undefined) return { paths, problems };
  const meant = first.path === named[0] && first.code === 'ENOENT' ? meantBy?.(first.path) : undefined;
  const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
  if (paths.length === 0 || meant !== undefined) throw unreachable(first.path, first.code, hint);
  for (const { path, code } of problems)
    terminal.writeError(`diskwhy: ${displayName(path)}: ${errnoMessage(code)}\n`);
  return { paths, problems };
}

/** All of the paths, or a UsageError: for what must not be done by halves. */
export async function allPaths(
  operands: readonly ByteString[],
  terminal: Terminal,
  answers: MountAnswers,
): Promise<readonly ByteString[]> {
  refuseWithoutDirectory(operands, terminal);
  for (const path of operands) {
    const code = await whyUnreachable(path, answers);
    if (code !== undefined) throw unreachable(path, code);
  }
  return operands;
}

/** A relative path where the working directory is gone. */
function refuseWithoutDirectory(paths: readonly ByteString[], terminal: Terminal): void {
  const relative = paths.find((path) => !path.startsWith('/'));
  if (relative !== undefined && !terminal.hasWorkingDirectory)
    throw new UsageError('the working directory is gone: no such file or directory', relative);
}

/** What cannot be looked at is a mistake of whoever named it, but for a filesystem that does not answer. */
function unreachable(path: ByteString, code: string, hint = ''): UsageError {
  const exitCode = code === 'ETIMEDOUT' ? ExitCode.partial : ExitCode.usage;
  return new UsageError(`${errnoMessage(code)}${hint}`, path, exitCode);
}

/** The errno's name; undefined where it can be looked at, links followed. */
async function whyUnreachable(path: ByteString, answers: MountAnswers): Promise<string | undefined> {
  const [silent] = await silentOn(answers, path);
  if (silent) return silent.code;
  try {
    await statLater(toBuffer(path));
    return undefined;
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    return code;
  }
}
