/** Options on how much of a log is read. */
import type { OptionRow } from '../option-row.ts';

export const logRows = {
  tailBytes: {
    name: 'bytes-read',
    type: 'size',
    placeholder: 'SIZE',
    default: '4M',
    examples: ['512K', '64M'],
    least: 1024,
    most: 2 ** 30,
    group: 'Read',
    help: 'how much of the end to read',
    commands: ['log'],
    often: true,
  },
  whole: {
    name: 'whole',
    type: 'flag',
    group: 'Read',
    help: 'read all of it, in bounded memory',
    more: 'Otherwise the end, and the beginning for the time it spans.',
    commands: ['log'],
    often: true,
  },
} as const satisfies Record<string, OptionRow>;
