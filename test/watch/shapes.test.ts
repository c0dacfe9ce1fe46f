/** Growth of every other shape: loops of brief processes, swarms of small files, holes, replaced files, new directories. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { loopDisk, mountTmpfs } from '../support/mounted.ts';
import {
  NOBODY,
  needsLinux,
  needsLoopDisk,
  needsMount,
  needsOtherUser,
  unless,
} from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { WatchRun } from '../support/watch-run.ts';
import { WrittenLog } from '../support/written-log.ts';

const MIB = 2 ** 20;

/** A process that does something over and over until it is disposed of. */
function repeating(script: string, ...args: readonly string[]): Disposable & { readonly pid: number } {
  const child = spawn('sh', ['-c', script, 'sh', ...args], { stdio: 'ignore' });
  return { pid: child.pid!, [Symbol.dispose]: () => void child.kill('SIGKILL') };
}

const users = [
  { who: 'root', run: {}, skip: needsMount },
  { who: 'an ordinary user', run: NOBODY, skip: unless(needsMount, needsOtherUser) },
] as const;

// Most of their time is spent waiting.
suite('shapes of growth', { concurrency: 4 }, () => {
  for (const { who, run, skip } of users) {
    test(
      `a loop of brief processes is announced within three seconds, to ${who}`,
      { skip },
      async (context) => {
        using folder = tempFolder();
        const log = `${folder.path}/app.log`;
        writeFileSync(log, 'what was there before\n'.repeat(10_000));
        await using watch = new WatchRun([folder.path], run);
        await watch.ready();
        const startedAt = Date.now() / 1000;
        using _loop = repeating('while :; do head -c 65536 /dev/zero >> "$1"; sleep 0.02; done', log);
        const alarm = await watch.growth('alarm', log);
        context.diagnostic(`announced ${(alarm.at - startedAt).toFixed(2)} s after it began`);
        assert.ok(alarm.bytesPerSecond >= MIB * 0.9);
      },
    );

    test(`many small new files are an alarm of their directory, to ${who}`, { skip }, async () => {
      using folder = tempFolder();
      mkdirSync(`${folder.path}/spool`);
      await using watch = new WatchRun([folder.path], run);
      await watch.ready();
      using swarm = repeating(
        `exec perl -e 'use Time::HiRes qw(sleep time); $t = time; while (1) { while ($n < (time - $t) * 2000) { open(F, ">", "$ARGV[0]/" . $n++); print F "tiny"; close F } sleep 0.01 }' "$1"`,
        `${folder.path}/spool`,
      );
      const alarm = await watch.growth('alarm', `${folder.path}/spool`);
      assert.equal(alarm.what, 'directory');
      assert.ok(alarm.filesPerSecond > 50, `${alarm.filesPerSecond} files a second`);
      process.kill(swarm.pid, 'SIGSTOP');
      const files =
        Number(
          execFileSync('sh', ['-c', 'ls -f "$0" | wc -l', `${folder.path}/spool`], { encoding: 'latin1' }),
        ) - 2;
      await pause(500);
      const { top } = await watch.stop();
      const grown = top.find(({ what }) => what === 'directory')?.grownBytes ?? 0;
      assert.ok(Math.abs(grown - files * 4096) < files * 4096 * 0.05, `${grown} of ${files * 4096}`);
      assert.ok(watch.events.every((event) => event.type !== 'alarm' || event.path === alarm.path));
    });

    test(`a log in a directory made later is seen, by ${who}`, { skip }, async () => {
      using folder = tempFolder();
      await using watch = new WatchRun([folder.path], run);
      await watch.ready();
      mkdirSync(`${folder.path}/a/b/c`, { recursive: true });
      chmodSync(`${folder.path}/a`, 0o755);
      using writer = new WrittenLog(`${folder.path}/a/b/c/new.log`, 2 * MIB);
      await writer.writing();
      await watch.growth('alarm', `${folder.path}/a/b/c/new.log`);
      await pause(1000);
      const written = await writer.end();
      const { top } = await watch.stop();
      assert.ok(
        Math.abs(top[0].grownBytes - written) <= written * 0.05,
        `${top[0].grownBytes} of ${written}`,
      );
    });
  }

  test(
    'what is replaced, linked again or made and deleted at once is no alarm',
    { skip: needsLinux },
    async () => {
      using folder = tempFolder();
      const state = `${folder.path}/state.json`;
      await using watch = new WatchRun([folder.path]);
      await watch.ready();
      for (let round = 0; round < 60; round++) {
        writeFileSync(`${state}.new`, Buffer.alloc(MIB / 4, 'x'));
        renameSync(`${state}.new`, state);
        for (let file = 0; file < 20; file++)
          writeFileSync(`${folder.path}/brief-${file}`, Buffer.alloc(20_000));
        for (let file = 0; file < 20; file++) rmSync(`${folder.path}/brief-${file}`);
        await pause(50);
      }
      linkSync(state, `${folder.path}/second-name`);
      await pause(500);
      await watch.stop();
      assert.deepEqual(
        watch.events.filter(({ type }) => type === 'alarm'),
        [],
      );
    },
  );

  test(
    'space reserved ahead is not growth, space taken is explained',
    { skip: needsLoopDisk('ext4') },
    async () => {
      using disk = loopDisk('ext4', { megabytes: 128 });
      const file = `${disk.path}/database`;
      writeFileSync(file, '');
      execFileSync('fallocate', ['-n', '-l', '40M', file]);
      await using watch = new WatchRun([disk.path]);
      await watch.ready();
      execFileSync('sh', [
        '-c',
        'for i in 1 2 3 4; do fallocate -l $((i * 8))M "$0"; sleep 0.6; done',
        `${disk.path}/journal`,
      ]);
      execFileSync('dd', [
        'if=/dev/zero',
        `of=${file}`,
        'bs=1M',
        'count=30',
        'conv=notrunc,nocreat',
        'status=none',
      ]);
      await pause(1000);
      const { top, grownBytes, explainedBytes } = await watch.stop();
      const journal = top.find(({ path }) => path.endsWith('/journal'));
      assert.ok(Math.abs((journal?.grownBytes ?? 0) - 32 * MIB) < MIB, JSON.stringify(top));
      assert.ok((top.find(({ path }) => path === file)?.grownBytes ?? 0) < MIB);
      assert.ok(explainedBytes > grownBytes * 0.9);
    },
  );

  test('an inode number used again is another file', { skip: needsMount }, async () => {
    using folder = tempFolder();
    using disk = mountTmpfs(folder.path, 'size=64m,nr_inodes=16');
    await using watch = new WatchRun([disk.path]);
    await watch.ready();
    for (let round = 0; round < 5; round++) {
      writeFileSync(`${disk.path}/file-${round}`, Buffer.alloc(2 * MIB));
      await pause(300);
      rmSync(`${disk.path}/file-${round}`);
    }
    await pause(300);
    const { top } = await watch.stop();
    for (const { path, grownBytes } of top)
      assert.ok(grownBytes <= 2.1 * MIB, `${path} grew by ${grownBytes}`);
  });
});
