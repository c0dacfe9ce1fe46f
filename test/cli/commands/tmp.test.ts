/** `diskwhy tmp` as a user runs it: what it says, what it deletes, what it asks, and how it ends. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  statfsSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { readDocument } from '../../support/document.ts';
import { finished, program, runDiskwhy, startDiskwhy } from '../../support/diskwhy.ts';
import { startHolder } from '../../support/holder.ts';
import { loopDisk, mountTmpfs, writeExt4Image } from '../../support/mounted.ts';
import { CONTROL_C, onTerminal } from '../../support/pseudo-terminal.ts';
import {
  NOBODY,
  needsLinux,
  needsLoopDisk,
  needsMount,
  needsOtherUser,
  needsRoot,
  needsTool,
  unless,
} from '../../support/requirements.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { buildTree, directory, file } from '../../support/tree.ts';
import type { TreeDescription } from '../../support/tree.ts';

const OLD = '5 days ago';
/** A machine may hide processes even from root; what is held is seen where it matters here. */
const BY_MTIME = ['--older', '2d', '--age-by', 'mtime', '--min-size', '0', '--assume-unused'] as const;

/** A folder with the temp directory `tmp`, all of it five days old by modification, and a place for the journal. */
async function stale(description: TreeDescription) {
  const folder = tempFolder();
  const root = `${folder.path}/tmp`;
  await buildTree(root, description);
  execFileSync('find', [root, '-depth', '-exec', 'touch', '-h', '-d', OLD, '{}', '+']);
  const options = { env: { XDG_STATE_HOME: `${folder.path}/state`, HOME: folder.path } };
  return {
    root,
    options,
    folder: folder.path,
    run: async (...args: readonly string[]) => await runDiskwhy(['tmp', ...args], options),
    journal: () =>
      readdirSync(`${folder.path}/state/diskwhy/journal`).map((name) =>
        readFileSync(`${folder.path}/state/diskwhy/journal/${name}`, 'utf8'),
      ),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

interface TmpJson {
  readonly schema: string;
  readonly dryRun: boolean;
  readonly units: readonly {
    readonly path: string;
    readonly verdict: string;
    readonly outcome: string | null;
    readonly freeableBytes: number;
    readonly outcomeDetail?: { readonly obstacle: { readonly kind: string; readonly text: string } | null };
  }[];
  readonly totals: Readonly<Record<'deletableBytes' | 'freedBytes' | 'measuredFreedBytes', number>>;
}

suite('diskwhy tmp', { skip: needsLinux }, () => {
  test('reports, and changes nothing', async () => {
    using place = await stale({ build: directory({ a: file(5000) }), 'two\nlines': file(10) });
    const { code, stdout, stderr } = await place.run(place.root, ...BY_MTIME);
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /DELETABLE .* 2 entries, unused for 2 days or more/u);
    assert.match(stdout, /two\\nlines/u);
    assert.match(stdout, /Nothing was deleted\. {2}diskwhy tmp .* --delete {2}removes the 2 entries\./u);
    assert.ok(existsSync(`${place.root}/build/a`));
    assert.ok(!existsSync(`${place.folder}/state`));
  });

  test('--delete without a terminal deletes what is deletable and says what it kept', async () => {
    using place = await stale({ build: directory({ a: file(50_000) }), held: file(10), fresh: file(10) });
    appendFileSync(`${place.root}/fresh`, 'new');
    using holder = await startHolder('exec 5<"$1"', [`${place.root}/held`]);
    const { code, stdout, stderr } = await place.run(place.root, ...BY_MTIME, '--delete');
    assert.deepEqual([code, stderr], [0, '']);
    assert.deepEqual(readdirSync(place.root).toSorted(), ['fresh', 'held']);
    assert.match(stdout, new RegExp(`IN USE[^]*held .*pid ${holder.pid}`, 'u'));
    assert.match(stdout, /TOO NEW[^]*fresh/u);
    assert.match(stdout, /DELETED 1 entry \(2 names\): freed /u);
    const [journal] = place.journal();
    assert.deepEqual(
      journal
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { type: string }).type),
      ['run', 'intent', 'begun', 'outcome', 'end'],
    );
  });

  test('--dry-run wins over --delete --yes, and writes nothing', async () => {
    using place = await stale({ build: directory({ a: file(10) }) });
    const { code, stdout } = await place.run(place.root, ...BY_MTIME, '--delete', '--yes', '--dry-run');
    assert.equal(code, 0);
    assert.match(stdout, /DRY RUN: 1 entry, .* would go\. Nothing was deleted\./u);
    assert.ok(existsSync(`${place.root}/build/a`));
    assert.ok(!existsSync(`${place.folder}/state`));
  });

  test('--keep keeps', async () => {
    using place = await stale({ 'a.iso': file(10), b: file(10) });
    const { code } = await place.run(place.root, ...BY_MTIME, '--delete', '--keep', '*.iso');
    assert.deepEqual([code, readdirSync(place.root)], [0, ['a.iso']]);
  });

  test('a plan deletes exactly what it says, and reports each entry that changed', async () => {
    using place = await stale({
      one: directory({ a: file(10), b: file(10) }),
      two: directory({ a: file(10) }),
    });
    const plan = await place.run(place.root, ...BY_MTIME, '--json');
    assert.equal(plan.code, 0);
    writeFileSync(`${place.folder}/plan.json`, plan.stdout);
    appendFileSync(`${place.root}/one/a`, 'more');
    execFileSync('touch', ['-d', OLD, `${place.root}/one/a`]);
    await buildTree(`${place.root}/later`, { a: file(10) });
    execFileSync('find', [`${place.root}/later`, '-exec', 'touch', '-d', OLD, '{}', '+']);
    const { code, stdout, stderr } = await place.run('--apply', `${place.folder}/plan.json`);
    assert.deepEqual([code, stderr], [3, '']);
    assert.deepEqual(readdirSync(place.root).toSorted(), ['later', 'one']);
    assert.match(stdout, /changed: \S+\/one: it changed since it was judged\n {4}changed: \S+\/one\/a\n/u);
    const json = await place.run('--apply', `${place.folder}/plan.json`, '--json');
    assert.equal(json.code, 3);
    writeFileSync(`${place.folder}/plan.json`, '{}');
    const bad = await place.run('--apply', `${place.folder}/plan.json`);
    assert.deepEqual([bad.code, bad.stdout], [2, '']);
    assert.match(bad.stderr, /is no plan/u);
  });

  test(
    'a plan that others can write, or that is no plan of ours, is not obeyed',
    { skip: needsRoot },
    async () => {
      using place = await stale({ one: file(10) });
      const plan = (await place.run(place.root, ...BY_MTIME, '--json')).stdout;
      const plans = `${place.folder}/plans`;
      mkdirSync(plans);
      const written = `${plans}/plan.json`;
      writeFileSync(written, plan);
      const refused = async (): Promise<string> => {
        const { code, stdout, stderr } = await place.run('--apply', written, '--yes');
        assert.deepEqual([code, stdout, existsSync(`${place.root}/one`)], [2, '', true]);
        assert.match(stderr, /^diskwhy: [^\n]*\n$/u);
        return stderr;
      };
      chmodSync(written, 0o620);
      assert.match(await refused(), /written by others/u);
      chmodSync(written, 0o600);
      chmodSync(plans, 0o777);
      assert.match(await refused(), /its directory/u);
      chmodSync(plans, 0o700);
      chownSync(written, 12_345, 0);
      assert.match(await refused(), /somebody else/u);
      chownSync(written, 0, 0);
      writeFileSync(written, '['.repeat(30_000));
      assert.match(await refused(), /is no plan: it is nested deeper/u);
      writeFileSync(written, plan);
      assert.equal((await place.run('--apply', written, '--yes')).code, 0);
      assert.ok(!existsSync(`${place.root}/one`));
    },
  );

  test('quarantine and restore', async () => {
    using place = await stale({ one: directory({ a: file(10) }), two: file(10) });
    const moved = await place.run(place.root, ...BY_MTIME, '--delete', '--quarantine');
    assert.equal(moved.code, 0);
    assert.match(moved.stdout, /MOVED ASIDE: 2 entries\.[^]*Nothing is freed/u);
    const run = /--restore (\S+)/u.exec(moved.stdout)![1];
    assert.ok(!existsSync(`${place.root}/one`));
    const back = await place.run('--restore', run);
    assert.deepEqual([back.code, back.stdout, back.stderr], [0, 'RESTORED 2 entries.\n', '']);
    assert.deepEqual(readdirSync(place.root).toSorted(), ['one', 'two']);
  });

  test('with nobody to ask and nobody to be told, --delete takes --yes', async () => {
    using place = await stale({ one: file(10) });
    const args = [program, 'tmp', place.root, ...BY_MTIME, '--delete'];
    const run = (more: readonly string[]): number | null =>
      spawnSync(process.execPath, [...args, ...more], { stdio: 'ignore', env: place.options.env }).status;
    assert.deepEqual([run([]), existsSync(`${place.root}/one`)], [2, true]);
    assert.deepEqual([run(['--yes']), existsSync(`${place.root}/one`)], [0, false]);
  });

  test('what was set aside is no prey of later runs, and goes by --purge only', async () => {
    using place = await stale({ inner: directory({ one: directory({ a: file(10) }) }), two: file(10) });
    const journal = `${place.folder}/my journal`;
    const aside = [...BY_MTIME, '--delete', '--quarantine', '--journal', journal];
    assert.equal((await place.run(`${place.root}/inner`, ...aside)).code, 0);
    // A second run goes on in the same journal.
    const second = await place.run(place.root, ...aside);
    execFileSync('find', [place.root, '-depth', '-exec', 'touch', '-h', '-d', OLD, '{}', '+']);
    const undo = /^ {2}diskwhy (tmp .*--restore .*)$/mu.exec(second.stdout)![1];
    const next = await place.run(place.root, ...BY_MTIME, '--delete', '--yes');
    assert.match(next.stdout, /an earlier run has set something/u);
    assert.equal((await place.run(`${place.root}/inner`, ...BY_MTIME, '--delete')).code, 0);
    const list = await place.run('--quarantined', '--journal', journal, '--json');
    const { units } = JSON.parse(list.stdout) as { units: { path: string; run: string; place: string }[] };
    assert.deepEqual(
      units.map((unit) => unit.path),
      [`${place.root}/inner/one`, `${place.root}/two`],
    );
    for (const unit of units) assert.ok(existsSync(unit.place));
    const shell = `${process.execPath} ${program} ${undo}`;
    execFileSync('sh', ['-c', shell], { env: place.options.env, stdio: 'ignore' });
    assert.ok(existsSync(`${place.root}/two`));
    const young = await place.run('--purge', '1h', '--journal', journal, '--yes', '--json');
    assert.deepEqual([young.code, existsSync(units[0].place)], [0, true]);
    const old = await place.run('--purge', '0', '--journal', journal, '--yes');
    assert.match(old.stdout, /^DELETED 1 entry for good/u);
    assert.ok(!existsSync(units[0].place));
    assert.equal((await place.run(place.root, ...aside)).code, 0);
    const again = await place.run('--quarantined', '--journal', journal, '--json');
    const [third] = (JSON.parse(again.stdout) as { units: typeof units }).units;
    // Somebody goes on working on it where it lies: it is not what was set aside any more.
    const [content, { mtime, atime }] = [readFileSync(third.place), statSync(third.place)];
    writeFileSync(third.place, content);
    const worked = await place.run('--purge', third.run, '--journal', journal, '--yes');
    assert.match(worked.stdout, /not deleted: .*it was written to since it was set aside/u);
    assert.ok(existsSync(third.place));
    utimesSync(third.place, atime, mtime);
    const purged = await place.run('--purge', third.run, '--journal', journal, '--json');
    assert.equal(purged.code, 0);
    assert.ok(!existsSync(third.place));
    assert.deepEqual(readdirSync(`${place.root}/inner`), []);
    const left = await place.run('--quarantined', '--journal', journal);
    assert.equal(left.stdout, 'Nothing is in quarantine.\n');
  });

  test('--json after a delete: outcomes and totals', async () => {
    using place = await stale({ one: directory({ a: file(100_000) }) });
    const { code, stdout } = await place.run(place.root, ...BY_MTIME, '--delete', '--json');
    assert.equal(code, 0);
    const json = readDocument(stdout) as TmpJson;
    assert.deepEqual([json.schema, json.dryRun], ['diskwhy/tmp@2', false]);
    assert.deepEqual(
      json.units.map(({ verdict, outcome }) => [verdict, outcome]),
      [['deletable', 'deleted']],
    );
    assert.equal(json.totals.freedBytes, json.units[0].freeableBytes);
  });

  test('wrong usage is one line and exit 2', async () => {
    using place = await stale({ one: file(10) });
    for (const [args, message] of [
      [['--older', 'soon'], /--older soon: not an age/u],
      [['--older', '7'], /--older 7: not an age/u],
      [['--age-by', 'ptime'], /--age-by ptime: must be a list of mtime/u],
      [['--quarantine'], /add --delete/u],
      [['--apply', 'x', '--older', '2d'], /leave out --older/u],
      [['--restore', 'x', '--delete'], /takes nothing else/u],
      [['--restore', 'x', '--older', '2d'], /takes nothing else/u],
      [['--older', '1M'], /--older 1M: month or minute\? write 1mo or 1m/u],
      [['--delete', '--'], /none follows/u],
      [['--restore', 'no-such-run'], /no such file/u],
      [['--apply', '/no/plan'], /no such file/u],
      [[`${place.root}/missing`], /missing/u],
    ] as const) {
      const { code, stdout, stderr } = await place.run(...args);
      assert.deepEqual([code, stdout], [2, ''], stderr);
      assert.match(stderr, /^diskwhy: [^\n]*\n$/u);
      assert.match(stderr, message);
    }
    assert.ok(existsSync(`${place.root}/one`));
  });

  test(
    'what cannot be deleted is told, with exit 3',
    { skip: unless(needsMount, needsTool('chattr')) },
    async () => {
      using place = await stale({ one: directory({ a: file(10) }), two: file(10) });
      execFileSync('chattr', ['+i', `${place.root}/one/a`]);
      try {
        const { code, stdout } = await place.run(place.root, ...BY_MTIME, '--delete');
        assert.match(stdout, /one/u);
        assert.ok(existsSync(`${place.root}/one/a`) && !existsSync(`${place.root}/two`));
        // Kept by the judge already, or by the guard.
        assert.equal(code, /NOT DELETED/u.test(stdout) ? 3 : 0);
      } finally {
        execFileSync('chattr', ['-i', `${place.root}/one/a`]);
      }
    },
  );

  test(
    'an ordinary user: a read-only directory of his own stays whole',
    { skip: needsOtherUser },
    async () => {
      using place = await stale({
        one: directory({ d: directory({ a: file(10) }) }),
        two: directory({ a: file(10) }),
      });
      execFileSync('chown', ['-R', String(NOBODY.uid), place.folder]);
      chmodSync(`${place.root}/one/d`, 0o555);
      const { code, stdout } = await runDiskwhy(
        ['tmp', place.root, ...BY_MTIME, '--delete', '--assume-unused'],
        {
          ...place.options,
          ...NOBODY,
        },
      );
      assert.ok(existsSync(`${place.root}/one/d/a`), stdout);
      assert.ok(!existsSync(`${place.root}/two`), stdout);
      assert.equal(code, /NOT DELETED/u.test(stdout) ? 3 : 0);
    },
  );

  test(
    'freed as counted is freed as measured; other names elsewhere give nothing',
    { skip: needsLoopDisk('ext4') },
    async () => {
      using disk = loopDisk('ext4', { megabytes: 64 });
      using folder = tempFolder();
      await buildTree(`${disk.path}/tmp`, {
        one: directory({ a: file(10_000_000) }),
        two: directory({ b: file(5_000_000) }),
      });
      linkSync(`${disk.path}/tmp/two/b`, `${disk.path}/kept`);
      truncateSync(`${disk.path}/kept`, 5_000_000);
      execFileSync('find', [`${disk.path}/tmp`, '-depth', '-exec', 'touch', '-h', '-d', OLD, '{}', '+']);
      execFileSync('sync');
      const before = statfsSync(disk.path);
      const { stdout } = await runDiskwhy(['tmp', `${disk.path}/tmp`, ...BY_MTIME, '--delete', '--json'], {
        env: { XDG_STATE_HOME: `${folder.path}/state` },
      });
      const after = statfsSync(disk.path);
      const { totals } = readDocument(stdout) as TmpJson;
      assert.equal(totals.freedBytes, totals.deletableBytes);
      assert.equal(totals.freedBytes, totals.measuredFreedBytes);
      assert.equal((after.bfree - before.bfree) * after.bsize, totals.freedBytes);
    },
  );

  test('tmpfs: frees memory, not disk', { skip: needsMount }, async () => {
    using folder = tempFolder();
    mkdirSync(`${folder.path}/tmp`);
    using memory = mountTmpfs(`${folder.path}/tmp`);
    await buildTree(`${memory.path}/one`, { a: file(10) });
    const { code, stdout } = await runDiskwhy(['tmp', memory.path, '--older', '2d', '--min-size', '0']);
    assert.equal(code, 0);
    assert.match(stdout, /tmpfs .* deleting here frees memory, not disk/u);
  });

  test('a journal that cannot be written stops it before it begins', { skip: needsMount }, async () => {
    using place = await stale({ one: file(10) });
    mkdirSync(`${place.folder}/full`);
    using full = mountTmpfs(`${place.folder}/full`, 'size=4k');
    writeFileSync(`${full.path}/ballast`, Buffer.alloc(4096));
    const journal = ['--journal', `${full.path}/journal`];
    const stopped = await place.run(place.root, ...BY_MTIME, '--delete', ...journal);
    assert.equal(stopped.code, 2);
    assert.match(stopped.stderr, /no space left on device.*--no-journal/u);
    assert.ok(existsSync(`${place.root}/one`));
    const without = await place.run(place.root, ...BY_MTIME, '--delete', '--no-journal');
    assert.deepEqual([without.code, existsSync(`${place.root}/one`)], [0, false]);
    assert.doesNotMatch(without.stdout, /journal/u);
  });

  suite('on a terminal', { skip: needsTool('script') }, () => {
    for (const [answer, gone] of [
      ['y\r', true],
      ['\r', false],
      ['n\r', false],
      [CONTROL_C, false],
    ] as const) {
      test(`asks once: ${JSON.stringify(answer)}`, async () => {
        using place = await stale({ one: directory({ a: file(10) }) });
        const session = onTerminal(
          ['tmp', place.root, ...BY_MTIME, '--delete', '--no-color'],
          place.options.env,
        );
        await session.shows('[y/N]');
        session.type(answer);
        const { code, output } = await session.finished();
        assert.match(output, /Delete 1 entry \(\S+ KiB\)\? \[y\/N\]/u);
        assert.equal(existsSync(`${place.root}/one`), !gone);
        assert.equal(code, answer === CONTROL_C ? 130 : 0);
        assert.match(output, gone ? /DELETED 1 entry/u : /Nothing was deleted/u);
      });
    }

    test('asks as well where its messages are thrown away', async () => {
      for (const [answer, gone] of [
        ['n\r', false],
        ['y\r', true],
      ] as const) {
        using place = await stale({ one: file(10) });
        const args = ['tmp', place.root, ...BY_MTIME, '--delete'];
        const session = onTerminal(args, place.options.env, '2>/dev/null');
        await session.shows('[y/N]');
        session.type(answer);
        assert.equal((await session.finished()).code, 0);
        assert.equal(existsSync(`${place.root}/one`), !gone);
      }
    });

    test('--yes does not ask', async () => {
      using place = await stale({ one: file(10) });
      const session = onTerminal(['tmp', place.root, ...BY_MTIME, '--delete', '--yes'], place.options.env);
      const { code, output } = await session.finished();
      assert.deepEqual([code, existsSync(`${place.root}/one`)], [0, false]);
      assert.doesNotMatch(output, /y\/N/u);
    });
  });

  suite('stopped in the middle, a second run finishes it', () => {
    for (const signal of ['SIGINT', 'SIGKILL'] as const)
      test(signal, async () => {
        // A fast machine may be done before the signal comes: then with more of them.
        for (let count = 30_000; !(await stoppedAndFinished(signal, count)); count *= 3)
          assert.ok(count < 1_000_000, 'never stopped in the middle');
      });
  });

  test(
    'verbatim from a script: stale and fresh, used and unused, own and foreign',
    { skip: unless(needsLoopDisk('ext4'), needsTool('debugfs', 'unshare')) },
    async () => {
      using folder = tempFolder();
      const image = `${folder.path}/image`;
      const big = Buffer.alloc(2 * 2 ** 20, 'x');
      const all = [
        'stale',
        'stale-dir/a',
        'used',
        'foreign',
        'small',
        'fresh',
        'half-fresh/old',
        'half-fresh/new',
      ];
      const old = `@${Math.floor(Date.now() / 1000 - 40 * 86_400)}`;
      const aged = [...all.filter((name) => !/fresh$|new$/u.test(name)), 'stale-dir', 'half-fresh'];
      writeExt4Image(image, {
        megabytes: 64,
        fill: (disk) => {
          for (const name of all) {
            mkdirSync(path.dirname(`${disk}/${name}`), { recursive: true });
            writeFileSync(`${disk}/${name}`, name === 'small' ? 'x' : big);
          }
          chownSync(`${disk}/foreign`, NOBODY.uid, NOBODY.gid);
          chmodSync(disk, 0o777);
        },
        edits: aged.flatMap((name) =>
          ['atime', 'mtime', 'ctime', 'crtime'].map((field) => `set_inode_field /${name} ${field} ${old}`),
        ),
      });
      // The checkout may lie in /tmp itself.
      const checkout = path.resolve(import.meta.dirname, '../../..');
      const node = process.execPath.startsWith(checkout)
        ? process.execPath.replace(checkout, '/mnt/checkout')
        : process.execPath;
      const script = `
        set -e
        mount -t tmpfs none /mnt; mkdir /mnt/checkout /mnt/home /mnt/empty; mount --bind '${checkout}' /mnt/checkout
        mount --bind /mnt/empty /var/tmp
        cp --sparse=always '${image}' /mnt/image; mount -o loop /mnt/image /tmp
        # The default places of this very machine: out of sight, and the rest of it out of reach.
        for place in /var/lib /var/cache /var/log /opt /home /root /srv /dev/shm; do
          [ ! -d $place ] || mount -t tmpfs none $place
        done
        mount -o remount,bind,ro /
        ! touch /var/spool/probe 2>/dev/null
        exec 7</tmp/used
        HOME=/mnt/home XDG_STATE_HOME=/mnt/home/state '${node}' /mnt/checkout/bin/diskwhy.js tmp --older 2d --delete && echo "exit 0"
        ls /tmp`;
      const stdout = execFileSync('unshare', ['-m', 'sh', '-c', script], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const left = stdout.slice(stdout.indexOf('exit 0')).trim().split('\n').slice(1).toSorted();
      assert.deepEqual(left, ['foreign', 'fresh', 'half-fresh', 'lost+found', 'small', 'used'], stdout);
      assert.match(stdout, /IN USE[^]*used/u);
      assert.match(stdout, /PROTECTED[^]*foreign/u);
      assert.match(stdout, /TOO NEW[^]*half-fresh/u);
      assert.match(stdout, /DELETED 2 entries/u);
    },
  );
});

/** False where so many files were gone before the signal came. */
async function stoppedAndFinished(signal: 'SIGINT' | 'SIGKILL', count: number): Promise<boolean> {
  const files = Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, file(0)]));
  using place = await stale({ big: directory({ d: directory(files) }), next: file(10) });
  const args = ['tmp', place.root, ...BY_MTIME, '--delete'];
  using child = startDiskwhy(args, place.options);
  const end = finished(child);
  await inTheMiddle(child, `${place.root}/big/d`);
  child.kill(signal);
  const { code, stdout, signal: killed } = await end;
  if (!existsSync(`${place.root}/big/d`)) return false;
  const left = readdirSync(`${place.root}/big/d`).length;
  if (left === 0) return false;
  const journal = place.journal()[0];
  if (signal === 'SIGINT') {
    assert.equal(code, 130);
    assert.match(stdout, /Interrupted/u);
    assert.match(journal, new RegExp(`"kind":"interrupted"`, 'u'));
    assert.match(journal, new RegExp(`"removedEntries":${count - left}\\b`, 'u'));
  } else {
    assert.equal(killed, 'SIGKILL');
    assert.equal(journal.match(/"type":"begun"/gu)?.length, 1);
    assert.doesNotMatch(journal, /"type":"outcome"/u);
  }
  assert.ok(existsSync(`${place.root}/next`));
  const again = await place.run(...args.slice(1));
  assert.deepEqual([again.code, readdirSync(place.root)], [0, []], again.stdout);
  return true;
}

/** Resolves when something of the directory is gone or the process ended; looked at without opening it, which would be a use of it. */
async function inTheMiddle(child: ChildProcess, directoryPath: string): Promise<void> {
  const before = lstatSync(directoryPath).mtimeMs;
  while (child.exitCode === null && child.signalCode === null) {
    if (lstatSync(directoryPath, { throwIfNoEntry: false })?.mtimeMs !== before) return;
    await nextTurn();
  }
}
