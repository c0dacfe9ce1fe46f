/** Many files written to very often: totals are right, the watch stays responsive and small, and nothing is left behind. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { NOBODY, needsOtherUser, needsRoot, unless } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { notifyMarks, WatchRun } from '../support/watch-run.ts';
import { BusyLogs } from '../support/written-log.ts';

/** Sixty for the full measure. */
const SECONDS = Number(process.env['DISKWHY_LOAD_SECONDS'] ?? 5);

function residentBytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/mu.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]) * 1024;
}

const users = [
  { who: 'root', run: {}, skip: needsRoot },
  { who: 'an ordinary user', run: NOBODY, skip: unless(needsRoot, needsOtherUser) },
] as const;

for (const { who, run, skip } of users) {
  test(`10,000 appends a second to 200 files, watched by ${who}`, { skip }, async (context) => {
    using folder = tempFolder();
    await using watch = new WatchRun([folder.path], { ...run, alarmBytesPerSecond: 1e9 });
    await watch.ready();
    using logs = new BusyLogs(folder.path, 200, 10_000);
    await logs.writing();
    await pause(Math.min(5, SECONDS / 2) * 1000);
    assert.ok(who !== 'root' || notifyMarks(watch.pid).some((line) => line.startsWith('fanotify')));
    const before = residentBytes(watch.pid);
    await pause(Math.max(SECONDS - 5, SECONDS / 2) * 1000);
    const growth = residentBytes(watch.pid) - before;
    const written = await logs.end();
    await pause(500);
    const { top } = await watch.stop();
    const grown = top.reduce((sum, { grownBytes }) => sum + grownBytes, 0);
    context.diagnostic(
      `${SECONDS} s: worst stall ${Math.round(watch.worstStallMs)} ms, memory +${Math.round(growth / 1e6)} MB, ${grown} of ${written} bytes`,
    );
    assert.equal(top.filter(({ what }) => what === 'file').length, 200);
    assert.ok(Math.abs(grown - written) <= written * 0.05, `${grown} of ${written}`);
    assert.ok(growth < 60e6, `${growth} bytes of memory more`);
    assert.deepEqual(watch.leftBehind, []);
  });
}
