/** An option that would change nothing where it is typed was meant for something, and is refused. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { readRequest } from '../../../src/cli/command-line/read-request.ts';
import { noSettings } from '../../../src/cli/settings/setting.ts';
import type { Setting } from '../../../src/cli/settings/setting.ts';
import { settingsOfEnvironment } from '../../../src/cli/settings/settings-environment.ts';
import { tmpOptions } from '../../../src/cli/tmp/tmp-options.ts';
import type { Request } from '../../../src/cli/options/typed-options.ts';
import { fromText } from '../../../src/model/byte-string.ts';
import { program, runDiskwhy } from '../../support/diskwhy.ts';
import { NOBODY, needsLinux, needsOtherUser } from '../../support/requirements.ts';
import { tempFolder } from '../../support/temp-folder.ts';

function read(line: string, all: readonly Setting[] = []): Request {
  return readRequest(line.split(' ').map(fromText), () => ({ ...noSettings, all }));
}

suite('refused', () => {
  for (const [line, says] of [
    ['--check --fail-if used>1% --json', /leave out --json/u],
    ['--check --fail-if used>1% --owners', /leave out --owners/u],
    ['watch --check --fail-if used>1% --for 1m --top 3', /leave out --top/u],
    ['--warn-if used>1%', /--warn-if is for --check/u],
    ['--html --depth 2', /leave out --depth/u],
    ['--html --top 2', /leave out --top/u],
    ['--ndjson --depth 2', /leave out --depth/u],
    ['free 1G --yes', /add --apply/u],
    ['tmp --yes', /add --delete/u],
    ['tmp --restore x --threads 2', /--restore looks at .* leave out --threads/u],
    ['tmp --source ext4', /leave out --source/u],
    ['snapshot --source btrfs', /leave out --source/u],
    ['diff a b --source xfs', /leave out --source/u],
    ['fleet full --show-sql --days 3', /leave out --days/u],
    ['-o/tmp/x', /write -o \/tmp\/x$/u],
    ['-qo=x', /write -o x$/u],
    ['-oq', /the value of -o is a word of its own; write -o q/u],
  ] as const)
    test(line, () => assert.throws(() => read(line), says));

  test('but not what is heard', () => {
    for (const line of [
      'tmp --yes --dry-run',
      'tmp --purge 30d --yes',
      'tmp --source walk',
      'free 1G --apply --yes',
      '--ndjson --min-size 1M',
      '--check --fail-if used>1% --help --json',
      '-qo x',
    ])
      assert.doesNotThrow(() => read(line), line);
  });
});

suite('what is only set', () => {
  const set = (variables: Record<string, string>): Setting[] => settingsOfEnvironment(variables);

  test('gives way to what is typed', () => {
    const { options } = read('--json', set({ DISKWHY_HTML: '1', DISKWHY_CHECK: '1' })) as Request<'explain'>;
    assert.deepEqual([options.json, options.html, options.check], [true, false, false]);
    const log = read('log x --bytes-read 1M', set({ DISKWHY_WHOLE: '1' })) as Request<'log'>;
    assert.equal(log.options.whole, false);
  });

  test('waits for a run that it is for', () => {
    const all = set({ DISKWHY_QUARANTINE: '1', DISKWHY_JOURNAL: '/x', DISKWHY_WARN_IF: 'used>1%' });
    for (const line of ['tmp', 'tmp --restore x', 'tmp --quarantined', 'tmp --delete'])
      assert.doesNotThrow(() => tmpOptions(read(line, all) as Request<'tmp'>), line);
    assert.throws(() => tmpOptions(read('tmp --quarantine') as Request<'tmp'>), /add --delete/u);
    assert.throws(() => tmpOptions(read('tmp --journal x') as Request<'tmp'>), /add --delete/u);
  });

  test('a variable that sets nothing', () => {
    assert.throws(() => set({ DISKWHY_KEP: '*.db' }), /DISKWHY_KEP: .*did you mean DISKWHY_KEEP\?/u);
    assert.throws(
      () => set({ DISKWHY_DELETE: '1' }),
      /DISKWHY_DELETE: --delete is said on the command line/u,
    );
    for (const other of ['DISKWHY_PATH', 'DISKWHY_VERSION', 'DISKWHY_LONG_TESTS', 'DISKWHY_RUNS'])
      assert.deepEqual(set({ [other]: 'x' }), []);
  });
});

test('snapshots: what reads files takes nothing that is for trees, and depth is heard', async () => {
  using folder = tempFolder();
  const at = (name: string): string => `${folder.path}/${name}`;
  const options = { env: { XDG_STATE_HOME: at('state') } };
  mkdirSync(at('tree/one/two/three/four'), { recursive: true });
  writeFileSync(at('tree/first'), 'x');
  const run = async (...words: string[]) => await runDiskwhy(words, options);
  assert.equal((await run('snapshot', at('tree'), '-o', at('a'))).code, 0);
  for (const words of [['--exclude', 'x'], ['--cross-mounts'], ['--threads', '2']]) {
    const { code, stdout, stderr } = await run('diff', at('a'), at('a'), ...words);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(
      stderr,
      /^diskwhy: --[a-z-]+ says how a tree is read, and both of these are files; [^\n]+\n$/u,
    );
  }
  assert.match((await run('snapshot', '--keep=7', at('tree'))).stderr, /--keep=7: .*takes no value/u);
  assert.equal((await run('snapshot', '--keep', at('tree'))).code, 0);
  writeFileSync(at('tree/one/two/three/four/file'), 'x'.repeat(100_000));
  assert.equal((await run('snapshot', '--keep', at('tree'))).code, 0);
  const shallow = await run('history', at('tree'), '--depth', '1');
  const deep = await run('history', at('tree'), '--depth', '9');
  assert.doesNotMatch(shallow.stdout, /three/u);
  assert.match(deep.stdout, /four/u);
});

test('the empty path is seen in what is said of it', async () => {
  const { code, stderr } = await runDiskwhy(['']);
  assert.deepEqual([code, stderr], [2, "diskwhy: '': no such file or directory\n"]);
});

test('nothing is written elsewhere where the working directory is gone', { skip: needsLinux }, async () => {
  using folder = tempFolder();
  const [gone, name] = [`${folder.path}/gone`, `diskwhy-test-${process.pid}`];
  mkdirSync(gone);
  const script = 'cd "$1" && rmdir "$1" && exec "$2" "$3" "$4" -o "$5"';
  const { status, stderr } = spawnSync(
    'sh',
    ['-c', script, 'sh', gone, process.execPath, program, folder.path, name],
    { encoding: 'utf8' },
  );
  assert.deepEqual([status, existsSync(`/${name}`)], [2, false], stderr);
  assert.match(stderr, /the working directory is gone/u);
});

test('a root that cannot be read begins no snapshot', { skip: needsOtherUser }, async () => {
  using folder = tempFolder();
  mkdirSync(`${folder.path}/closed`, { mode: 0 });
  chmodSync(folder.path, 0o755);
  const { code, stdout, stderr } = await runDiskwhy(['snapshot', `${folder.path}/closed`], NOBODY);
  assert.deepEqual([code, stdout], [2, ''], stderr);
});
