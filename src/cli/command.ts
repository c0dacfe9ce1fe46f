/** What a command is to the command line: its options as yargs knows them, and what it does with them. */
import type { ExitCode } from '../model/errors.ts';
import type { Terminal } from './terminal.ts';

/** An option or positional, in the words of yargs. */
export interface OptionDefinition {
  readonly type: 'boolean' | 'string';
  readonly describe: string;
  readonly alias?: string;
  readonly array?: boolean;
  /** Refuse it without a value. */
  readonly requiresArg?: boolean;
  /** Heading in the help. */
  readonly group?: string;
}

/** Values as yargs parsed them, not validated yet. */
export type RawArguments = Readonly<Record<string, unknown>>;

export interface Command {
  /** As in yargs: "$0 [path..]" is the default command. */
  readonly usage: string;
  readonly summary: string;
  readonly positionals: Readonly<Record<string, OptionDefinition>>;
  readonly options: Readonly<Record<string, OptionDefinition>>;
  readonly examples: readonly (readonly [command: string, meaning: string])[];
  /** Validates first; throws UsageError for what a user got wrong. */
  readonly run: (raw: RawArguments, terminal: Terminal) => Promise<ExitCode>;
}
