/** Options on where a snapshot goes, and where it is read. */
import type { OptionRow } from '../option-row.ts';

export const snapshotRows = {
  from: {
    name: 'from',
    isTyped: true,
    type: 'path',
    placeholder: 'FILE',
    group: 'Snapshot',
    help: 'read the tree from a snapshot in place of a path; - is standard input',
    more: 'Of diskwhy, ncdu or gdu, plain, gzip or zstd. What only the machine itself can tell is left out.',
    commands: ['explain', 'browse'],
    often: true,
  },
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
