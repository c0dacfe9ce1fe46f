/** What is deleted, and what is left alone and why: on real trees, through libc and through /proc alone. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { suite, test } from 'node:test';
import { oddNames } from '../../fixtures/trees/odd-names.ts';
import { startHolder } from '../support/holder.ts';
import { mountBind, mountTmpfs } from '../support/mounted.ts';
import { changesOf, clean, codeOf, names, planned } from '../support/plan.ts';
import { needsLinux, needsMount, needsRoot, needsTool, unless } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { buildTree, chain, directory, file, link, socket, sparse, symlink } from '../support/tree.ts';

for (const [how, request] of [
  ['libc', { source: 'auto' }],
  ['libc, two threads', { source: 'auto', helpFrom: 1 }],
  ['/proc', { source: 'portable' }],
] as const) {
  suite(`deleting (${how})`, { skip: needsLinux }, () => {
    test('a tree with everything in it goes, and nothing beside it', async () => {
      using folder = tempFolder();
      await buildTree(`${folder.path}/unit`, {
        odd: directory(oddNames),
        deep: chain(
          Array.from({ length: 100 }, (_, i) => `d${i}`),
          { leaf: file(10) },
        ),
        sparse: sparse(2 ** 30, 5000),
        socket: socket(),
        outside: symlink('../beside'),
        empty: directory(),
        a: link('one', 9000),
        b: link('one', 9000),
      });
      writeFileSync(`${folder.path}/beside`, 'stays');
      const unit = planned(`${folder.path}/unit`);
      const [dry] = await clean([unit], { ...request, dryRun: true });
      assert.deepEqual([dry.outcome, dry.removedEntries], ['would-delete', 0]);
      assert.deepEqual(planned(`${folder.path}/unit`), unit);
      const [outcome] = await clean([unit], request);
      assert.deepEqual([outcome.outcome, outcome.obstacle], ['deleted', undefined]);
      assert.equal(outcome.removedEntries, unit.entries);
      assert.deepEqual(names(folder.path), ['beside']);
    });

    test('single files, links and names of any bytes', async () => {
      using folder = tempFolder();
      const odd = ['-rf', '\n', '\u001B[2J', '\u00FF\u00FE', ' ', '*'];
      for (const name of odd) writeFileSync(Buffer.from(`${folder.path}/${name}`, 'latin1'), 'x');
      symlinkSync('/', `${folder.path}/link`);
      const units = [...odd, 'link'].map((name) => planned(`${folder.path}/${name}`));
      const outcomes = await clean(units, request);
      assert.deepEqual(
        outcomes.map(({ outcome }) => outcome),
        units.map(() => 'deleted'),
      );
      assert.deepEqual(names(folder.path), []);
    });

    test('an entry that changed, is new or is gone keeps the whole unit', async () => {
      using folder = tempFolder();
      await buildTree(`${folder.path}/unit`, { a: file(10), b: directory({ c: file(10), d: file(10) }) });
      const unit = planned(`${folder.path}/unit`, { lists: true });
      appendFileSync(`${folder.path}/unit/b/c`, 'more');
      writeFileSync(`${folder.path}/unit/new`, '');
      unlinkSync(`${folder.path}/unit/b/d`);
      const [outcome] = await clean([unit], request);
      assert.deepEqual([outcome.outcome, codeOf(outcome), outcome.removedEntries], ['changed', 'changed', 0]);
      assert.deepEqual(
        changesOf(outcome)
          .map(({ below, change }) => `${change} ${below}`)
          .toSorted(),
        ['changed ', 'changed b', 'changed b/c', 'gone b/d', 'new new'],
      );
      assert.deepEqual(names(`${folder.path}/unit`), ['a', 'b', 'new']);
    });

    test('a lock on the unit or below it', { skip: needsTool('flock') }, async () => {
      using folder = tempFolder();
      for (const [place, mode] of [
        ['', '-x'],
        ['', '-s'],
        ['/b', '-x'],
      ]) {
        await buildTree(`${folder.path}/unit`, { a: file(10), b: directory({ c: file(10) }) });
        using _holder = await startHolder(`exec 9<"$1"; flock -n ${mode} 9`, [`${folder.path}/unit${place}`]);
        // Without the second look at open files: the lock alone keeps it.
        const [outcome] = await clean([planned(`${folder.path}/unit`)], request);
        assert.equal(outcome.outcome, 'skipped');
        assert.ok(codeOf(outcome) === 'locked' || codeOf(outcome) === 'in-use');
        assert.deepEqual(names(`${folder.path}/unit`), ['a', 'b']);
        execFileSync('rm', ['-r', `${folder.path}/unit`]);
      }
    });

    test('what a process opened since it was judged', async () => {
      using folder = tempFolder();
      await buildTree(`${folder.path}/unit`, { b: directory({ c: file(10) }) });
      await buildTree(`${folder.path}/other`, { d: file(10) });
      const units = ['unit', 'other'].map((name) => planned(`${folder.path}/${name}`));
      using holder = await startHolder('exec 5<"$1"', [`${folder.path}/unit/b/c`]);
      const [held, free] = await clean(units, request);
      assert.deepEqual([held.outcome, codeOf(held), held.at], ['skipped', 'in-use', 'b/c']);
      assert.deepEqual(held.obstacle, {
        kind: 'in-use',
        holding: { by: 'process', pid: holder.pid, hold: 'descriptor' },
      });
      assert.equal(free.outcome, 'deleted');
    });

    test('a directory above was exchanged for a link, or for another directory', async () => {
      using folder = tempFolder();
      const above = `${folder.path}/above`;
      await buildTree(above, { unit: directory({ a: file(10) }) });
      await buildTree(`${folder.path}/decoy`, { unit: directory({ a: file(10) }) });
      const unit = planned(`${above}/unit`);
      renameSync(above, `${folder.path}/aside`);
      symlinkSync('aside', above);
      assert.equal((await clean([unit], request))[0].outcome, 'changed');
      unlinkSync(above);
      renameSync(`${folder.path}/decoy`, above);
      assert.equal((await clean([unit], request))[0].outcome, 'changed');
      assert.deepEqual([names(`${above}/unit`), names(`${folder.path}/aside/unit`)], [['a'], ['a']]);
    });

    test('a file was replaced by one of the same name, size and time', async () => {
      using folder = tempFolder();
      const place = `${folder.path}/unit`;
      writeFileSync(place, 'same');
      const unit = planned(place);
      writeFileSync(`${place}.new`, 'same');
      execFileSync('touch', ['-r', place, `${place}.new`]);
      renameSync(`${place}.new`, place);
      assert.equal((await clean([unit], request))[0].outcome, 'changed');
      unlinkSync(place);
      const [gone] = await clean([unit], request);
      assert.deepEqual([gone.outcome, changesOf(gone)], ['changed', [{ below: '', change: 'gone' }]]);
    });

    test(
      'mounts inside: a filesystem, the same one once more, a single file',
      { skip: needsMount },
      async () => {
        using folder = tempFolder();
        await buildTree(`${folder.path}/elsewhere`, { kept: file(10) });
        for (const kind of ['tmpfs', 'bind', 'file'] as const) {
          const place = `${folder.path}/${kind}`;
          await buildTree(place, { a: file(10), b: directory(), c: file(0) });
          const unit = planned(place);
          using _mount =
            kind === 'tmpfs'
              ? mountTmpfs(`${place}/b`)
              : kind === 'bind'
                ? mountBind(`${folder.path}/elsewhere`, `${place}/b`)
                : mountBind(`${folder.path}/elsewhere/kept`, `${place}/c`);
          for (const one of [unit, planned(place)]) {
            const [outcome] = await clean([one], request);
            assert.deepEqual(
              [outcome.outcome, codeOf(outcome), outcome.removedEntries],
              ['skipped', 'mount', 0],
            );
          }
        }
        assert.deepEqual(names(`${folder.path}/elsewhere`), ['kept']);
      },
    );

    test(
      'deeper than 256 levels',
      { skip: how === '/proc' && 'one flock(1) per level takes seconds' },
      async () => {
        using folder = tempFolder();
        const levels = (count: number) => chain(Array.from({ length: count }, () => 'd'));
        await buildTree(`${folder.path}/unit`, { d: levels(255) });
        const deep = planned(`${folder.path}/unit`);
        const [outcome] = await clean([deep], request);
        assert.deepEqual([outcome.outcome, codeOf(outcome)], ['skipped', 'depth']);
        assert.ok(existsSync(`${folder.path}/unit/d/d`));
        await buildTree(`${folder.path}/fits`, { d: levels(254) });
        assert.equal((await clean([planned(`${folder.path}/fits`)], request))[0].outcome, 'deleted');
      },
    );

    test('named pipes and devices', async () => {
      using folder = tempFolder();
      await buildTree(`${folder.path}/unit`, { a: file(10) });
      execFileSync('mkfifo', [`${folder.path}/unit/pipe`]);
      const [outcome] = await clean([planned(`${folder.path}/unit`)], request);
      assert.deepEqual([outcome.outcome, codeOf(outcome), outcome.at], ['skipped', 'special-file', 'pipe']);
      assert.deepEqual(names(`${folder.path}/unit`), ['a', 'pipe']);
    });
  });
}

suite('deleting', { skip: needsLinux }, () => {
  test('hard links: counted once, freed when the last one goes', async () => {
    using folder = tempFolder();
    await buildTree(`${folder.path}/one`, { a: file(50_000) });
    mkdirSync(`${folder.path}/two`);
    linkSync(`${folder.path}/one/a`, `${folder.path}/one/b`);
    linkSync(`${folder.path}/one/a`, `${folder.path}/two/c`);
    linkSync(`${folder.path}/one/a`, `${folder.path}/three`);
    await buildTree(`${folder.path}/four`, { d: file(50_000) });
    linkSync(`${folder.path}/four/d`, `${folder.path}/kept`);
    const blocks = (name: string): number => lstatSync(`${folder.path}/${name}`).blocks * 512;
    const expected = [blocks('one'), blocks('two'), blocks('three'), blocks('four')];
    const units = ['one', 'two', 'three', 'four'].map((name) => planned(`${folder.path}/${name}`));
    const outcomes = await clean(units);
    assert.deepEqual(
      outcomes.map(({ outcome }) => outcome),
      units.map(() => 'deleted'),
    );
    assert.deepEqual(
      outcomes.map(({ freedBytes }) => freedBytes),
      expected,
    );
    assert.equal(readFileSync(`${folder.path}/kept`).length, 50_000);
  });

  test('a change of a hard link between two of its names is seen', async () => {
    using folder = tempFolder();
    await buildTree(`${folder.path}/one`, { a: file(10) });
    linkSync(`${folder.path}/one/a`, `${folder.path}/two`);
    const units = [planned(`${folder.path}/one`), planned(`${folder.path}/two`)];
    const [one] = await clean([units[0]]);
    assert.equal(one.outcome, 'deleted');
    // Another run knows nothing of the first: the count of links is not what was judged.
    const [two] = await clean([units[1]]);
    assert.equal(two.outcome, 'changed');
  });

  test(
    'immutable and append-only files keep the unit whole',
    { skip: unless(needsRoot, needsTool('chattr')) },
    async () => {
      using folder = tempFolder();
      for (const flag of ['i', 'a']) {
        const place = `${folder.path}/unit${flag}`;
        await buildTree(place, { a: file(10), b: directory({ c: file(10) }) });
        execFileSync('chattr', [`+${flag}`, `${place}/b/c`]);
        try {
          const [outcome] = await clean([planned(place)]);
          assert.deepEqual([outcome.outcome, codeOf(outcome), outcome.at], ['failed', 'not-whole', 'b/c']);
          assert.deepEqual(names(place), ['a', 'b']);
          const [dry] = await clean([planned(place)], { dryRun: true });
          assert.equal(dry.outcome, 'failed');
        } finally {
          execFileSync('chattr', [`-${flag}`, `${place}/b/c`]);
        }
      }
    },
  );

  test(
    'from an append-only directory nothing of a unit is taken, as its own name would stay',
    { skip: unless(needsRoot, needsTool('chattr')) },
    async () => {
      using folder = tempFolder();
      const root = `${folder.path}/root`;
      await buildTree(root, { unit: directory({ a: file(10) }), single: file(10) });
      execFileSync('chattr', ['+a', root]);
      try {
        const outcomes = await clean([planned(`${root}/unit`), planned(`${root}/single`)]);
        assert.deepEqual(outcomes.map(codeOf), ['not-whole', 'not-whole']);
        assert.deepEqual(names(`${root}/unit`), ['a']);
      } finally {
        execFileSync('chattr', ['-a', root]);
      }
    },
  );

  test('a live socket holds its unit through the process that listens', async () => {
    using folder = tempFolder();
    mkdirSync(`${folder.path}/unit`);
    const child = spawn('sleep', ['60'], { cwd: `${folder.path}/unit`, stdio: 'ignore' });
    try {
      await once(child, 'spawn');
      const [outcome] = await clean([planned(`${folder.path}/unit`)]);
      assert.deepEqual([outcome.outcome, codeOf(outcome)], ['skipped', 'in-use']);
    } finally {
      child.kill('SIGKILL');
      await once(child, 'close');
    }
    assert.equal((await clean([planned(`${folder.path}/unit`)]))[0].outcome, 'deleted');
    // A stale socket is a name like any other.
    const server = createServer().listen(`${folder.path}/live`);
    await once(server, 'listening');
    linkSync(`${folder.path}/live`, `${folder.path}/stale`);
    server.close();
    await once(server, 'close');
    assert.equal((await clean([planned(`${folder.path}/stale`)]))[0].outcome, 'deleted');
  });

  test('two threads: many files, links among them, and directories of all sizes', async () => {
    using folder = tempFolder();
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, file(i % 3)]));
    const links = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [`l${i}`, link(String(i % 100), 5000)]),
    );
    await buildTree(`${folder.path}/unit`, {
      flat: directory({ ...many(3000), ...links }),
      small: directory(
        Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`d${i}`, directory(many(20))])),
      ),
      deep: chain(
        Array.from({ length: 60 }, (_, i) => `d${i}`),
        many(30),
      ),
      more: directory({ ...links, ...many(700) }),
    });
    const unit = planned(`${folder.path}/unit`);
    const bytes = Number(execFileSync('du', ['-s', '-B1', unit.path], { encoding: 'latin1' }).split('\t')[0]);
    const [outcome] = await clean([unit], { helpFrom: 1 });
    assert.deepEqual([outcome.outcome, outcome.obstacle], ['deleted', undefined]);
    assert.deepEqual([outcome.removedEntries, outcome.freedBytes], [unit.entries, bytes]);
    assert.deepEqual(names(folder.path), []);
  });

  test('an interrupt ends it between two unlinks', async () => {
    using folder = tempFolder();
    await buildTree(
      `${folder.path}/big`,
      Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`f${i}`, file(0)])),
    );
    await buildTree(`${folder.path}/next`, { a: file(10) });
    const units = [planned(`${folder.path}/big`), planned(`${folder.path}/next`)];
    const controller = new AbortController();
    const [first, second] = await clean(
      units,
      {},
      {
        signal: controller.signal,
        wantsProgress: () => true,
        onProgress: ({ removedEntries }) => {
          if (removedEntries > 0) controller.abort();
        },
      },
    );
    assert.deepEqual(
      [first.outcome, codeOf(first), codeOf(second)],
      ['skipped', 'interrupted', 'interrupted'],
    );
    assert.ok(first.removedEntries > 0 && first.removedEntries < 20_000);
    assert.equal(names(`${folder.path}/big`).length, 20_000 - first.removedEntries);
    assert.ok(statSync(`${folder.path}/next/a`));
  });
});
