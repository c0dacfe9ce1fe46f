/** Options that every command has, and that print text about the program. */
import { everyCommand } from '../command-groups.ts';
import type { OptionRow } from '../option-row.ts';

export const aboutRows = {
  help: {
    name: 'help',
    isTyped: true,
    type: 'flag',
    group: 'About',
    help: 'all options, with examples',
    commands: everyCommand,
  },
  shortHelp: {
    name: 'h',
    isTyped: true,
    type: 'flag',
    group: 'About',
    help: 'what is used most, on one screen',
    commands: everyCommand,
  },
  version: {
    name: 'version',
    isTyped: true,
    alias: 'V',
    type: 'flag',
    group: 'About',
    help: 'print the version',
    commands: everyCommand,
  },
} as const satisfies Record<string, OptionRow>;
