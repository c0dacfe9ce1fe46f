/** Options on where a snapshot goes. */
import type { OptionRow } from '../option-row.ts';

export const snapshotRows = {
  output: {
    name: 'output',
    isTyped: true,
    alias: 'o',
    type: 'path',
    placeholder: 'FILE',
    without: 'standard output, where that is no terminal',
    group: 'Snapshot',
    help: 'where to write it; - is standard output',
    more: 'A file is there whole or not at all: it takes its name when everything is on the disk.',
    commands: ['snapshot'],
    often: true,
  },
  compress: {
    name: 'compress',
    type: 'flag',
    group: 'Snapshot',
    help: 'compress with zstd; always where the name ends in .zst',
    commands: ['snapshot'],
    often: true,
  },
} as const satisfies Record<string, OptionRow>;
