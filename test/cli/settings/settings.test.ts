/** What is set beside the command line: which place counts, what is refused, and what root does not read. */
import assert from 'node:assert/strict';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import { everyCommand, telling } from '../../../src/cli/options/command-groups.ts';
import { optionRows } from '../../../src/cli/options/option-table.ts';
import * as fc from 'fast-check';
import { parse } from 'smol-toml';
import { readRequest } from '../../../src/cli/command-line/read-request.ts';
import { lineOfKey } from '../../../src/cli/settings/line-of-key.ts';
import { isSettable } from '../../../src/cli/settings/setting.ts';
import { settingsOfEnvironment } from '../../../src/cli/settings/settings-environment.ts';
import { readSettings } from '../../../src/cli/settings/settings.ts';
import { fromText } from '../../../src/model/byte-string.ts';
import { runDiskwhy } from '../../support/diskwhy.ts';
import { NOBODY, needsOtherUser, needsRoot } from '../../support/requirements.ts';

// Below a directory that is root's alone: /tmp is everybody's.
const folder = mkdtempSync(path.join(process.getuid?.() === 0 ? '/var/lib' : '/tmp', 'diskwhy-test-'));
after(() => rmSync(folder, { recursive: true }));
const uid = process.geteuid?.() ?? 0;
let count = 0;

/** A folder with a system's file and a user's. */
function place(system: string | undefined, user: string | undefined) {
  const own = path.join(folder, String(count++));
  mkdirSync(path.join(own, 'diskwhy'), { recursive: true });
  const [systemFile, userFile] = [path.join(own, 'system.toml'), path.join(own, 'diskwhy/config.toml')];
  if (system !== undefined) writeFileSync(systemFile, system);
  if (user !== undefined) writeFileSync(userFile, user);
  return { own, systemFile, userFile };
}

function optionsOf(
  words: readonly string[],
  files: { readonly system?: string; readonly user?: string; readonly variables?: Record<string, string> },
): Record<string, unknown> {
  const { own, systemFile } = place(files.system, files.user);
  const environment = { XDG_CONFIG_HOME: own, ...files.variables };
  const { options } = readRequest(words.map(fromText), () => readSettings(environment, uid, systemFile));
  return options;
}

test('each option that may be set is read from its variable, whatever other options are called', () => {
  const values = { flag: '1', choices: '', size: '1M', age: '2d', number: '3' } as Readonly<
    Record<string, string>
  >;
  for (const [, row] of optionRows.filter(([, one]) => isSettable(one))) {
    const name = `DISKWHY_${row.name.toUpperCase().replaceAll('-', '_')}`;
    const [setting, ...others] = settingsOfEnvironment({ [name]: values[row.type] || 'x' });
    assert.deepEqual([setting?.name, others], [row.name, []], name);
  }
});

test('what is to be kept is kept where the environment says so', () => {
  const { keep } = optionsOf(['tmp'], { variables: { DISKWHY_KEEP: '*.db\n*.key' } });
  assert.deepEqual(keep, ['*.db', '*.key']);
});

suite('which counts', () => {
  const system = 'top = 1\n[tmp]\nmin-size = "1M"\n';
  const user = 'top = 2\n';
  const variables = { DISKWHY_TOP: '3' };
  for (const [what, words, files, top] of [
    ['the default', [], {}, 10],
    ['the system', [], { system }, 1],
    ['the user before the system', [], { system, user }, 2],
    ['the environment before both', [], { system, user, variables }, 3],
    ['the command line before all', ['--top', '4'], { system, user, variables }, 4],
    ['a table before the rest of its file', [], { user: 'top = 2\n[explain]\ntop = 5\n' }, 5],
    ['not the table of another command', [], { user: 'top = 2\n[log]\ntop = 5\n' }, 2],
    [
      'nothing of the environment in a command of an alarm',
      [],
      { variables: { ...variables, DISKWHY_EVENT: 'x' } },
      10,
    ],
    ['nothing that is empty', [], { variables: { DISKWHY_TOP: '' } }, 10],
  ] as const)
    test(what, () => assert.equal(optionsOf(words, files)['top'], top));

  test('flags, lists and what is set to false', () => {
    const options = optionsOf([], {
      system: 'owners = true\napparent = true\nexclude = ["a", "b c"]\n',
      user: 'apparent = false\n',
      variables: { DISKWHY_CROSS_MOUNTS: 'yes', DISKWHY_FAIL_IF: 'used>1%\nfinding>1G' },
    });
    assert.deepEqual(
      ['owners', 'apparent', 'exclude', 'crossMounts'].map((key) => options[key]),
      [true, false, ['a', 'b c'], true],
    );
    assert.equal((options['failIf'] as unknown[]).length, 2);
  });
});

suite('refused with its place', () => {
  for (const [text, message] of [
    ['\n\ntop = "soon"\n', /config\.toml:3: --top soon: must be a whole number/u],
    ['top = 5\ntop = 6\n', /config\.toml:2: /u],
    ['top = \n', /config\.toml:1: /u],
    ['# x\ntopp = 5\n', /config\.toml:2: topp: no such option; did you mean top\?/u],
    ['[explain]\nolder = "2d"\n', /config\.toml:2: older: no such option of explain/u],
    ['owners = 1\n', /config\.toml:1: owners is true or false/u],
    ['top = [1, 2]\n', /config\.toml:1: top is a text or a number/u],
    ['exclude = [true]\n', /config\.toml:1: exclude is a list of texts/u],
    ['tmp = 1\n', /config\.toml:1: tmp is a command; write \[tmp\]/u],
    ['[tmp]\ndelete = true\n', /config\.toml:2: --delete is said on the command line each time/u],
    ['yes = true\n', /config\.toml:1: --yes is said/u],
    ['[tmp]\npurge = "20260101T000000Z-1"\n', /config\.toml:2: --purge is said/u],
    ['[tmp]\nquarantined = true\n', /config\.toml:2: --quarantined is said/u],
  ] as const)
    test(JSON.stringify(text), () => assert.throws(() => optionsOf([], { user: text }), { message }));

  test('a variable', () => {
    assert.throws(
      () => optionsOf([], { variables: { DISKWHY_OWNERS: 'maybe' } }),
      /DISKWHY_OWNERS is maybe/u,
    );
    assert.throws(() => optionsOf([], { variables: { DISKWHY_TOP: 'x' } }), /DISKWHY_TOP: --top x/u);
  });

  test('but help comes whatever the files say', () => {
    assert.equal(optionsOf(['--help'], { user: 'broken' })['help'], true);
  });
});

test('a key is found on its line, whatever stands around it', () => {
  const name = fc.stringMatching(/^[a-z][a-z-]{0,8}$/u);
  fc.assert(
    fc.property(
      fc.uniqueArray(name, { minLength: 1 }),
      fc.array(fc.constantFrom('', '# top = 1', '  '), { maxLength: 4 }),
      (names, between) => {
        const lines = names.flatMap((one) => [...between, `${one} = 1`]);
        assert.deepEqual(
          names.map((one) => lines[lineOfKey(lines.join('\n'), undefined, one) - 1]),
          names.map((one) => `${one} = 1`),
        );
      },
    ),
  );
});

suite('root', { skip: needsRoot }, () => {
  const text = 'top = 7\n';
  for (const [what, prepare] of [
    ['of another user', ({ userFile }) => chownSync(userFile, NOBODY.uid, NOBODY.gid)],
    ['that all may write', ({ userFile }) => chmodSync(userFile, 0o666)],
    ['that a group may write', ({ userFile }) => chmodSync(userFile, 0o664)],
    ['in a directory of another user', ({ own }) => chownSync(own, NOBODY.uid, NOBODY.gid)],
    ['in a directory that all may write', ({ own }) => chmodSync(own, 0o1777)],
    [
      'behind a link into a directory of another user',
      ({ own, userFile }) => {
        mkdirSync(path.join(own, 'theirs'));
        chownSync(path.join(own, 'theirs'), NOBODY.uid, NOBODY.gid);
        writeFileSync(path.join(own, 'theirs/file'), text);
        rmSync(userFile);
        symlinkSync('../theirs/file', userFile);
      },
    ],
  ] as const satisfies readonly (readonly [string, (files: ReturnType<typeof place>) => void])[])
    test(`does not read a file ${what}`, () => {
      const files = place(undefined, text);
      const read = () => readSettings({ XDG_CONFIG_HOME: files.own }, 0, files.systemFile);
      assert.equal(read().all.length, 1);
      prepare(files);
      assert.deepEqual(read(), { all: [], passedOver: [{ path: files.userFile, why: 'distrusted' }] });
    });
});

test(
  'root is told of a file that others can write, and deletes nothing meanwhile',
  { skip: needsRoot },
  async () => {
    const { own, userFile } = place(undefined, 'keep = ["*.iso"]\n');
    chmodSync(userFile, 0o666);
    const root = path.join(folder, 'temporary');
    mkdirSync(root, { recursive: true });
    const options = { env: { XDG_CONFIG_HOME: own } };
    const said = `diskwhy: ${userFile}: others than root can write it, so root does not read it`;
    const judged = await runDiskwhy(['tmp', root, '--json'], options);
    assert.deepEqual([judged.code, judged.stderr], [0, `${said}\n`]);
    for (const acting of [
      ['--delete', '--yes'],
      ['--apply', 'plan.json'],
      ['--purge', '1d'],
    ]) {
      const { code, stdout, stderr } = await runDiskwhy(
        ['tmp', ...(acting[0] === '--delete' ? [root] : []), ...acting],
        options,
      );
      assert.deepEqual([code, stdout], [2, '']);
      assert.ok(stderr.startsWith(`${said}, and deletes nothing`), stderr);
    }
  },
);

test("somebody else's home does not keep the program from its work", { skip: needsOtherUser }, async () => {
  const { own, userFile } = place(undefined, 'top = 7\n');
  chmodSync(folder, 0o755);
  chmodSync(path.dirname(userFile), 0o700);
  const options = { env: { XDG_CONFIG_HOME: own }, ...NOBODY };
  const { code, stdout } = await runDiskwhy(['config'], options);
  assert.equal(code, 0);
  assert.ok(stdout.startsWith(`# not read, because it cannot be read: "${userFile}"\n`), stdout);
});

test('diskwhy config prints a document that sets what is in force, with its places', async () => {
  const { own, userFile } = place(undefined, 'exclude = ["a\\"b", "\\u202e"]\n[tmp]\nmin-size = "3M"\n');
  const env = { XDG_CONFIG_HOME: own, DISKWHY_TOP: '6' };
  const { code, stdout, stderr } = await runDiskwhy(['config'], { env });
  assert.deepEqual([code, stderr], [0, '']);
  const tables = parse(stdout) as Record<string, Record<string, unknown>>;
  const settable = everyCommand.filter((name) => !telling.some((one) => one === name));
  assert.deepEqual(Object.keys(tables), settable);
  assert.equal(tables['explain']['top'], '6');
  assert.deepEqual(tables['explain']['exclude'], ['a"b', '\u202e']);
  assert.equal(tables['tmp']['min-size'], '3M');
  assert.match(stdout, /^top = "6" +# DISKWHY_TOP$/mu);
  assert.ok(stdout.includes(`# ${userFile}:3`));
  assert.match(stdout, /^owners = false +# default$/mu);
  assert.ok(!stdout.includes('\u202e'));
  // What it prints can be a file of settings, and then says the same.
  writeFileSync(userFile, stdout);
  const again = await runDiskwhy(['config'], { env: { XDG_CONFIG_HOME: own } });
  assert.deepEqual(parse(again.stdout), tables);
});

test('what deletes or brings back is typed each time; only where it leaves things and what it notes may be set', () => {
  const settable = optionRows
    .map(([, row]) => row)
    .filter(({ group, isTyped }) => group === 'Delete' && isTyped !== true);
  assert.deepEqual(settable.map(({ name }) => name).toSorted(), ['journal', 'quarantine']);
});
