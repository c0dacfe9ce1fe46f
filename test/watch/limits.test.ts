/** What a watch does where it may not watch: few inotify watches, places that vanish or close, growth that nothing shows. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { loopDisk, mountTmpfs } from '../support/mounted.ts';
import {
  NOBODY,
  needsLoopDisk,
  needsMount,
  needsOtherUser,
  needsTool,
  unless,
} from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { WatchRun } from '../support/watch-run.ts';
import { WrittenLog } from '../support/written-log.ts';

const MIB = 2 ** 20;

/** In a user namespace of its own, which may have so many watches and no fanotify. */
const withWatches = (most: number): readonly string[] => [
  'unshare',
  '--user',
  '--map-root-user',
  'sh',
  '-c',
  `echo ${most} > /proc/sys/user/max_inotify_watches && exec "$@"`,
  'sh',
];

// Most of their time is spent waiting.
suite('limits', { concurrency: 4 }, () => {
  for (const most of [64, 0]) {
    test(
      `with ${most} inotify watches it sweeps, and says so`,
      { skip: unless(needsMount, needsTool('unshare')) },
      async () => {
        using folder = tempFolder();
        for (let directory = 0; directory < 200; directory++) {
          mkdirSync(`${folder.path}/${directory}`);
          writeFileSync(`${folder.path}/${directory}/app.log`, 'old\n');
        }
        await using watch = new WatchRun([folder.path], { under: withWatches(most) });
        const ready = await watch.ready();
        assert.ok(ready.watched <= most);
        assert.ok(ready.sources.includes('sweep'));
        const notice = await watch.until(({ type }) => type === 'notice');
        assert.ok(notice.type === 'notice' && /watches/u.test(notice.notice.kind));
        const log = `${folder.path}/150/app.log`;
        using writer = new WrittenLog(log, 2 * MIB);
        await writer.writing();
        await watch.growth('alarm', log);
        await watch.stop();
        assert.equal(watch.events.filter(({ type }) => type === 'notice').length, 1);
        assert.deepEqual(watch.leftBehind, []);
      },
    );
  }

  test('a watched place that goes away leaves the others watched', { skip: needsMount }, async () => {
    using folder = tempFolder();
    using stays = tempFolder();
    mkdirSync(`${folder.path}/disk`);
    mkdirSync(`${folder.path}/deleted`);
    using _below = mountTmpfs(`${folder.path}/disk`);
    mkdirSync(`${folder.path}/disk/mounted`);
    const mounted = `${folder.path}/disk/mounted`;
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', mounted]);
    await using watch = new WatchRun([mounted, `${folder.path}/deleted`, stays.path]);
    await watch.ready();
    rmSync(`${folder.path}/deleted`, { recursive: true });
    await watch.until((event) => event.type === 'notice' && event.path === `${folder.path}/deleted`);
    // Not lazily: a watch must not hold it.
    execFileSync('umount', [mounted]);
    const notice = await watch.until((event) => event.type === 'notice' && event.path === mounted);
    assert.deepEqual(notice.type === 'notice' && notice.notice, { kind: 'root-lost', trouble: 'unmounted' });
    using writer = new WrittenLog(`${stays.path}/app.log`, 2 * MIB);
    await writer.writing();
    await watch.growth('alarm', `${stays.path}/app.log`);
    await watch.stop();
  });

  test(
    'a directory that is closed to the user leaves the others watched',
    { skip: unless(needsMount, needsOtherUser) },
    async () => {
      using folder = tempFolder();
      for (const name of ['closed', 'open']) mkdirSync(`${folder.path}/${name}`);
      await using watch = new WatchRun([`${folder.path}/closed`, `${folder.path}/open`], NOBODY);
      await watch.ready();
      chmodSync(`${folder.path}/closed`, 0);
      await watch.until((event) => event.type === 'notice' && event.path === `${folder.path}/closed`);
      using writer = new WrittenLog(`${folder.path}/open/app.log`, 2 * MIB);
      await writer.writing();
      await watch.growth('alarm', `${folder.path}/open/app.log`);
      await watch.stop();
      assert.equal(watch.events.filter(({ type }) => type === 'notice').length, 1);
    },
  );

  test(
    'growth outside the watched paths is told as growth that no watched file explains',
    { skip: needsLoopDisk('ext4') },
    async () => {
      using disk = loopDisk('ext4', { megabytes: 128 });
      mkdirSync(`${disk.path}/watched`);
      await using watch = new WatchRun([`${disk.path}/watched`]);
      await watch.ready();
      using writer = new WrittenLog(`${disk.path}/elsewhere.log`, 3 * MIB);
      await writer.writing();
      const event = await watch.until(({ type }) => type === 'unexplained-growth');
      assert.ok(event.type === 'unexplained-growth' && event.grownBytes > 10 * MIB);
      assert.ok(
        event.clues.some((clue) => clue.kind === 'outside-file' && clue.path.endsWith('/elsewhere.log')),
      );
      const { alarms, explainedBytes } = await watch.stop();
      assert.equal(alarms, 1);
      assert.ok(explainedBytes < MIB);
    },
  );

  test(
    'a log replaced where only sweeps look is found again',
    { skip: unless(needsMount, needsTool('unshare')) },
    async () => {
      using folder = tempFolder();
      const log = `${folder.path}/app.log`;
      await using watch = new WatchRun([folder.path], { under: withWatches(0) });
      await watch.ready();
      using writer = new WrittenLog(log, 2 * MIB);
      await writer.writing();
      await watch.growth('alarm', log);
      renameSync(log, `${log}.1`);
      await writer.reopen();
      await watch.growth('rotated', log);
      await pause(1500);
      const written = await writer.end();
      const { top } = await watch.stop();
      const grown = top.find(({ path }) => path === log)?.grownBytes ?? 0;
      assert.ok(Math.abs(grown - written) <= written * 0.05, `${grown} of ${written}`);
    },
  );

  for (const { who, run, skip } of [
    { who: 'fanotify', run: {}, skip: needsMount },
    { who: 'inotify', run: NOBODY, skip: unless(needsMount, needsOtherUser) },
  ]) {
    test(`more changes than ${who} keeps are found by sweeping`, { skip }, async () => {
      using folder = tempFolder();
      using disk = mountTmpfs(folder.path, 'size=256m');
      await using watch = new WatchRun([disk.path], run);
      await watch.ready();
      // Watched for sure once a change was seen.
      using writer = new WrittenLog(`${disk.path}/app.log`, 2 * MIB);
      await writer.writing();
      await watch.growth('alarm', `${disk.path}/app.log`);
      process.kill(watch.pid, 'SIGSTOP');
      const files = 20_000;
      execFileSync('perl', [
        '-e',
        'for (1 .. $ARGV[1]) { open(F, ">", "$ARGV[0]/file-$_"); print F "tiny"; close F }',
        disk.path,
        String(files),
      ]);
      process.kill(watch.pid, 'SIGCONT');
      await watch.until((event) => event.type === 'notice' && event.notice.kind.endsWith('-overflow'));
      await pause(4000);
      await writer.end();
      const { top } = await watch.stop();
      const grown = top.find(({ what }) => what === 'directory')?.grownBytes ?? 0;
      assert.ok(Math.abs(grown - files * 4096) <= files * 4096 * 0.05, `${grown} of ${files * 4096}`);
    });
  }

  test('what is excluded is not told', { skip: needsMount }, async () => {
    using folder = tempFolder();
    mkdirSync(`${folder.path}/cache`);
    await using watch = new WatchRun([folder.path], { exclude: ['cache', '*.tmp'] });
    await watch.ready();
    using inside = new WrittenLog(`${folder.path}/cache/inside.log`, 2 * MIB);
    using scratch = new WrittenLog(`${folder.path}/scratch.tmp`, 2 * MIB);
    using told = new WrittenLog(`${folder.path}/told.log`, 2 * MIB);
    await Promise.all([inside, scratch, told].map(async (writer) => writer.writing()));
    await watch.growth('alarm', `${folder.path}/told.log`);
    await pause(1000);
    const { top } = await watch.stop();
    assert.deepEqual(
      top.map(({ path }) => path),
      [`${folder.path}/told.log`],
    );
  });
});
