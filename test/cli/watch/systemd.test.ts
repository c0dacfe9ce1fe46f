/** The units under a real systemd, started in namespaces of its own: ready, reloaded, killed, hung, stopped. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { needsLong, needsMount, needsTool, unless } from '../../support/requirements.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const checkout = path.resolve(import.meta.dirname, '../../..');
const skip = unless(needsLong, needsMount, needsTool('systemctl', 'nsenter', 'unshare'));

test('the units under a real systemd', { skip, timeout: 180_000 }, async () => {
  using folder = tempFolder();
  const boot = `${checkout}/test/support/systemd-boot.sh`;
  const flags = ['--mount', '--pid', '--fork', '--kill-child', '--cgroup', '--uts', '--ipc'];
  const child = spawn('unshare', [...flags, 'sh', boot, folder.path, checkout, process.execPath], {
    stdio: 'ignore',
  });
  const ended = once(child, 'close');
  try {
    /** What a command in there prints. */
    const run = (...words: string[]): string => {
      const first = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'latin1').trim();
      const into = ['-t', first, '-m', '-p', '-C', '-u', '-i', '-r'];
      return spawnSync('nsenter', [...into, ...words], { encoding: 'utf8' }).stdout.trim();
    };
    const until = async (what: string, isSo: () => boolean): Promise<void> => {
      for (let tries = 0; !isSo(); tries++) {
        assert.ok(tries < 400, what);
        await wait(100);
      }
    };
    const show = (name: string): string => run('systemctl', 'show', '-P', name, 'diskwhy-watch');
    const journal = (): string => run('journalctl', '-u', 'diskwhy-watch', '-o', 'cat', '--no-pager');
    const alarms = (): number => journal().split(' ALARM ').length - 1;
    const write = (file: string, text: string): string => run('sh', '-c', 'printf %s "$1" >"$0"', file, text);
    await until('it has started', () => run('systemctl', 'is-active', 'test.target') === 'active');

    run('mkdir', '-p', '/etc/diskwhy', '/etc/systemd/system/diskwhy-watch.service.d');
    write(
      '/etc/systemd/system/diskwhy-watch.service.d/test.conf',
      '[Service]\nExecStart=\nExecStart=/usr/bin/diskwhy watch /data --quiet\nWatchdogSec=6\nRestartSec=1\n',
    );
    run('systemctl', 'daemon-reload');
    run('systemctl', 'start', 'diskwhy-watch');
    assert.equal(show('ActiveState'), 'active', journal());
    assert.match(journal(), /ready: .*fanotify/u);
    run(
      'sh',
      '-c',
      'sh -c "echo \\$\\$ >/run/writer; while head -c 200000 /dev/zero >>/data/grows; do sleep 0.1; done" >/dev/null 2>&1 &',
    );
    await until('an alarm', () => alarms() === 1);
    const size = (): number => Number(run('stat', '-c', '%s', '/data/grows'));
    write('/etc/diskwhy/config.toml', 'rate = nonsense');
    run('systemctl', 'reload', 'diskwhy-watch');
    await until('it is said that they stay', () => journal().includes('settings stay as they were'));
    run('rm', '/etc/diskwhy/config.toml');
    run('systemctl', 'kill', '-s', 'KILL', 'diskwhy-watch');
    const isReady = (times: number): boolean => journal().split('ready: ').length - 1 === times;
    await until('it is back', () => show('NRestarts') === '1' && isReady(2));
    run('sh', '-c', 'kill -STOP $(systemctl show -P MainPID diskwhy-watch)');
    await until('the watchdog has seen it', () => show('NRestarts') === '2' && isReady(3));
    // The alarm goes on: nobody is told of it again.
    await wait(5000);
    assert.equal(alarms(), 1, journal());
    run('sh', '-c', 'kill $(cat /run/writer)');
    const least = size();
    run('systemctl', 'stop', 'diskwhy-watch');
    assert.deepEqual([show('ActiveState'), show('Result')], ['inactive', 'success']);
    const [, told] = /([\d.]+) MiB +\/data\/grows/u.exec(journal().split('SUMMARY').at(-1)!)!;
    assert.ok(Math.abs(Number(told) * 2 ** 20 - least) < 2 ** 20, `${told} MiB of ${least}`);

    run('systemctl', 'start', 'diskwhy-metrics.service', 'diskwhy-snapshot@data.service');
    assert.match(
      run('cat', '/var/lib/prometheus/node-exporter/diskwhy.prom'),
      /^diskwhy_filesystem_size_bytes/mu,
    );
    assert.match(run('find', '/var/lib/diskwhy/snapshots', '-type', 'f'), /./u);
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
});
