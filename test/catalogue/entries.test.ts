/** Every row of the catalogue keeps the promises its type cannot express. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { catalogue, families } from '../../src/catalogue/catalogue.ts';
import { spellOut } from '../../src/catalogue/expand.ts';
import { variables } from '../../src/catalogue/variables.ts';

/** Rows of the research table; each became one entry or more. */
const RESEARCHED = 215;
/** These are no place in a tree: the ledger and the tag find them. */
const placeless = new Set(['time-machine-snapshots', 'deleted-open-files', 'tagged-cache']);

const patternsOf = ({ paths = [], linux = [], macos = [] }: (typeof catalogue)[number]): string[] => [
  ...paths,
  ...linux,
  ...macos,
];
/** Entries that break `rule`, by id: an empty list is what a test wants. */
const breaking = (rule: (entry: (typeof catalogue)[number]) => boolean): string[] =>
  catalogue.filter((entry) => !rule(entry)).map((entry) => entry.id);

suite('catalogue entries', () => {
  test('ids are unique and kebab-case', () => {
    assert.equal(new Set(catalogue.map((entry) => entry.id)).size, catalogue.length);
    assert.deepEqual(
      breaking(({ id }) => /^[a-z0-9]+(-[a-z0-9]+)*$/u.test(id)),
      [],
    );
  });

  test('every researched row is accounted for, and no other', () => {
    const rows = [...new Set(catalogue.map((entry) => entry.row))].toSorted((a, b) => a - b);
    assert.deepEqual(
      rows,
      Array.from({ length: RESEARCHED }, (_, index) => index + 1),
    );
  });

  test('only what cannot be a place has no pattern', () => {
    assert.deepEqual(new Set(breaking((entry) => patternsOf(entry).length > 0)), placeless);
  });

  test('patterns start with a slash, a home, a known variable or **, and are plain ASCII', () => {
    const wrong = catalogue.flatMap((entry) =>
      patternsOf(entry)
        .flatMap(spellOut)
        .filter((pattern) => !/^(?:\/|~\/|\*\*\/|\$\w+(?:\/|$))[\w .,+@#~*?[\]/-]*$/u.test(pattern))
        .map((pattern) => `${entry.id}: ${pattern}`),
    );
    assert.deepEqual(wrong, []);
  });

  test('patterns have no empty, dot or trailing components', () => {
    const wrong = catalogue.flatMap((entry) =>
      patternsOf(entry).filter((pattern) => /\/\/|\/$|\/\.\.?(?:\/|$)/u.test(pattern)),
    );
    assert.deepEqual(wrong, []);
  });

  test('variables are used, and their defaults lead to variables that exist', () => {
    const defaults = Object.values(variables).flatMap(({ linux, macos }) => linux.concat(macos));
    const used = new Set(
      [...catalogue.flatMap(patternsOf), ...defaults].flatMap(
        (pattern) => /^\$(\w+)/u.exec(pattern)?.[1] ?? [],
      ),
    );
    assert.deepEqual(
      [...used].filter((name) => !(name in variables)),
      [],
    );
    assert.deepEqual(
      Object.keys(variables).filter((name) => !used.has(name)),
      [],
    );
  });

  test('class B and X say which command to use', () => {
    assert.deepEqual(
      breaking((entry) => !'BX'.includes(entry.class) || Boolean(entry.command ?? entry.inspect)),
      [],
    );
  });

  test('class C says its condition', () => {
    assert.deepEqual(
      breaking((entry) => entry.class !== 'C' || Boolean(entry.advice)),
      [],
    );
  });

  test('what nobody verified is never class A', () => {
    assert.deepEqual(
      breaking((entry) => !(entry.verified === false && entry.class === 'A')),
      [],
    );
  });

  test('unverified rows say so as their source, verified ones name theirs', () => {
    assert.deepEqual(
      breaking((entry) => (entry.verified === false) === (entry.source === 'general knowledge')),
      [],
    );
  });

  test('commands are words and quoted words: no pipes, no expansion, no second command', () => {
    const safe = /^(?:[\w@%+=:,./~-]+|'[^'\\]*')(?: (?:[\w@%+=:,./~-]+|'[^'\\]*'))*$/u;
    assert.deepEqual(
      breaking(({ command, inspect }) =>
        [command, inspect].every((line) => line === undefined || safe.test(line)),
      ),
      [],
    );
  });

  test('process names fit /proc/PID/comm', () => {
    assert.deepEqual(
      breaking(({ usedBy = [] }) => usedBy.every((name) => name.length > 0 && name.length <= 15)),
      [],
    );
  });

  test('each family has entries, and only files have magic', () => {
    assert.deepEqual(
      Object.entries(families).filter(([, entries]) => entries.length === 0),
      [],
    );
    assert.deepEqual(
      breaking(({ kind, magic }) => magic === undefined || kind === 'file'),
      [],
    );
  });
});
