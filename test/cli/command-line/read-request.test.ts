/** A command line is read without loss: every word is used, whatever the order, or the line is refused. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import { readRequest } from '../../../src/cli/command-line/read-request.ts';
import { splitWords } from '../../../src/cli/command-line/split-words.ts';
import { commandNames } from '../../../src/cli/options/command-table.ts';
import { rowsOf } from '../../../src/cli/options/option-table.ts';
import { fromText, toText } from '../../../src/model/byte-string.ts';
import type { ByteString } from '../../../src/model/byte-string.ts';
import { UsageError } from '../../../src/model/errors.ts';
import { anyLine, operandWord, optionWords } from '../../support/command-lines.ts';
import type { OptionWords } from '../../support/command-lines.ts';

const bytes = (words: readonly string[]): ByteString[] => words.map(fromText);

function read(...words: string[]): ReturnType<typeof readRequest> {
  return readRequest(bytes(words));
}

suite('which command', () => {
  for (const [words, command, operands] of [
    [['log', 'app.log'], 'log', ['app.log']],
    [['--json', 'log', 'app.log'], 'log', ['app.log']],
    [['-q', 'tmp', '/x'], 'tmp', ['/x']],
    [['--older', '2d', 'tmp', '/x'], 'tmp', ['/x']],
    [['--exclude', 'tmp', '/x'], 'explain', ['/x']],
    [['--top', '3', '/x'], 'explain', ['/x']],
    [['/var', 'log'], 'explain', ['/var', 'log']],
    [['./log'], 'explain', ['./log']],
    [['--', 'log'], 'explain', ['log']],
    [['tmp', '--', 'watch', '--delete'], 'tmp', ['watch', '--delete']],
    [['log', '-'], 'log', ['-']],
    [['log', '--json', '-', 'x'], 'log', ['-', 'x']],
    [['--json', 'true'], 'explain', ['true']],
    [['-q', 'false'], 'explain', ['false']],
    [[], 'explain', []],
    [['toString'], 'explain', ['toString']],
    [['explain'], 'explain', ['explain']],
  ] as const)
    test(JSON.stringify(words), () => {
      const request = read(...words);
      assert.deepEqual([request.command, request.operands.map(toText)], [command, operands]);
    });
});

test('options are typed, and the defaults are values', () => {
  const { options, given } = read(
    'tmp',
    '--older=36h',
    '-ny',
    '--keep',
    'a',
    '--keep=b',
    '--age-by',
    'atime,mtime',
  );
  assert.ok('olderMs' in options);
  assert.deepEqual(
    [
      options.olderMs,
      options.minUnitBytes,
      options.keep,
      options.ageBy,
      options.dryRun,
      options.yes,
      options.top,
    ],
    [36 * 3_600_000, 2 ** 20, ['a', 'b'], ['mtime', 'atime'], true, true, 10],
  );
  assert.deepEqual([...given].toSorted(), ['ageBy', 'dryRun', 'keep', 'olderMs', 'yes']);
  assert.ok(Object.isFrozen(options) && Object.isFrozen(options.keep));
});

test('bytes that are no text reach the command as they are', () => {
  const odd = '/x/\xFF\xFE' as ByteString;
  assert.deepEqual(readRequest(['tmp' as ByteString, odd]).operands, [odd]);
  const { options } = readRequest(['tmp' as ByteString, '--journal' as ByteString, odd, odd]);
  assert.equal('journal' in options && options.journal, odd);
});

suite('refused, in one line that says what to do', () => {
  for (const [words, says] of [
    [['--olde', '2d', 'tmp'], /--olde: no such option; did you mean --older\?/u],
    [['tmp', '--detele'], /did you mean --delete\?/u],
    [['--jsn'], /did you mean --json\?/u],
    [['-json'], /-json: no such option; did you mean --json\?/u],
    [['--xyzzy'], /--xyzzy: no such option; diskwhy --help/u],
    [['log', '--older', '2d', 'x'], /--older is an option of diskwhy tmp, not of diskwhy log/u],
    [['--json=true'], /--json takes no value/u],
    [['--json='], /--json takes no value/u],
    [['-q5'], /-q5: no such option/u],
    [['--json\n--delete'], /no such option/u],
    [['--_', 'x'], /--_: no such option/u],
    [['--__proto__=x'], /no such option/u],
    [['--$0=x'], /no such option/u],
    [['---'], /no such option/u],
    [['--h'], /--h: no such option/u],
    [['--no-json'], /--no-json: no such option/u],
    [['--no-top'], /no such option/u],
    [['-5'], /-5: no such option/u],
    [['tmp', '--older'], /--older: a value is missing/u],
    [['tmp', '--older', '--delete'], /--older: a value is missing/u],
    [['--exclude', '--', 'x'], /--exclude: a value is missing/u],
    [['--top', '-1'], /--top -1: a value that starts with - is written --top=-1/u],
    [['--top', '1', '--top', '2'], /--top was given 2 times/u],
    [['tmp', '--journal', 'x', '--no-journal'], /--journal and --no-journal contradict/u],
    [['--color=never', '--no-color'], /contradict/u],
    [['tmp', '--journal='], /--journal: the path is empty/u],
    [['--exclude='], /--exclude: the pattern is empty/u],
    [['log'], /diskwhy log FILE…: name a file/u],
    [['tmp', '--delete', '--'], /-- stands before a root, and none follows/u],
    [['help', 'tmp', 'log'], /log: unexpected/u],
    [['help', 'wach'], /wach: no such topic; did you mean diskwhy help watch\?/u],
    [['completion', 'tcsh'], /there are bash, zsh, fish/u],
  ] as const)
    test(JSON.stringify(words), () => {
      assert.throws(
        () => read(...words),
        (error) => error instanceof UsageError && says.test(error.message),
      );
    });
});

/** Options with different names. */
function optionsOf(command: (typeof commandNames)[number]): fc.Arbitrary<OptionWords[]> {
  return fc
    .uniqueArray(fc.constantFrom(...rowsOf(command)), { selector: (row) => row.name })
    .chain((rows) =>
      fc.tuple(
        ...rows.filter(({ group, name }) => group !== 'About' && !SILENCING.has(name)).map(optionWords),
      ),
    );
}

/** Beside these many others are refused. */
const SILENCING = new Set(['check', 'warn-if', 'html', 'ndjson', 'restore', 'purge', 'quarantined']);

/** The request, or why it is none. */
function answer(words: readonly string[]): unknown {
  try {
    return readRequest(bytes(words));
  } catch (error) {
    assert.ok(error instanceof UsageError, String(error));
    return error.message;
  }
}

const lines = fc
  .constantFrom('explain' as const, 'watch' as const, 'tmp' as const, 'log' as const)
  .chain((command) =>
    fc.record({
      command: fc.constant(command),
      options: optionsOf(command),
      operands: fc.array(operandWord, { minLength: 1, maxLength: 4 }),
      splitAt: fc.nat(4),
      random: fc.infiniteStream(fc.nat(1000)),
    }),
  );

test('every order of the same words is the same request, or refused for the same reason', () => {
  fc.assert(
    fc.property(lines, ({ command, options, operands, splitAt, random }) => {
      const plain = operands.slice(0, splitAt).filter((one) => !one.startsWith('-') || one === '-');
      const rest = operands.filter((one) => !plain.includes(one));
      // A directory that is called like a command has to stand behind the dashes.
      const isHidden = command === 'explain' && commandNames.some((name) => name === plain[0]);
      const [front, behind] = isHidden ? [[], [...plain, ...rest]] : [plain, rest];
      const names = command === 'explain' ? [] : [command];
      const expected = answer([
        ...names,
        ...options.flatMap(({ joined }) => joined),
        '--',
        ...front,
        ...behind,
      ]);
      const groups: string[][] = [...names, ...front].map((word) => [word]);
      for (const { joined, apart } of options) {
        const words = random.next().value! % 2 === 0 ? joined : apart;
        groups.splice(random.next().value! % (groups.length + 1), 0, words);
      }
      const dashes = behind.length > 0 || front.length === 0 ? ['--', ...behind] : [];
      assert.deepEqual(answer([...groups.flat(), ...dashes]), expected);
    }),
    { numRuns: 2000 },
  );
});

test('no word of any line is unused', () => {
  fc.assert(
    fc.property(anyLine, (argv) => {
      const typed = bytes(argv);
      let split;
      try {
        split = splitWords(typed);
      } catch (error) {
        assert.ok(error instanceof UsageError, String(error));
        return;
      }
      const end = typed.indexOf('--' as ByteString);
      const before = end < 0 ? typed : typed.slice(0, end);
      assert.deepEqual(split.behindDashes, end < 0 ? undefined : typed.slice(end + 1));
      const used = [...split.words, ...[...split.options.values()].flat()];
      for (const word of before) {
        const [, name, value] = /^--([^=]+)(?:=([^]*))?$/u.exec(word) ?? [];
        if (name !== undefined) assert.ok(split.options.has(name), word);
        const wanted = name === undefined ? (word.startsWith('-') && word !== '-' ? undefined : word) : value;
        if (wanted === undefined) continue;
        const at = used.indexOf(wanted as ByteString);
        assert.ok(at >= 0, `${word} of ${JSON.stringify(argv)}`);
        used.splice(at, 1);
      }
      // What is left came with an option alone: --color, --apply, --keep.
      assert.deepEqual(
        used.filter((one) => one !== 'always' && one !== '-' && one !== 'yes'),
        [],
      );
    }),
    { numRuns: 5000 },
  );
});
