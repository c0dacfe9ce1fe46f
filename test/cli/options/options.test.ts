/** The options' table is consistent: a name means one thing, defaults can be read, and everything has its words. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { optionRows, namesOf } from '../../../src/cli/options/option-table.ts';
import { readValue } from '../../../src/cli/options/option-value.ts';
import { fromText } from '../../../src/model/byte-string.ts';

const rows = optionRows.map(([, row]) => row);

test('a name takes a value or takes none, whatever the command, and is used once in a command', () => {
  for (const [index, row] of rows.entries()) {
    for (const other of rows.slice(index + 1)) {
      const shared = namesOf(row).filter((name) => namesOf(other).includes(name));
      if (shared.length === 0) continue;
      assert.equal(row.type, other.type, shared.join());
      assert.equal(row.alias, other.alias);
      assert.deepEqual(
        row.commands.filter((command) => other.commands.includes(command)),
        [],
        shared.join(),
      );
    }
  }
});

test('names are words, aliases are letters, no word may be mistaken for another option\u2019s negation', () => {
  const names = rows.flatMap(namesOf);
  for (const name of names) assert.match(name, /^(?:[a-zA-Z]|[a-z]+(?:-[a-z]+)+|[a-z]{2,})$/u);
  for (const row of rows) {
    if (row.alias !== undefined) assert.match(row.alias, /^[a-zA-Z]$/u);
    if (row.name.startsWith('no-')) assert.ok(!rows.some(({ name }) => `no-${name}` === row.name));
  }
});

test('defaults and examples can be read', () => {
  for (const row of rows) {
    if (row.type === 'flag') continue;
    if (row.default !== undefined) assert.notEqual(readValue(row, fromText(row.default)), undefined);
    if (row.bare !== undefined) assert.notEqual(readValue(row, fromText(row.bare)), undefined);
    if ('examples' in row) for (const example of row.examples) readValue(row, fromText(example));
  }
});

test('each has one phrase without a full stop', () => {
  for (const { help, name } of rows) {
    assert.match(help, /^\S.*[^.\s]$/u, name);
    assert.doesNotMatch(help, /\n/u);
  }
});
