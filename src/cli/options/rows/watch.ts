/** Options on what is watched for, and for how long. */
import type { OptionRow } from '../option-row.ts';

/** Ten years: longer than a timer of the program is meant for. */
const MOST_MS = 10 * 365 * 86_400_000;

export const watchRows = {
  alarmBytesPerSecond: {
    name: 'rate',
    type: 'rate',
    placeholder: 'SIZE/s',
    default: '1M/s',
    examples: ['500K/s', '1.5MiB/s'],
    least: 1 / 3600,
    most: Number.MAX_SAFE_INTEGER,
    group: 'Watch',
    help: 'growth that raises an alarm',
    commands: ['watch'],
    often: true,
  },
  alarmGrownBytes: {
    name: 'grown',
    type: 'size',
    placeholder: 'SIZE',
    examples: ['500M', '1.5GiB'],
    least: 1,
    most: Number.MAX_SAFE_INTEGER,
    group: 'Watch',
    help: 'growth since the start that raises an alarm, however slow',
    commands: ['watch'],
    often: true,
  },
  intervalMs: {
    name: 'interval',
    type: 'age',
    placeholder: 'TIME',
    default: '1s',
    examples: ['500ms', '10s'],
    least: 100,
    most: 3_600_000,
    group: 'Watch',
    help: 'time between two looks',
    commands: ['watch'],
  },
  forMs: {
    name: 'for',
    type: 'age',
    placeholder: 'TIME',
    without: 'until it is ended',
    examples: ['20s', '10m'],
    least: 100,
    most: MOST_MS,
    group: 'Watch',
    help: 'end after so long',
    commands: ['watch'],
    often: true,
  },
  exec: {
    name: 'exec',
    type: 'text',
    what: 'command',
    placeholder: 'CMD',
    group: 'Watch',
    help: 'run this by sh for each alarm; DISKWHY_PATH and others are in its environment',
    more: 'Never twice at a time for one file.',
    commands: ['watch'],
    often: true,
  },
} as const satisfies Record<string, OptionRow>;
