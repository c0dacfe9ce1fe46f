/** The options of `diskwhy watch`, validated. */
import { parseAge } from '../model/age.ts';
import type { ByteString } from '../model/byte-string.ts';
import { UsageError } from '../model/errors.ts';
import { parseSize } from '../model/size.ts';
import type { OptionDefinition, RawArguments } from './command.ts';
import { parsePathsOrHere } from './path-arguments.ts';
import type { Terminal } from './terminal.ts';

export const watchOptions = {
  interval: { type: 'string', requiresArg: true, describe: 'time between two looks [1s]', group: 'Watch:' },
  rate: {
    type: 'string',
    requiresArg: true,
    describe: 'growth that raises an alarm [1M/s]',
    group: 'Watch:',
  },
  grown: {
    type: 'string',
    requiresArg: true,
    describe: 'growth since the start that raises an alarm, however slow: 500M',
    group: 'Watch:',
  },
  for: { type: 'string', requiresArg: true, describe: 'end after so long: 10m', group: 'Watch:' },
  exec: {
    type: 'string',
    requiresArg: true,
    describe: 'run this by sh for each alarm; see the README for DISKWHY_PATH, DISKWHY_RATE…',
    group: 'Watch:',
  },
  'fail-on-alarm': { type: 'boolean', describe: 'exit with 1 where an alarm was raised', group: 'Watch:' },
} as const satisfies Record<string, OptionDefinition>;

export interface WatchOptions {
  readonly paths: readonly ByteString[];
  readonly intervalSeconds: number;
  readonly alarmBytesPerSecond: number;
  readonly alarmGrownBytes: number | undefined;
  readonly forSeconds: number | undefined;
  readonly exec: string | undefined;
  readonly failsOnAlarm: boolean;
}

const DEFAULT_RATE = 2 ** 20;

export function parseWatchOptions(raw: RawArguments, terminal: Terminal): WatchOptions {
  const grown = once(raw, 'grown');
  const exec = once(raw, 'exec');
  if (exec?.trim() === '') throw new UsageError('--exec: the command is empty');
  return Object.freeze({
    paths: parsePathsOrHere(raw['path'], terminal),
    intervalSeconds: age(raw, 'interval', 0.1, 3600) ?? 1,
    alarmBytesPerSecond: parseRate(once(raw, 'rate')),
    alarmGrownBytes: grown === undefined ? undefined : size('grown', grown, grown),
    forSeconds: age(raw, 'for', 0.1, 10 * 365 * 86_400),
    exec,
    failsOnAlarm: raw['fail-on-alarm'] === true,
  });
}

/** "1M/s", "1MiB/s", or the size alone. */
function parseRate(text: string | undefined): number {
  if (text === undefined) return DEFAULT_RATE;
  return size('rate', text, text.replace(/\s*\/\s*s$/iu, ''));
}

function size(name: string, typed: string, text: string): number {
  const bytes = parseSize(text);
  if (bytes === undefined || bytes === 0)
    throw new UsageError(
      name === 'rate'
        ? `--rate ${typed}: not a rate; write 500K/s, 1M/s or 1.5MiB/s`
        : `--${name} ${typed}: not a size; write 500K, 10M or 1.5GiB`,
    );
  return bytes;
}

function age(raw: RawArguments, name: string, least: number, most: number): number | undefined {
  const text = once(raw, name);
  if (text === undefined) return undefined;
  const seconds = (parseAge(text) ?? Number.NaN) / 1000;
  if (!(seconds >= least && seconds <= most))
    throw new UsageError(
      `--${name} ${text}: must be a time of at least ${least * 1000}ms; write 500ms, 20s, 10m or 2h`,
    );
  return seconds;
}

function once(raw: RawArguments, name: string): string | undefined {
  const value = raw[name];
  if (Array.isArray(value)) throw new UsageError(`--${name} was given ${value.length} times; give it once`);
  return typeof value === 'string' ? value : undefined;
}
