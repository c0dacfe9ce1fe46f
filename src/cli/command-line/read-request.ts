/** Reads a command line: which command, what for, with which options. Nothing on it is ever unused: it is read or refused. */
import { fromText, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import { commandLine, commandNames, commandTable, usageOf } from '../options/command-table.ts';
import type { CommandRow } from '../options/command-table.ts';
import type { CommandName, OptionRow, ValueRow } from '../options/option-row.ts';
import { dashed, optionRows } from '../options/option-table.ts';
import type { OptionKey } from '../options/option-table.ts';
import { readValue } from '../options/option-value.ts';
import type { Request } from '../options/typed-options.ts';
import { noSettings, placeText, settingOf } from '../settings/setting.ts';
import type { Setting, Settings } from '../settings/setting.ts';
import { nearest } from '../options/nearest.ts';
import { outdone, refuseUnheard } from './refuse-unheard.ts';
import { splitWords } from './split-words.ts';
import type { SplitWords } from './split-words.ts';

/**
 * Throws UsageError for what cannot be read, before anything is looked at.
 * @param argv without the program.
 * @param loadSettings what is set elsewhere; not asked where help is wanted, which must work with a broken file.
 */
export function readRequest(
  argv: readonly ByteString[],
  loadSettings: () => Settings = () => noSettings,
): Request {
  const split = splitWords(argv);
  const [first] = split.words;
  // The default command has no name: a directory called "explain" is a path.
  const named = first !== 'explain' && commandNames.find((name) => name === first);
  const command = named || 'explain';
  const operands = [...split.words.slice(named ? 1 : 0), ...(split.behindDashes ?? [])];
  refuseForeign(command, split.options);
  const settings = WITHOUT_SETTINGS.has(command) || asksForHelp(split.options) ? noSettings : loadSettings();
  const { options, given } = readOptions(command, split.options, settings);
  if (!given.has('help') && !given.has('shortHelp')) {
    checkOperands(command, operands, split);
    if (!given.has('version')) refuseUnheard(command, given, options);
  }
  if (given.has('deletes') || given.has('apply')) refuseUnknownKeeps(settings);
  // The types follow from the same table that the values were read by.
  return Object.freeze({
    command,
    options: Object.freeze(options),
    given,
    operands: Object.freeze(operands),
  }) as unknown as Request;
}

/** Whoever acts must know what is set to be kept. */
function refuseUnknownKeeps({ passedOver }: Settings): void {
  const unread = passedOver.find(({ why }) => why === 'unreadable');
  if (unread === undefined) return;
  throw new UsageError(
    'these settings cannot be read, so what they keep is unknown and nothing is done; make them readable, or move them away',
    fromText(unread.path),
  );
}

const WITHOUT_SETTINGS: ReadonlySet<CommandName> = new Set(['help', 'completion', 'config']);

function asksForHelp(typed: SplitWords['options']): boolean {
  return typed.has('help') || typed.has('h') || typed.has('version');
}

function refuseForeign(command: CommandName, given: SplitWords['options']): void {
  for (const name of given.keys()) {
    const rows = optionRows.map(([, row]) => row).filter((row) => isNamed(row, name));
    if (rows.some(({ commands }) => commands.includes(command))) continue;
    const instead = rows.map((row) => row.instead?.[command]).find((one) => one !== undefined);
    if (instead !== undefined)
      throw new UsageError(`${commandLine(command)} has no ${dashed(name)}: ${instead}`);
    const others = [...new Set(rows.flatMap(({ commands }) => commands))].map(commandLine);
    const own = optionRows.flatMap(([, row]) => (row.commands.includes(command) ? [row.name] : []));
    const meant = nearest(name, own);
    const hint = meant === undefined ? '' : `; did you mean ${dashed(meant)}?`;
    throw new UsageError(
      `${dashed(name)} is an option of ${listed(others)}, not of ${commandLine(command)}${hint}`,
    );
  }
}

/** All of a few; of many it says how many more. */
function listed(names: readonly string[]): string {
  if (names.length <= MOST_LISTED) return names.join(' and ');
  return `${names.slice(0, MOST_LISTED - 1).join(', ')} and ${names.length - MOST_LISTED + 1} others`;
}

const MOST_LISTED = 4;

function isNamed(row: OptionRow, name: string): boolean {
  return (
    row.name === name || (row.type !== 'flag' && row.negation !== undefined && name === `no-${row.name}`)
  );
}

/** The values of a command's options, by their keys: from the command line, else as set elsewhere, else the default. */
export function readOptions(
  command: CommandName,
  typed: SplitWords['options'],
  settings: Settings,
): { options: Record<string, unknown>; given: Set<OptionKey> } {
  const options: Record<string, unknown> = {};
  const own = optionRows.filter(([, row]) => row.commands.includes(command));
  const given = new Set(
    own.flatMap(([key, { name }]) => (typed.has(name) || typed.has(`no-${name}`) ? [key] : [])),
  );
  const lost = outdone(given);
  for (const [key, row] of own) {
    const isTyped = given.has(key);
    const setting = isTyped || lost.has(key) ? undefined : settingOf(settings, command, row.name);
    if (setting) options[key] = row.type === 'flag' ? setting.isSet : valueOfSetting(row, setting);
    else options[key] = row.type === 'flag' ? isTyped : valueOf(row, typed);
  }
  return { options, given };
}

/** What is wrong with it is said with the place where it is set. */
function valueOfSetting(row: ValueRow, setting: Setting): unknown {
  try {
    return valueOf(row, new Map([[row.name, setting.values]]));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${placeText(setting.place)}: ${error.message}`);
  }
}

function valueOf(row: ValueRow, typed: SplitWords['options']): unknown {
  const values = typed.get(row.name);
  if (row.negation && typed.has(`no-${row.name}`)) {
    if (values)
      throw new UsageError(`--${row.name} and --no-${row.name} contradict each other; leave one out`);
    return row.negation.value;
  }
  if (row.repeatable) return Object.freeze((values ?? []).map((value) => readValue(row, value)));
  if (values && values.length > 1)
    throw new UsageError(`--${row.name} was given ${values.length} times; give it once`);
  const value = values?.[0] ?? (row.default as ByteString | undefined);
  return value === undefined ? undefined : readValue(row, value);
}

function checkOperands(
  command: CommandName,
  operands: readonly ByteString[],
  { behindDashes }: SplitWords,
): void {
  const { least, most, values, placeholder, without }: CommandRow['operands'] =
    commandTable[command].operands;
  if (operands.length < least)
    throw new UsageError(`${usageOf(command)}: name ${withArticle(placeholder.split(' ')[0].toLowerCase())}`);
  if (operands.length === 0 && behindDashes)
    throw new UsageError(
      `-- stands before a ${placeholder.toLowerCase()}, and none follows; leave it out for ${without}`,
    );
  const extra = operands.at(most === Infinity ? operands.length : most);
  if (extra !== undefined)
    throw new UsageError(`${toText(extra)}: unexpected; ${usageOf(command)} takes ${most}`);
  const wrong = values && operands.map(toText).find((one) => !values.includes(one));
  if (wrong === undefined || !values) return;
  const meant = nearest(wrong, values);
  throw new UsageError(
    `${wrong}: no such ${placeholder.toLowerCase()}; ${meant === undefined ? `there are ${values.join(', ')}` : `did you mean ${commandLine(command)} ${meant}?`}`,
  );
}

/** "a path", "an old" */
function withArticle(noun: string): string {
  return `${/^[aeiou]/u.test(noun) ? 'an' : 'a'} ${noun}`;
}
