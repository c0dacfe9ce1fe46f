/** `diskwhy log FILE…`: what is filling this log, a loop or real work. */
import type { ByteString } from '../../model/byte-string.ts';
import { ExitCode, UsageError } from '../../model/errors.ts';
import type { LogReport, UnreadLog } from '../../model/log-report.ts';
import { judgeLogFile, judgeLogStream } from '../../logs/logs.ts';
import type { JudgeOptions } from '../../logs/logs.ts';
import { displayName } from '../../render/terminal/escape.ts';
import { logJson } from '../../render/json/log.ts';
import { logLines } from '../../render/screens/log/log.ts';
import { unreadLogText } from '../../render/words/log.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import { errorCode } from '../../system/calls/errno.ts';
import type { MountAnswers } from '../../system/mounts/mount-answers.ts';
import { openAnswers, silentOn } from '../invocation/answering.ts';
import { listenForInterrupt } from '../signals/interrupt.ts';
import { openProgressLine, readProgress } from '../terminal/progress.ts';
import type { Request } from '../options/typed-options.ts';
import { screenFor } from '../terminal/screen-for.ts';
import type { Terminal } from '../terminal/terminal.ts';

export async function runLog(request: Request<'log'>, terminal: Terminal): Promise<ExitCode> {
  const { top, json, quiet, tailBytes, whole } = request.options;
  if (whole && request.given.has('tailBytes'))
    throw new UsageError('--whole reads all of it; leave out --bytes-read');
  using interrupt = listenForInterrupt(request.options.timeoutMs);
  using answers = await openAnswers(request.options.timeoutMs);
  const options: JudgeOptions = {
    tailBytes,
    whole,
    nowSeconds: nowSeconds(),
    zoneMinutes: -new Date(nowSeconds() * 1000).getTimezoneOffset(),
    topPatterns: top,
    signal: interrupt.signal,
  };
  const { reports, unread } = await judgeAll(request.operands, options, answers, terminal, quiet);
  if (reports.length === 0 && unread.length > 0 && !interrupt.signal.aborted) {
    warn(unread, terminal);
    return unread.some(({ code }) => code === 'ETIMEDOUT') ? ExitCode.partial : ExitCode.usage;
  }
  const screen = screenFor(request.options, terminal);
  await terminal.print(
    json
      ? `${JSON.stringify(logJson(reports, unread), undefined, 2)}\n`
      : `${logLines(reports, screen).join('\n')}\n`,
  );
  warn(unread, terminal);
  if (interrupt.signal.aborted) return ExitCode.interrupted;
  return unread.length > 0 || reports.some(({ problem }) => problem !== null)
    ? ExitCode.partial
    : ExitCode.done;
}

/** Each file in turn; none after an interrupt. */
async function judgeAll(
  files: readonly ByteString[],
  options: JudgeOptions,
  answers: MountAnswers,
  terminal: Terminal,
  quiet: boolean,
): Promise<{ reports: LogReport[]; unread: UnreadLog[] }> {
  using line = openProgressLine(terminal, quiet);
  const reports: LogReport[] = [];
  const unread: UnreadLog[] = [];
  for (const file of files) {
    if (options.signal?.aborted) break;
    const onRead = readProgress(line, file);
    const outcome = await judgeOne(file, { ...options, onRead }, answers, terminal);
    if ('code' in outcome) unread.push(outcome);
    else reports.push(outcome);
  }
  return { reports, unread };
}

async function judgeOne(
  path: ByteString,
  options: JudgeOptions,
  answers: MountAnswers,
  terminal: Terminal,
): Promise<LogReport | UnreadLog> {
  if (path === '-') {
    // A stream that says nothing more would keep Ctrl-C waiting.
    options.signal?.addEventListener('abort', () => process.stdin.destroy());
    return await judgeLogStream(path, process.stdin, options);
  }
  if (!path.startsWith('/') && !terminal.hasWorkingDirectory) return { path, code: 'no-working-directory' };
  const [silent] = await silentOn(answers, path);
  if (silent) return { path, code: silent.code };
  try {
    return await judgeLogFile(path, options);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    return { path, code };
  }
}

function warn(unread: readonly UnreadLog[], terminal: Terminal): void {
  for (const { path, code } of unread)
    terminal.writeError(`diskwhy: ${displayName(path)}: ${unreadLogText(code)}\n`);
}
