/** A directory that is renamed or moved while a file in it grows: one series, under the present name, and it is told. */
import assert from 'node:assert/strict';
import { mkdirSync, renameSync } from 'node:fs';
import { suite, test } from 'node:test';
import type { GrowthEvent, WatchEvent } from '../../src/model/watch-event.ts';
import { NOBODY, needsLinux, needsOtherUser } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { WatchRun } from '../support/watch-run.ts';
import { WrittenLog } from '../support/written-log.ts';

const MIB = 2 ** 20;

function isMoved(event: WatchEvent): event is GrowthEvent {
  return event.type === 'moved';
}

suite('moves', { concurrency: 4 }, () => {
  for (const { who, run, skip } of [
    { who: 'root', run: {}, skip: needsLinux },
    { who: 'an ordinary user', run: NOBODY, skip: needsOtherUser },
  ])
    for (const [title, to] of [
      ['renamed', 'renamed'],
      ['moved deeper', 'other/deeper/app'],
    ] as const)
      test(`a directory that is ${title}, to ${who}`, { skip }, async () => {
        using folder = tempFolder();
        const before = `${folder.path}/app/logs/worker.log`;
        const after = `${folder.path}/${to}/logs/worker.log`;
        mkdirSync(`${folder.path}/app/logs`, { recursive: true });
        mkdirSync(`${folder.path}/other/deeper`, { recursive: true });
        await using watch = new WatchRun([folder.path], run);
        await watch.ready();
        // Kept open by the shell that writes: readable by the other user's watch only by its name.
        using writer = new WrittenLog(before, 2 * MIB);
        await writer.writing();
        await watch.growth('alarm', before);
        renameSync(`${folder.path}/app`, `${folder.path}/${to}`);
        const moved = await watch.until(isMoved);
        assert.equal(moved.path, after);
        assert.equal(moved.from, before);
        const update = await watch.growth('update', after);
        assert.ok(update.bytesPerSecond > MIB, `${update.bytesPerSecond}`);
        const written = await writer.end();
        const { top } = await watch.stop();
        assert.deepEqual(
          top.map(({ path }) => path),
          [after],
        );
        assert.ok(
          Math.abs(top[0].grownBytes - written) <= written * 0.05,
          `${top[0].grownBytes} of ${written}`,
        );
        assert.deepEqual(
          watch.events.filter(({ type }) => type === 'deleted-open' || type === 'rotated'),
          [],
        );
      });
});
