/** Options that every command has, and that print text about the program. */
import type { OptionRow } from '../option-row.ts';

const everywhere = [
  'explain',
  'browse',
  'watch',
  'tmp',
  'log',
  'free',
  'metrics',
  'record',
  'fleet',
  'snapshot',
  'diff',
  'history',
  'report',
  'help',
  'completion',
  'config',
] as const;

export const aboutRows = {
  help: {
    name: 'help',
    isTyped: true,
    type: 'flag',
    group: 'About',
    help: 'all options, with examples',
    commands: everywhere,
  },
  shortHelp: {
    name: 'h',
    isTyped: true,
    type: 'flag',
    group: 'About',
    help: 'what is used most, on one screen',
    commands: everywhere,
  },
  version: {
    name: 'version',
    isTyped: true,
    alias: 'V',
    type: 'flag',
    group: 'About',
    help: 'print the version',
    commands: everywhere,
  },
} as const satisfies Record<string, OptionRow>;
