/** `diskwhy log FILE…`: what is filling this log, a loop or real work. */
import { fromText } from '../../model/byte-string.ts';
import { ExitCode, UsageError } from '../../model/errors.ts';
import type { LogReport, UnreadLog } from '../../model/log-report.ts';
import { parseSize } from '../../model/size.ts';
import { defaultTailBytes, judgeLogFile, judgeLogStream } from '../../logs/logs.ts';
import type { JudgeOptions } from '../../logs/logs.ts';
import { displayName } from '../../render/terminal/escape.ts';
import { logJson } from '../../render/json/log.ts';
import { logLines } from '../../render/screens/log/log.ts';
import { unreadLogText } from '../../render/words/log.ts';
import { createStyle } from '../../render/terminal/style.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import { errorCode } from '../../system/calls/errno.ts';
import type { Command, RawArguments } from '../command.ts';
import { listenForInterrupt } from '../interrupt.ts';
import { openProgressLine, readProgress } from '../progress.ts';
import { parseSharedOptions, sharedOptions } from '../shared-options.ts';
import type { Terminal } from '../terminal.ts';

const { json, top, bytes, color, quiet: quietOption } = sharedOptions;

export const logCommand: Command = {
  usage: 'log <file..>',
  summary: 'what is filling this log: a loop, or real work',
  positionals: {
    file: { type: 'string', array: true, describe: 'logs, also .gz and .zst; - is standard input' },
  },
  options: {
    json,
    top,
    bytes,
    color,
    quiet: quietOption,
    'bytes-read': {
      type: 'string',
      requiresArg: true,
      describe: 'how much of the end to read [4M]',
      group: 'Read:',
    },
    whole: { type: 'boolean', describe: 'read all of it', group: 'Read:' },
  },
  examples: [
    ['diskwhy log /var/log/syslog', 'what its last 4 MiB say'],
    ['diskwhy log --whole app.log app.log.1.gz', 'everything in two of them'],
    ['journalctl -u app -o short-iso | diskwhy log -', 'what a program prints'],
  ],
  run: runLog,
};

async function runLog(raw: RawArguments, terminal: Terminal): Promise<ExitCode> {
  const shared = parseSharedOptions(raw);
  const files = (Array.isArray(raw['file']) ? raw['file'] : []).map(String);
  using interrupt = listenForInterrupt();
  const options: JudgeOptions = {
    tailBytes: parseTail(raw),
    whole: raw['whole'] === true,
    nowSeconds: nowSeconds(),
    zoneMinutes: -new Date(nowSeconds() * 1000).getTimezoneOffset(),
    topPatterns: shared.top,
    signal: interrupt.signal,
  };
  const { reports, unread } = await judgeAll(files, options, terminal, shared.quiet);
  const [first] = unread;
  if (reports.length === 0 && first !== undefined && !interrupt.signal.aborted)
    throw new UsageError(unreadLogText(first.code), first.path);
  const width = terminal.isOutputTerminal ? terminal.width : Infinity;
  const screen = {
    width,
    style: createStyle(shared.color ?? terminal.wantsColor),
    sizes: { exact: shared.exactBytes },
    apparent: false,
    top: shared.top,
  };
  await terminal.print(
    shared.json
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
  files: readonly string[],
  options: JudgeOptions,
  terminal: Terminal,
  quiet: boolean,
): Promise<{ reports: LogReport[]; unread: UnreadLog[] }> {
  using line = openProgressLine(terminal, quiet);
  const reports: LogReport[] = [];
  const unread: UnreadLog[] = [];
  for (const file of files) {
    if (options.signal?.aborted) break;
    const onRead = readProgress(line, terminal.argumentBytes(file));
    const outcome = await judgeOne(file, { ...options, onRead }, terminal);
    if ('code' in outcome) unread.push(outcome);
    else reports.push(outcome);
  }
  return { reports, unread };
}

function parseTail(raw: RawArguments): number {
  const given = raw['bytes-read'];
  if (given === undefined) return defaultTailBytes;
  const tail = typeof given === 'string' ? parseSize(given) : undefined;
  if (tail === undefined || tail < 1024 || tail > 1 << 30)
    throw new UsageError(
      `--bytes-read ${typeof given === 'string' ? given : 'given twice'}: must be a size from 1K to 1G; --whole reads everything`,
    );
  return tail;
}

async function judgeOne(
  file: string,
  options: JudgeOptions,
  terminal: Terminal,
): Promise<LogReport | UnreadLog> {
  if (file === '-') {
    // A stream that says nothing more would keep Ctrl-C waiting.
    options.signal?.addEventListener('abort', () => process.stdin.destroy());
    return await judgeLogStream(fromText('-'), process.stdin, options);
  }
  const path = terminal.argumentBytes(file);
  if (!path.startsWith('/') && !terminal.hasWorkingDirectory) return { path, code: 'no-working-directory' };
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
