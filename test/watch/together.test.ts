/** Growth in many small parts: announced together, at the directory that explains it, with who writes it. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { NOBODY, needsLinux, needsOtherUser } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { WatchRun } from '../support/watch-run.ts';

const MIB = 2 ** 20;

/** A perl process that writes until it is disposed of; ready once it has made its files. */
function perl(script: string, ...args: readonly string[]): Disposable & { readonly pid: number } {
  const child = spawn('perl', ['-MTime::HiRes=sleep,time', '-e', script, ...args], { stdio: 'ignore' });
  return { pid: child.pid!, [Symbol.dispose]: () => void child.kill('SIGKILL') };
}

/** 3,000 logs in 60 directories, opened for each line; 7 MiB/s all together. */
const MANY_LOGS = `my ($dir, $n, $rate) = @ARGV; my $line = ('x' x 4095) . "\\n"; my $start = time; my $done = 0; my $i = 0;
while (1) { while ($done < (time - $start) * $rate) { my $k = $i++ % $n; my $d = $k % 60;
open(my $f, '>>', "$dir/d$d/app-$k.log"); syswrite($f, $line); close $f; $done += 4096 } sleep 0.01 }`;

/** New files of 20 kB, 100 a second, spread over 300 directories two deep. */
const MANY_FILES = `my ($dir) = @ARGV; my $data = 'y' x 20480; my $start = time; my $i = 0;
while (1) { while ($i < (time - $start) * 100) { my $k = $i++; my $a = $k % 10; my $b = int($k / 10) % 30;
open(my $f, '>', "$dir/$a/$b/m$k"); syswrite($f, $data); close $f } sleep 0.01 }`;

function bytesBelow(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
}

function makeDirectories(names: readonly string[]): void {
  for (const name of names) mkdirSync(name, { recursive: true, mode: 0o755 });
}

suite('growth in many small parts', { skip: needsLinux }, () => {
  test('3,000 logs that grow together are one alarm of their directory', async () => {
    using folder = tempFolder();
    const logs = `${folder.path}/srv/logs`;
    makeDirectories(Array.from({ length: 60 }, (_, n) => `${logs}/d${n}`));
    makeDirectories([`${folder.path}/srv/quiet`]);
    await using watch = new WatchRun([folder.path]);
    await watch.ready();
    using writer = perl(MANY_LOGS, logs, '3000', String(7 * MIB));
    const alarm = await watch.growth('alarm', logs);
    assert.equal(alarm.what, 'tree');
    // How much the writer gets done in a second is up to the machine.
    assert.ok(alarm.bytesPerSecond > 0);
    const update = await watch.growth('update', logs);
    assert.equal(update.together?.form, 'app-*.log');
    assert.ok(update.together.files > 2500 && update.together.directories === 60);
    assert.equal(update.writers[0].pid, writer.pid);
    assert.ok((update.writers[0].share ?? 0) > 0.9);
    writer[Symbol.dispose]();
    await pause(300);
    const { top } = await watch.stop();
    assert.deepEqual(
      watch.events.flatMap((event) => (event.type === 'alarm' ? [event.path] : [])),
      [logs],
    );
    assert.equal(top[0].path, logs);
    const written = bytesBelow(logs);
    assert.ok(top[0].grownBytes > 0.9 * written, `${top[0].grownBytes} of ${written}`);
    assert.ok(top.length < 100, `${top.length} rows`);
  });

  test('60 directories of which each were worth an alarm are still one', async () => {
    using folder = tempFolder();
    const logs = `${folder.path}/srv/logs`;
    makeDirectories(Array.from({ length: 60 }, (_, n) => `${logs}/d${n}`));
    await using watch = new WatchRun([folder.path], { alarmBytesPerSecond: 60 * 1024 });
    await watch.ready();
    using _writer = perl(MANY_LOGS, logs, '3000', String(7 * MIB));
    await watch.growth('update', logs);
    await watch.stop();
    assert.deepEqual(
      watch.events.flatMap((event) => (event.type === 'alarm' ? [event.path] : [])),
      [logs],
    );
  });

  for (const [who, run] of [
    ['root', {}],
    ['an ordinary user', NOBODY],
  ] as const)
    test(
      `a spool of small files over 300 directories is one alarm, to ${who}`,
      { skip: who === 'root' ? needsLinux : needsOtherUser },
      async () => {
        using folder = tempFolder();
        const spool = `${folder.path}/spool/queue`;
        makeDirectories(Array.from({ length: 300 }, (_, n) => `${spool}/${n % 10}/${Math.floor(n / 10)}`));
        await using watch = new WatchRun([folder.path], run);
        await watch.ready();
        using _writer = perl(MANY_FILES, spool);
        const alarm = await watch.growth('alarm', spool);
        assert.equal(alarm.what, 'tree');
        assert.equal(alarm.together?.form, 'm*');
        assert.equal(alarm.together.typicalBytes, 20_480);
        await watch.stop();
      },
    );
});
