/** Settings of a TOML file: options by name, and tables of commands with options for that command alone. */
import { createRequire } from 'node:module';
import type * as Toml from 'smol-toml';
import { fromText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import { nearest } from '../options/nearest.ts';
import { commandNames } from '../options/command-table.ts';
import type { CommandName, OptionRow } from '../options/option-row.ts';
import { optionRows, rowsOf } from '../options/option-table.ts';
import { lineOfKey } from './line-of-key.ts';
import { isSettable } from './setting.ts';
import type { Setting } from './setting.ts';

/** Those for one command first. Throws UsageError, which names file and line, for what cannot be meant. */
export function settingsOfFile(path: string, text: string): Setting[] {
  const all: Setting[] = [];
  for (const [key, value] of Object.entries(parse(path, text))) {
    const command = commandNames.find((name) => name === key);
    if (command === undefined) {
      all.push(settingOf(path, text, undefined, key, value));
      continue;
    }
    if (!isTable(value))
      throw wrong(path, lineOfKey(text, undefined, key), `${key} is a command; write [${key}]`);
    const own = Object.entries(value).map(([name, one]) => settingOf(path, text, command, name, one));
    all.unshift(...own);
  }
  return all;
}

function parse(path: string, text: string): Record<string, unknown> {
  // Loaded only where there is a file.
  const { parse: parseToml, TomlError } = createRequire(import.meta.url)('smol-toml') as typeof Toml;
  try {
    return parseToml(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [message] = error.message.split('\n');
    throw wrong(path, error.line, message.replace('Invalid TOML document: ', ''));
  }
}

function settingOf(
  path: string,
  text: string,
  command: CommandName | undefined,
  name: string,
  value: unknown,
): Setting {
  const line = lineOfKey(text, command, name);
  const rows = (command === undefined ? optionRows.map(([, row]) => row) : rowsOf(command)).filter(
    isSettable,
  );
  const row = rows.find((one) => one.name === name);
  if (!row) throw wrong(path, line, unknownText(name, command, rows));
  const place = { kind: 'file', path, line } as const;
  if (row.type === 'flag') {
    if (typeof value !== 'boolean') throw wrong(path, line, `${name} is true or false`);
    return { name, command, values: [], isSet: value, place };
  }
  const values = wordsOf(row, value);
  if (!values)
    throw wrong(path, line, `${name} is ${row.repeatable ? 'a list of texts' : 'a text or a number'}`);
  return { name, command, values, isSet: true, place };
}

function unknownText(name: string, command: CommandName | undefined, rows: readonly OptionRow[]): string {
  if (optionRows.some(([, row]) => row.name === name && !isSettable(row)))
    return `--${name} is said on the command line each time; no file may`;
  const meant = nearest(
    name,
    rows.map((row) => row.name),
  );
  const what = command === undefined ? 'option' : `option of ${command}`;
  return `${name}: no such ${what}${meant === undefined ? '' : `; did you mean ${meant}?`}`;
}

/** As they would stand on the command line. */
function wordsOf(row: Exclude<OptionRow, { type: 'flag' }>, value: unknown): ByteString[] | undefined {
  const items = Array.isArray(value) ? value : [value];
  if (!items.every((item) => typeof item === 'string' || typeof item === 'number')) return undefined;
  const words = items.map((item) => fromText(String(item)));
  if (row.repeatable || !Array.isArray(value)) return words;
  return row.type === 'choices' ? [words.join(',') as ByteString] : undefined;
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(path: string, line: number, message: string): UsageError {
  return new UsageError(`${path}:${line}: ${message}`);
}
