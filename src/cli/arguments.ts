/** The one importer of yargs: turns the command line into raw values, help, or one clear error. */
import { createRequire } from 'node:module';
import type { Argv } from 'yargs';
import { UsageError } from '../model/errors.ts';
import type { Command, RawArguments } from './command.ts';
import { COMPLETE_REQUEST } from './commands.ts';
import type { Terminal } from './terminal.ts';

/** Its CommonJS build is one file and loads in half the time of its two dozen ES modules. */
const yargs = createRequire(import.meta.url)('yargs/yargs') as (argv: readonly string[]) => Argv;

/** What the command line asks for: values for the command, or text to print (help, version, completion). */
export type Parsed = { readonly values: RawArguments } | { readonly text: string };

const COMPLETION = 'completion';
const EXIT_CODES =
  'Exit codes: 0 done · 1 found and --fail-on-finding or --fail-on-alarm · 2 wrong usage · 3 partly unread or not deleted · 130 interrupted';

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
  if (argv.length === 1 && argv[0] === COMPLETION) {
    // yargs would hand the word to the default command, as a path.
    parser.showCompletionScript();
    return { text: '' };
  }
  try {
    const words = argv.map((argument) => (argument === '-' ? LONE_DASH : argument));
    const values = await parser.parseAsync(words, {}, (_error, _argv, output) => {
      text = output;
    });
    return text === '' ? { values: restoreDashes(values) } : { text: `${text}\n` };
  } catch (error) {
    // yargs says what a user got wrong by throwing its own YError.
    if (error instanceof Error && error.name === 'YError') throw misuse(error.message);
    throw error;
  }
}

/** yargs 17 loses "-" (standard input) among variadic positionals; a NUL cannot be typed, so this cannot clash. */
const LONE_DASH = '\u0000-';

function restoreDashes(values: RawArguments): RawArguments {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(restoreDash) : restoreDash(value),
    ]),
  );
}

function restoreDash(value: unknown): unknown {
  return value === LONE_DASH ? '-' : value;
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
      throw error ?? misuse(message);
    })
    .version(version)
    .alias('version', 'V')
    .help()
    .alias('help', 'h')
    .wrap(Math.min(110, terminal.width))
    .strict()
    .completion(COMPLETION, 'print a completion script for bash or zsh')
    .epilogue(EXIT_CODES);
  // The shell completes from what holds everywhere.
  if (argv[0] === COMPLETE_REQUEST) parser.options(command.options);
  for (const one of [command, ...others]) {
    parser.command(one.usage, one.summary, (builder) => {
      for (const [name, options] of Object.entries(one.positionals)) builder.positional(name, options);
      for (const [example, meaning] of one.examples) builder.example(example, meaning);
      return builder.options(one.options);
    });
  }
  return parser;
}

function misuse(message: string): UsageError {
  const line = message.trim().split('\n')[0];
  return new UsageError(
    `${line.charAt(0).toLowerCase()}${line.slice(1)}; diskwhy --help shows what there is`,
  );
}
