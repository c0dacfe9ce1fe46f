/** What the three completion scripts are made of: each option's spellings, its meaning, and what its value may be. */
import { commandNames } from '../options/command-table.ts';
import type { CommandName } from '../options/option-row.ts';
import { dashed, namesOf, rowsOf } from '../options/option-table.ts';

export interface CompletedOption {
  /** Without dashes: words and letters. */
  readonly names: readonly string[];
  readonly help: string;
  /** `none` it takes none · `path` · `free` nothing can be proposed · or the words to choose from. */
  readonly value: 'none' | 'path' | 'free' | readonly string[];
  readonly placeholder: string;
}

/** Of one command; an option's negation is an option of its own. */
export function completedOptions(command: CommandName): CompletedOption[] {
  return rowsOf(command).flatMap((row): CompletedOption[] => {
    const { name, help } = row;
    const names = namesOf(row).filter((one) => one !== `no-${name}`);
    if (row.type === 'flag') return [{ names, help, value: 'none', placeholder: '' }];
    const value = row.type === 'choice' ? row.values : row.type === 'path' ? 'path' : 'free';
    const negated = row.negation
      ? [{ names: [`no-${name}`], help: row.negation.help, value: 'none' as const, placeholder: '' }]
      : [];
    return [{ names, help, value, placeholder: row.placeholder }, ...negated];
  });
}

/** Words that may be the first of a command line. */
export const namedCommands = commandNames.filter((name) => name !== 'explain');

/** Every option that takes a value, with its dashes, whatever the command. */
export const valuedOptions = [
  ...new Set(
    commandNames
      .flatMap(completedOptions)
      .filter(({ value }) => value !== 'none')
      .flatMap(({ names }) => names.map(dashed)),
  ),
];
