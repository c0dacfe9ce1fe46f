/** Mounts that do not answer: they are waited for as long as `--timeout` says, told as a problem, and kept off. */
import { fromText, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import { errnoMessage } from '../../model/errno-message.ts';
import type { Problem } from '../../model/problem.ts';
import { displayName } from '../../render/terminal/escape.ts';
import { realPath } from '../../system/calls/real-path.ts';
import { askMounts } from '../../system/mounts/mount-answers.ts';
import type { MountAnswers } from '../../system/mounts/mount-answers.ts';
import { readMounts } from '../../system/mounts/mounts.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** What nobody named is waited for no longer than this. */
const GRACE_MS = 1000;
/** The default of `--timeout`. */
const TIMEOUT_MS = 10_000;

/** Asked once for the whole process. */
let asked: MountAnswers | undefined;

/** Asks every mount that may not answer, and waits a little: from here on, those that have not are passed over. */
export async function askAllMounts(): Promise<MountAnswers> {
  asked ??= askMounts(readMounts());
  await asked.settle(GRACE_MS);
  return asked;
}

/** What came of it; whoever is to look at a path asks the result before. @param timeoutMs for each mount. */
export async function openAnswers(timeoutMs: number): Promise<MountAnswers> {
  const answers = await askAllMounts();
  answers.limit(timeoutMs);
  return answers;
}

/** The mount on the way to a path, as it was typed, that does not answer; none where it can be looked at. */
export async function silentOn(answers: MountAnswers, path: ByteString): Promise<Problem[]> {
  const whole = path.startsWith('/') ? path : joinPath(fromText(process.cwd()), path);
  const place = await answers.silentOnWay(whole);
  return place === undefined ? [] : [silence(place)];
}

/**
 * Throws UsageError where a file would be made behind a mount that does not answer.
 * @param timeoutMs as for openAnswers; undefined for a command that has no `--timeout`.
 */
export async function refuseSilent(path: ByteString, timeoutMs = TIMEOUT_MS): Promise<void> {
  // The command goes on with the same answers: they are disposed of here only where it does not begin.
  const answers = await openAnswers(timeoutMs);
  const [silent] = await silentOn(answers, path);
  if (silent === undefined) return;
  answers[Symbol.dispose]();
  throw new UsageError(errnoMessage(silent.code), path);
}

/** Each mount at or below the paths, which can be looked at, that does not answer. */
export async function silentMounts(answers: MountAnswers, paths: readonly ByteString[]): Promise<Problem[]> {
  const places = await answers.silentBelow(paths.flatMap((path) => realPath(path) ?? []));
  return places.map(silence);
}

function silence(path: ByteString): Problem {
  return { path, operation: 'statfs', code: 'ETIMEDOUT' };
}

export function isSilence({ operation, code }: Problem): boolean {
  return operation === 'statfs' && code === 'ETIMEDOUT';
}

/** For those whose report has no place for problems. */
export function warnOfSilent(silent: readonly Problem[], terminal: Terminal): void {
  for (const { path, code } of silent)
    terminal.writeError(`diskwhy: ${displayName(path)}: ${errnoMessage(code)}\n`);
}
