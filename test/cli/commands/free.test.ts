/** `diskwhy free` as a user starts it: a plan that only shows, and one that is carried out and measured. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lchownSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statfsSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { suite, test } from 'node:test';
import { readDocument } from '../../support/document.ts';
import { runDiskwhy } from '../../support/diskwhy.ts';
import { startHolder } from '../../support/holder.ts';
import { loopDisk } from '../../support/mounted.ts';
import { onTerminal } from '../../support/pseudo-terminal.ts';
import { needsLoopDisk } from '../../support/requirements.ts';
import { MIB } from '../../support/rule-disk.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { buildTree, content, directory, file } from '../../support/tree.ts';

interface FreeJson {
  readonly schema: string;
  readonly isEnough: boolean;
  readonly plannedBytes: number;
  readonly steps: readonly { readonly bytes: number; readonly risk: string }[];
  readonly decisions: readonly { readonly why: string }[];
  readonly outcome?: {
    readonly freedBytes: number;
    readonly steps: readonly {
      readonly result: string;
      readonly path: string;
      readonly freedBytes: number;
    }[];
  };
}

const LINE = 'Nov 27 00:00:01 host worker[7]: bind 0.0.0.0:80: Address already in use\n';

/** A loop's log, leftovers of a dead job beside a finished file, and a file that nobody knows. */
async function fill(disk: string): Promise<void> {
  await buildTree(`${disk}/tree`, {
    log: directory({ 'worker.log': content(LINE.repeat(Math.ceil((12 * MIB) / LINE.length))) }),
    iso: directory({ 'a.iso': file(1000), 'b.iso.part': file(6 * MIB) }),
    'unknown.bin': file(4 * MIB),
  });
  const old = Date.now() / 1000 - 9 * 86_400;
  utimesSync(`${disk}/tree/iso/b.iso.part`, old, old);
}

async function plan(
  disk: string,
  size: string,
  ...more: string[]
): Promise<FreeJson & { readonly code: number | null }> {
  const { stdout, code } = await runDiskwhy(['free', size, disk, '--json', ...more]);
  return { ...(readDocument(stdout) as FreeJson), code };
}

suite('diskwhy free', { skip: needsLoopDisk('ext4') }, () => {
  test('the cheapest steps that suffice, and nothing is done', async () => {
    using disk = loopDisk('ext4');
    await fill(disk.path);
    const before = statfsSync(disk.path).bfree;
    const small = await plan(disk.path, '5M');
    assert.deepEqual([small.schema, small.code, small.isEnough], ['diskwhy/free@1', 0, true]);
    assert.deepEqual(
      small.steps.map(({ bytes, risk }) => [bytes, risk]),
      [[6 * MIB, 'review']],
    );
    const large = await plan(disk.path, '40M');
    assert.deepEqual([large.code, large.isEnough, large.steps.length], [3, false, 2]);
    assert.ok(large.decisions.some(({ why }) => why === 'no-remedy'));
    assert.equal(statfsSync(disk.path).bfree, before);
    const { stdout } = await runDiskwhy(['free', '40M', disk.path]);
    assert.match(stdout, /NOT ENOUGH: .* more cannot be had without a decision/u);
    assert.match(stdout, /large file .*unknown\.bin/u);
  });

  test('asked step by step on a terminal, it stops when enough came back', async () => {
    using disk = loopDisk('ext4');
    using state = tempFolder();
    await fill(disk.path);
    const session = onTerminal(['free', '5M', disk.path, '--apply'], { XDG_STATE_HOME: state.path });
    await session.shows('Do it? [y/N]');
    session.type('y\n');
    const { code, output } = await session.finished();
    assert.equal(code, 0, output);
    assert.match(output, /leftovers of unfinished jobs – done: 6\.0 MiB came back, 6\.0 MiB promised/u);
    assert.ok(!existsSync(`${disk.path}/tree/iso/b.iso.part`));
    assert.ok(existsSync(`${disk.path}/tree/iso/a.iso`) && existsSync(`${disk.path}/tree/unknown.bin`));
    const [journal] = execFileSync('find', [state.path, '-name', 'free-*.jsonl'], { encoding: 'utf8' }).split(
      '\n',
    );
    const line = JSON.parse(readFileSync(journal, 'utf8').split('\n')[0]) as {
      result: string;
      freedBytes: number;
    };
    assert.deepEqual([line.result, line.freedBytes], ['done', 6 * MIB]);
  });

  test('a no is a no, and the next step is asked about', async () => {
    using disk = loopDisk('ext4');
    using state = tempFolder();
    await fill(disk.path);
    const session = onTerminal(['free', '10M', disk.path, '--apply'], { XDG_STATE_HOME: state.path });
    await session.shows('truncate -s 0');
    await session.shows('Do it? [y/N]');
    session.type('n\n');
    // What else would give something is asked about next.
    await session.shows('rm -- ');
    session.type('n\n');
    const { code, output } = await session.finished();
    assert.equal(code, 3, output);
    assert.equal(output.match(/not done: you said no/gu)?.length, 2);
    assert.ok(readFileSync(`${disk.path}/tree/log/worker.log`).length > 0);
  });

  test('without a terminal only what is safe is done, and that with --yes', async () => {
    using disk = loopDisk('ext4');
    await fill(disk.path);
    const { outcome, code } = await plan(disk.path, '5M', '--apply', '--yes');
    assert.equal(code, 3);
    assert.ok(outcome?.steps.every(({ result }) => result === 'not-asked'));
    assert.ok(existsSync(`${disk.path}/tree/iso/b.iso.part`));
  });

  test('what somebody takes up after the plan was made stays', async () => {
    using disk = loopDisk('ext4');
    using state = tempFolder();
    await fill(disk.path);
    const part = `${disk.path}/tree/iso/b.iso.part`;
    const session = onTerminal(['free', '5M', disk.path, '--apply'], { XDG_STATE_HOME: state.path });
    await session.shows('Do it? [y/N]');
    using _holder = await startHolder('exec 5<"$1"', [part]);
    session.type('y\n');
    await session.shows('truncate -s 0');
    session.type('n\n');
    const { code, output } = await session.finished();
    assert.equal(code, 3, output);
    assert.match(output, /not done: something holds, mounts or uses it by\s+now/u);
    assert.ok(existsSync(part));
  });

  test('what is not the same any more stays: another file, a directory reached by a link, something thrown away since', async () => {
    using disk = loopDisk('ext4');
    using state = tempFolder();
    await fill(disk.path);
    const trash = `${disk.path}/tree/.local/share/Trash`;
    mkdirSync(`${disk.path}/tree/.local/share`, { recursive: true });
    await buildTree(trash, {
      files: directory({ 'film.mkv': file(3 * MIB) }),
      info: directory({ 'film.mkv.trashinfo': content('[Trash Info]\nPath=/film.mkv\n') }),
    });
    const session = onTerminal(['free', '40M', disk.path, '--apply'], { XDG_STATE_HOME: state.path });
    await session.shows('left unfinished is lost. Do it? [y/N]');
    const part = `${disk.path}/tree/iso/b.iso.part`;
    renameSync(part, `${part}.old`);
    writeFileSync(part, 'written by somebody else');
    session.type('y\n');
    await session.shows('gone for good. Do it? [y/N]');
    writeFileSync(`${trash}/files/film.mkv`, 'no film');
    session.type('y\n');
    await session.shows('lines are lost. Do it? [y/N]');
    renameSync(`${disk.path}/tree/log`, `${disk.path}/tree/others`);
    symlinkSync('others', `${disk.path}/tree/log`);
    lchownSync(`${disk.path}/tree/log`, 1000, 1000);
    session.type('y\n');
    const { code, output } = await session.finished();
    assert.equal(code, 3, output);
    assert.equal(
      output.match(/stopped: what is there now is not what the plan\s+was\s+about/gu)?.length,
      3,
      output,
    );
    assert.ok(existsSync(part) && existsSync(`${trash}/files/film.mkv`));
    assert.ok(readFileSync(`${disk.path}/tree/others/worker.log`).length > 0);
  });

  test('on a full disk nothing of its own is written there', async () => {
    using disk = loopDisk('ext4');
    await fill(disk.path);
    assert.throws(() => {
      for (let index = 0; ; index++)
        writeFileSync(`${disk.path}/filler-${index}`, Buffer.alloc(MIB), { flush: true });
    });
    const names = execFileSync('find', [disk.path], { encoding: 'utf8' });
    const { stderr } = await runDiskwhy(['free', '5M', disk.path, '--apply', '--yes'], {
      env: { XDG_STATE_HOME: `${disk.path}/state` },
    });
    assert.match(stderr, /journal: \/run\/diskwhy\/free-/u);
    assert.equal(execFileSync('find', [disk.path], { encoding: 'utf8' }), names);
  });

  test('what is no size, no path or no place for a value is refused', async () => {
    for (const [args, message] of [
      [['free'], /name a size/u],
      [['free', '10X'], /^diskwhy: 10X: not a size; write 500M or 10G/u],
      [['free', '0'], /not a size/u],
      [['free', '10G', '/no/such'], /^diskwhy: \/no\/such: no such file or directory/u],
      [['free', '10G', '--apply=plan'], /--apply plan: for free it takes no value/u],
      [['free', '--apply', '10X'], /^diskwhy: 10X: not a size/u],
      [['--apply', 'free', '10X', '.'], /^diskwhy: 10X: not a size/u],
      [['free', '10G', '/', '/usr'], /free SIZE \[PATH\]/u],
    ] as const) {
      const { code, stderr, stdout } = await runDiskwhy(args);
      assert.deepEqual([code, stdout], [2, ''], args.join(' '));
      assert.match(stderr, message);
      assert.equal(stderr.trimEnd().split('\n').length, 1);
    }
  });
});
