/** Growth of logs through what real rotations do to them: the bytes told are those written, whatever happened to the file. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { loopDisk } from '../support/mounted.ts';
import {
  NOBODY,
  needsLinux,
  needsLoopDisk,
  needsOtherUser,
  needsTool,
  unless,
} from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { WatchRun } from '../support/watch-run.ts';
import type { RunSettings } from '../support/watch-run.ts';
import { WrittenLog } from '../support/written-log.ts';

const MIB = 2 ** 20;
/** As root events come from fanotify, for others from inotify. */
const users: readonly { readonly who: string; readonly run: RunSettings; readonly skip: string | false }[] = [
  { who: 'root', run: {}, skip: needsLoopDisk('ext4') },
  { who: 'an ordinary user', run: NOBODY, skip: unless(needsLoopDisk('ext4'), needsOtherUser) },
];

function near(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) <= expected * 0.05, `${actual} is not within 5 % of ${expected}`);
}

/** One run of logrotate over one log, as cron would do it, with a state file of its own. */
function logrotate(folder: string, log: string, ...rules: readonly string[]): void {
  const config = `${folder}/logrotate.conf`;
  writeFileSync(config, `${log} {\n  su root root\n  rotate 5\n  ${rules.join('\n  ')}\n}\n`, {
    mode: 0o644,
  });
  execFileSync('logrotate', ['--force', '--state', `${folder}/state`, config]);
}

// Most of their time is spent waiting.
suite('rotations', { concurrency: 4 }, () => {
  for (const { who, run, skip } of users) {
    for (const mode of ['append', 'plain']) {
      test(
        `copytruncate, writer ${mode === 'append' ? 'with' : 'without'} O_APPEND, seen by ${who}`,
        { skip: unless(skip, needsTool('logrotate')) },
        async (context) => {
          using disk = loopDisk('ext4', { megabytes: 128 });
          using folder = tempFolder();
          const log = `${disk.path}/app.log`;
          await using watch = new WatchRun([disk.path], run);
          chmodSync(disk.path, 0o755);
          await watch.ready();
          using writer = new WrittenLog(log, 2 * MIB, mode);
          await writer.writing();
          const alarm = await watch.growth('alarm', log);
          context.diagnostic(`announced after ${alarm.sinceSeconds} s`);
          logrotate(folder.path, log, 'copytruncate');
          await watch.growth('truncated', log);
          await pause(1000);
          logrotate(folder.path, log, 'copytruncate');
          await pause(1000);
          const written = await writer.end();
          if (mode === 'plain')
            assert.ok(statSync(log).blocks * 512 < statSync(log).size / 2, 'it is sparse');
          const { top } = await watch.stop();
          near(top.find(({ path }) => path === log)?.grownBytes ?? 0, written);
          assert.ok(
            !watch.events.some((event) => event.type === 'alarm' && event.path !== log),
            'copies are no alarms',
          );
          assert.deepEqual(watch.leftBehind, []);
        },
      );
    }

    test(
      `rotation by renaming is one series, seen by ${who}`,
      { skip: unless(skip, needsTool('logrotate')) },
      async () => {
        using disk = loopDisk('ext4', { megabytes: 128 });
        using folder = tempFolder();
        const log = `${disk.path}/app.log`;
        chmodSync(disk.path, 0o755);
        await using watch = new WatchRun([disk.path], run);
        await watch.ready();
        using writer = new WrittenLog(log, 2 * MIB);
        await writer.writing();
        await watch.growth('alarm', log);
        logrotate(folder.path, log, 'create');
        // Until it is told, the writer goes on in the renamed file.
        await pause(700);
        await writer.reopen();
        await watch.growth('rotated', log);
        await pause(1000);
        logrotate(folder.path, log, 'create');
        await writer.reopen();
        await pause(1000);
        const written = await writer.end();
        const { top } = await watch.stop();
        assert.deepEqual(
          top.filter(({ what }) => what === 'file').map(({ path }) => path),
          [log],
        );
        near(top[0].grownBytes, written);
      },
    );
  }

  test(
    'a deleted log that is still written to goes on growing',
    { skip: unless(needsLinux, needsLoopDisk('ext4')) },
    async () => {
      using disk = loopDisk('ext4', { megabytes: 128 });
      const log = `${disk.path}/gone.log`;
      await using watch = new WatchRun([disk.path]);
      await watch.ready();
      using writer = new WrittenLog(log, 2 * MIB, 'unlink');
      await writer.writing();
      await watch.growth('deleted-open', log);
      await pause(2000);
      const written = await writer.end();
      const { top, grownBytes, explainedBytes } = await watch.stop();
      near(top.find(({ path }) => path === log)?.grownBytes ?? 0, written);
      assert.ok(explainedBytes > grownBytes * 0.9, `${explainedBytes} of ${grownBytes} explained`);
    },
  );

  test(
    'a file deleted before the watch began is found by its growth',
    { skip: needsLoopDisk('ext4') },
    async () => {
      using disk = loopDisk('ext4', { megabytes: 128 });
      const log = `${disk.path}/old.log`;
      using writer = new WrittenLog(log, 2 * MIB, 'unlink');
      await writer.writing();
      await pause(1700);
      await using watch = new WatchRun([disk.path]);
      await watch.ready();
      await watch.growth('alarm', log);
    },
  );
});
