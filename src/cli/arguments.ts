/** The one importer of yargs: turns the command line into raw values, help, or one clear error. */
import yargs from 'yargs';
import type { Argv } from 'yargs';
import { UsageError } from '../model/errors.ts';
import type { Command, RawArguments } from './command.ts';
import type { Terminal } from './terminal.ts';

/** What the command line asks for: values for the command, or text to print (help, version, completion). */
export type Parsed = { readonly values: RawArguments } | { readonly text: string };

const EXIT_CODES =
  'Exit codes: 0 done · 1 found and --fail-on-finding · 2 wrong usage · 3 partly unread · 130 interrupted';

/** Parses `argv` for `command`; throws UsageError for what yargs refuses. */
export async function parseArguments(
  argv: readonly string[],
  command: Command,
  others: readonly Command[],
  version: string,
  terminal: Terminal,
): Promise<Parsed> {
  let text = '';
  const parser = build(argv, command, others, version, terminal);
  const values = await parser.parseAsync(
    [...argv],
    {},
    (error: Error | undefined, _argv: unknown, output: string) => {
      if (error)
        throw error instanceof UsageError
          ? error
          : new UsageError(`${firstLine(error.message)}; diskwhy --help shows what there is`);
      text = output;
    },
  );
  return text === '' ? { values } : { text };
}

function build(
  argv: readonly string[],
  command: Command,
  others: readonly Command[],
  version: string,
  terminal: Terminal,
): Argv {
  const parser = yargs([...argv])
    .scriptName('diskwhy')
    .locale('en')
    .parserConfiguration({
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'dot-notation': false,
      'camel-case-expansion': false,
      'boolean-negation': true,
      'greedy-arrays': false,
      'strip-aliased': true,
    })
    .exitProcess(false)
    .showHelpOnFail(false)
    .fail((message, error) => {
      throw error ?? new UsageError(`${firstLine(message)}; diskwhy --help shows what there is`);
    })
    .version(version)
    .alias('version', 'V')
    .help()
    .alias('help', 'h')
    .wrap(Math.min(110, terminal.width))
    .strict()
    .completion('completion', 'print a completion script for bash or zsh')
    .epilogue(EXIT_CODES);
  for (const one of [command, ...others]) {
    parser.command(one.usage, one.summary, (builder) => {
      for (const [name, options] of Object.entries(one.positionals)) builder.positional(name, options);
      for (const [example, meaning] of one.examples) builder.example(example, meaning);
      return builder.options(one.options);
    });
  }
  return parser;
}

function firstLine(message: string): string {
  const line = message.trim().split('\n')[0];
  return line.charAt(0).toLowerCase() + line.slice(1);
}
