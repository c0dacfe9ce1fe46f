/** What came into use after it was judged stays: by the kernel's own hands, and by those who cannot be seen. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { suite, test } from 'node:test';
import { runDiskwhy } from '../support/diskwhy.ts';
import { startHolder } from '../support/holder.ts';
import { clean, codeOf, names, planned } from '../support/plan.ts';
import { loopDisk, mountBind } from '../support/mounted.ts';
import {
  needsLinux,
  needsLoopDisk,
  needsMount,
  needsRoot,
  needsTool,
  unless,
} from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { buildTree, directory, file, link } from '../support/tree.ts';

function holdingOf(outcome: Awaited<ReturnType<typeof clean>>[number]): string | undefined {
  return outcome.obstacle?.kind === 'in-use' ? outcome.obstacle.holding.by : undefined;
}

suite('held since it was judged', { skip: needsRoot }, () => {
  test('by a loop device', { skip: unless(needsLoopDisk('ext4'), needsTool('losetup')) }, async () => {
    using folder = tempFolder();
    await buildTree(folder.path, { unit: directory({ b: directory({ image: file(2 ** 20) }) }) });
    const unit = planned(`${folder.path}/unit`);
    const device = execFileSync('losetup', ['-f', '--show', `${folder.path}/unit/b/image`])
      .toString()
      .trim();
    try {
      const [outcome] = await clean([unit]);
      assert.deepEqual([outcome.outcome, holdingOf(outcome), outcome.at], ['skipped', 'disk', 'b/image']);
    } finally {
      execFileSync('losetup', ['-d', device]);
    }
    assert.ok(existsSync(`${folder.path}/unit/b/image`));
  });

  test('by a bind mount of a directory in it', { skip: needsMount }, async () => {
    using folder = tempFolder();
    await buildTree(folder.path, { unit: directory({ b: directory({ c: file(10) }) }), else: directory() });
    const unit = planned(`${folder.path}/unit`);
    using _bound = mountBind(`${folder.path}/unit/b`, `${folder.path}/else`);
    const [outcome] = await clean([unit]);
    assert.deepEqual([outcome.outcome, holdingOf(outcome)], ['skipped', 'mount']);
    assert.ok(existsSync(`${folder.path}/unit/b/c`));
  });

  test('by an overlay that names it through a relative path', { skip: needsLoopDisk('ext4') }, async () => {
    using disk = loopDisk('ext4');
    await buildTree(`${disk.path}/r`, {
      unit: directory({ 'lo:wer': directory({ c: file(10) }) }),
      upper: directory(),
      work: directory(),
    });
    const unit = planned(`${disk.path}/r/unit`);
    mkdirSync(`${disk.path}/merged`);
    const layers = String.raw`lowerdir=r/unit/lo\:wer,upperdir=r/upper,workdir=r/work`;
    execFileSync('mount', ['-t', 'overlay', '-o', layers, 'o', `${disk.path}/merged`], { cwd: disk.path });
    using _merged = { [Symbol.dispose]: () => void execFileSync('umount', [`${disk.path}/merged`]) };
    const [outcome] = await clean([unit]);
    assert.deepEqual([outcome.outcome, holdingOf(outcome)], ['skipped', 'overlay']);
  });

  test('by an overlay that was mounted from deep inside it', { skip: needsLoopDisk('ext4') }, async () => {
    using disk = loopDisk('ext4');
    const layers = { lower: directory({ c: file(10) }), upper: directory(), work: directory() };
    await buildTree(`${disk.path}/unit`, { a: directory({ b: directory(layers) }) });
    const unit = planned(`${disk.path}/unit`);
    mkdirSync(`${disk.path}/merged`);
    const options = 'lowerdir=lower,upperdir=upper,workdir=work';
    execFileSync('mount', ['-t', 'overlay', '-o', options, 'o', `${disk.path}/merged`], {
      cwd: `${disk.path}/unit/a/b`,
    });
    using _merged = { [Symbol.dispose]: () => void execFileSync('umount', [`${disk.path}/merged`]) };
    const [outcome] = await clean([unit]);
    assert.deepEqual([outcome.outcome, holdingOf(outcome)], ['skipped', 'overlay']);
    assert.ok(existsSync(`${disk.path}/unit/a/b/lower/c`));
  });
});

/** Sends the file that its last argument names over a socket that nobody reads from, keeps no other hold on it, and runs the rest. */
const IN_FLIGHT = [
  'import os, socket, sys',
  'here, there = socket.socketpair()',
  'file = os.open(sys.argv[-1], os.O_RDONLY)',
  "socket.send_fds(here, [b'x'], [file])",
  'os.close(file)',
  'os.set_inheritable(there.fileno(), True)',
  'os.execvp(sys.argv[1], sys.argv[1:])',
].join('\n');

suite('held by nobody who is seen', { skip: unless(needsLinux, needsTool('python3')) }, () => {
  const under = ['python3', '-c', IN_FLIGHT];
  for (const [how, helpFrom] of [
    ['one thread', undefined],
    ['two threads', 1],
  ] as const) {
    test(`a file in flight over a socket keeps its unit (${how})`, async () => {
      using folder = tempFolder();
      const unit = directory({ a: directory({ b: file(10), c: file(10) }), d: file(10) });
      await buildTree(folder.path, { held: unit, free: unit });
      const units = ['held', 'free'].map((name) => planned(`${folder.path}/${name}`));
      using _holder = await startHolder('', [`${folder.path}/held/a/c`], { under });
      const [held, free] = await clean(units, { helpFrom });
      assert.deepEqual([held.outcome, holdingOf(held), held.at], ['skipped', 'unseen', 'a/c']);
      assert.equal(free.outcome, 'deleted');
      assert.ok(existsSync(`${folder.path}/held/a/b`));
    });

    test(`where only the kernel can tell, it has to (${how})`, async () => {
      using folder = tempFolder();
      await buildTree(folder.path, { unit: directory({ a: file(10) }), single: file(10) });
      const units = ['unit', 'single'].map((name) => planned(`${folder.path}/${name}`));
      const unproven = units.map((unit) => ({ ...unit, needsProof: true }));
      // Through /proc alone no lease can be asked for.
      const outcomes = await clean(unproven, { helpFrom, source: 'portable' });
      assert.deepEqual(outcomes.map(holdingOf), ['unseen', 'unseen']);
      const proven = await clean(unproven, { helpFrom });
      assert.deepEqual(
        proven.map(({ outcome }) => outcome),
        ['deleted', 'deleted'],
      );
    });
  }

  test('names of one file in many directories are no holders of each other', async () => {
    using folder = tempFolder();
    const linked = Array.from({ length: 40 }, (_, i) => [
      `d${i}`,
      directory({ x: link('x', 10), y: link('y', 10) }),
    ]);
    await buildTree(folder.path, { unit: directory(Object.fromEntries(linked)) });
    const [outcome] = await clean([planned(`${folder.path}/unit`)], { helpFrom: 1 });
    assert.equal(outcome.outcome, 'deleted');
  });

  test('a run that deletes at once keeps it as well', async () => {
    using folder = tempFolder();
    await buildTree(folder.path, { held: directory({ a: file(10) }), free: directory({ a: file(10) }) });
    using _holder = await startHolder('', [`${folder.path}/held/a`], { under });
    const { code } = await runDiskwhy([
      'tmp',
      folder.path,
      '--older',
      '0',
      '--min-size',
      '0',
      '--delete',
      '--yes',
      '--no-journal',
    ]);
    assert.equal(code, 3);
    assert.deepEqual(names(folder.path), ['held']);
  });
});

test(
  'a read-only snapshot inside keeps all of it',
  { skip: unless(needsLoopDisk('btrfs'), needsTool('btrfs')) },
  async () => {
    using disk = loopDisk('btrfs');
    await buildTree(`${disk.path}/unit`, { a: directory({ x: file(10) }) });
    for (const words of [
      ['create', `${disk.path}/subvolume`],
      ['snapshot', '-r', `${disk.path}/subvolume`, `${disk.path}/unit/z`],
    ])
      execFileSync('btrfs', ['subvolume', ...words], { stdio: 'ignore' });
    const [outcome] = await clean([planned(`${disk.path}/unit`)]);
    assert.deepEqual([outcome.outcome, codeOf(outcome), outcome.removedEntries], ['failed', 'not-whole', 0]);
    assert.ok(existsSync(`${disk.path}/unit/a/x`));
  },
);
