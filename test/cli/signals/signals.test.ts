/** Signals end the program within a second, whatever it does and whatever it waits for, and the terminal is as it was. */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { deadMount, needsFuse } from '../../support/dead-mount.ts';
import { finished, startDiskwhy } from '../../support/diskwhy.ts';
import { needsLinux } from '../../support/requirements.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** Resolves when a process waits for the mount, in the place of the one that asked it to. */
async function hasAsked(child: ChildProcess, mountPoint: string): Promise<void> {
  const asks = (pid: string): boolean =>
    readOrNone(`/proc/${pid}/cmdline`) === `stat\0-f\0--\0${mountPoint}\0` &&
    /fuse|request_wait/u.test(readOrNone(`/proc/${pid}/wchan`));
  while (child.exitCode === null && !readdirSync('/proc').some(asks)) await pause(20);
}

suite('a FUSE mount that does not answer', { skip: needsFuse(), timeout: 60_000 }, () => {
  for (const [what, args] of [
    ['explained', (dead: string) => [dead]],
    ['below it a path', (dead: string) => [`${dead}/x`, '--json']],
    ['a log in it', (dead: string) => ['log', `${dead}/x.log`]],
    ['judged', (dead: string) => ['tmp', dead, '--older', '0', '--delete', '--yes', '--no-journal']],
    ['watched', (dead: string) => ['watch', dead]],
    ['checked', (dead: string) => [dead, '--check', '--fail-if', 'used>1%']],
  ] as const)
    test(`${what}: TERM ends it`, async () => {
      using folder = tempFolder();
      await using _mount = await deadMount(`${folder.path}/dead`);
      using child = startDiskwhy([...args(`${folder.path}/dead`), '--timeout', '0']);
      const end = finished(child);
      await hasAsked(child, `${folder.path}/dead`);
      child.kill('SIGTERM');
      const { code, signal } = await end;
      assert.ok(code === 130 || signal === 'SIGTERM' || signal === 'SIGKILL', `${code} ${signal}`);
    });
});

suite('while nothing hangs', { skip: needsLinux }, () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const)
    test(`${signal} ends a watch with its summary`, async () => {
      using folder = tempFolder();
      using child = startDiskwhy(['watch', folder.path]);
      const end = finished(child);
      await once(child.stdout, 'data');
      child.kill(signal);
      const { code, stderr } = await end;
      assert.deepEqual([code, stderr], [130, '']);
    });

  test('a log that waits for more: ended, with what was read', async () => {
    using child = startDiskwhy(['log', '-']);
    const end = finished(child);
    const lines = Array.from({ length: 10_000 }, (_, i) => `2026-01-01 00:00:${10 + (i % 50)} line ${i}\n`);
    // More than a pipe holds: written when most of it was read.
    await new Promise((resolve) => child.stdin.write(lines.join(''), resolve));
    child.kill('SIGTERM');
    const { code, stdout } = await end;
    assert.equal(code, 130);
    assert.match(stdout, /[\d,]+ lines/u);
  });

  test('a reader that does not read: TERM ends it all the same', async () => {
    using folder = tempFolder();
    for (let i = 0; i < 6000; i++) writeFileSync(`${folder.path}/${'x'.repeat(200)}${i}`, 'x');
    using child = startDiskwhy([folder.path, '--json', '--top', '0']);
    // Nobody reads stdout: the report does not fit into the pipe.
    const exited = once(child, 'exit');
    await once(child.stdout, 'readable');
    child.kill('SIGTERM');
    const [code, signal] = (await exited) as [number | null, string | null];
    assert.ok(code === 130 || signal === 'SIGTERM', `${code} ${signal}`);
    child.stdout.destroy();
  });
});

function readOrNone(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
