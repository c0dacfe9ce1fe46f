/** `diskwhy watch` as a service: what it tells the service manager, the journal, and those who wait for alarms. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { createAlarmWebhook } from '../../../src/cli/watch/alarm-webhook.ts';
import { fromText } from '../../../src/model/byte-string.ts';
import type { DiskStateEvent } from '../../../src/model/watch-event.ts';
import { finished, startDiskwhy } from '../../support/diskwhy.ts';
import { hookReceiver } from '../../support/hook-receiver.ts';
import { needsTool } from '../../support/requirements.ts';
import { serviceManager } from '../../support/service-manager.ts';
import { tempFolder } from '../../support/temp-folder.ts';

// Below a directory that is root's alone: settings that others could write are not read.
const own = mkdtempSync(path.join(process.getuid?.() === 0 ? '/var/lib' : tmpdir(), 'diskwhy-test-'));
after(() => rmSync(own, { recursive: true }));

/** A line of --json. */
interface Told {
  readonly type: string;
  readonly top?: readonly { readonly grownBytes: number; readonly bytesPerSecond: number }[];
}

for (const kind of ['path', 'abstract'])
  test(
    `ready, alive, reloaded, stopping: told to a ${kind} socket`,
    { skip: needsTool('python3'), timeout: 60_000 },
    async () => {
      using folder = tempFolder();
      mkdirSync(`${folder.path}/tree`);
      rmSync(`${own}/diskwhy`, { recursive: true, force: true });
      mkdirSync(`${own}/diskwhy`);
      const socket = kind === 'path' ? `${folder.path}/notify` : `@diskwhy-test-${process.pid}`;
      using manager = await serviceManager(socket);
      using child = startDiskwhy(['watch', `${folder.path}/tree`], {
        env: { NOTIFY_SOCKET: socket, WATCHDOG_USEC: '600000', XDG_CONFIG_HOME: own },
      });
      const ended = finished(child);
      assert.equal(await manager.next('WATCHDOG=1'), 'READY=1');
      assert.equal(await manager.next(), 'WATCHDOG=1');
      assert.equal(await manager.next(), 'WATCHDOG=1');
      // Settings that cannot be read change nothing; those that can are in force.
      const settings = `${own}/diskwhy/config.toml`;
      for (const text of ['interval = "nonsense"\n', 'json = true\n']) {
        writeFileSync(settings, text);
        child.kill('SIGHUP');
        assert.match(await manager.next('WATCHDOG=1'), /^RELOADING=1\nMONOTONIC_USEC=\d+$/u);
        assert.equal(await manager.next('WATCHDOG=1'), 'READY=1');
      }
      child.kill('SIGTERM');
      assert.equal(await manager.next('WATCHDOG=1'), 'STOPPING=1');
      const { code, stdout, stderr } = await ended;
      assert.equal(code, 130);
      assert.match(stderr, /^diskwhy: settings stay as they were: .*interval.*\n$/u);
      const lines = stdout.trimEnd().split('\n');
      assert.deepEqual(
        lines.map((line) => (line.startsWith('{') ? (JSON.parse(line) as { type: string }).type : 'text')),
        // It goes on: nothing is ready a second time.
        ['text', 'summary'],
      );
    },
  );

test(
  'a reload forgets neither what grew nor who is to be told of it',
  { skip: needsTool('python3'), timeout: 60_000 },
  async () => {
    using folder = tempFolder();
    using deaf = await hookReceiver(Array.from({ length: 100 }, () => 503));
    using hook = await hookReceiver([]);
    rmSync(`${own}/diskwhy`, { recursive: true, force: true });
    mkdirSync(`${own}/diskwhy`);
    mkdirSync(`${folder.path}/tree`);
    const settings = `${own}/diskwhy/config.toml`;
    const set = (rate: string, url: string): void =>
      writeFileSync(settings, `rate = "${rate}"\n[watch]\nwebhook = "${url}"\n`);
    set('1M/s', deaf.url);
    using manager = await serviceManager(`${folder.path}/notify`);
    using child = startDiskwhy(['watch', `${folder.path}/tree`, '--json'], {
      env: { NOTIFY_SOCKET: `${folder.path}/notify`, XDG_CONFIG_HOME: own },
    });
    const ended = finished(child);
    assert.equal(await manager.next(), 'READY=1');
    const writer = setInterval(
      () => appendFileSync(`${folder.path}/tree/grows`, Buffer.alloc(400_000, 1)),
      100,
    );
    await deaf.untilAsked(2);
    // What waits goes to the new address, and what is an alarm is none twice.
    set('2M/s', hook.url);
    child.kill('SIGHUP');
    assert.match(await manager.next(), /^RELOADING=1/u);
    assert.equal(await manager.next(), 'READY=1');
    await hook.until(1);
    clearInterval(writer);
    const size = statSync(`${folder.path}/tree/grows`).blocks * 512;
    child.kill('SIGTERM');
    const { stdout } = await ended;
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Told);
    assert.deepEqual(
      events.filter(({ type }) => type !== 'update').map(({ type }) => type),
      ['ready', 'alarm', 'summary'],
    );
    assert.ok(events.at(-1)!.top![0].grownBytes >= size * 0.9, stdout);
    assert.deepEqual(
      hook.taken.map(({ type }) => type),
      ['alarm'],
    );
  },
);

test('lines of the journal say how important they are', { timeout: 60_000 }, async () => {
  using folder = tempFolder();
  const [command, ...words] = [
    'sh',
    '-c',
    'exec 3>&1; export JOURNAL_STREAM=$(stat -L -c %d:%i /proc/self/fd/3); exec "$0" "$@"',
  ];
  using watched = startDiskwhy(['watch', folder.path, '--grown', '1M', '--for', '6s'], {
    under: [command, ...words],
  });
  watched.stdout.once('data', () => writeFileSync(`${folder.path}/grows`, Buffer.alloc(30_000_000, 1)));
  const { stdout } = await finished(watched);
  const levels = stdout
    .trimEnd()
    .split('\n')
    .map((line) => /^<\d>/u.exec(line)?.[0]);
  assert.equal(levels[0], '<6>');
  assert.ok(levels.includes('<4>'), stdout);
  assert.ok(!levels.includes(undefined));
});

function full(availableBytes: number): DiskStateEvent {
  const state = { level: 'full', of: 'bytes', reservedBytes: 0, freeInodes: null } as const;
  return {
    type: 'full',
    at: 1_795_000_000,
    atStart: false,
    filledBy: [],
    quota: undefined,
    filesystem: {
      state,
      mountPoint: fromText('/'),
      availableBytes,
      fillingBytesPerSecond: 0,
      fullInSeconds: undefined,
      inodesFullInSeconds: undefined,
      caps: [],
    },
  };
}

test(
  '--webhook: each alarm once and in order, however often it has to be sent',
  { timeout: 60_000 },
  async () => {
    using hook = await hookReceiver([500, 503, 204, 429]);
    const complaints: string[] = [];
    {
      await using webhook = createAlarmWebhook(hook.url, (message) => complaints.push(message));
      for (const bytes of [1, 2, 3]) webhook.send(full(bytes));
      await hook.until(3);
    }
    assert.deepEqual(
      hook.taken.map(({ filesystem }) => filesystem.availableBytes),
      [1, 2, 3],
    );
    assert.equal(hook.asked(), 6);
    assert.ok(
      complaints.length > 0 && complaints.every((one) => !one.includes('secret')),
      complaints.join('\n'),
    );
  },
);

test(
  '--webhook: what is refused for good is not sent again, and a hundred wait at most',
  { timeout: 60_000 },
  async () => {
    using hook = await hookReceiver([500, ...Array.from({ length: 3 }, () => 400)]);
    const complaints: string[] = [];
    {
      await using webhook = createAlarmWebhook(hook.url, (message) => complaints.push(message));
      for (let bytes = 0; bytes < 150; bytes++) webhook.send(full(bytes));
      // The first is being asked for while fifty are given up; three are refused.
      await hook.until(97);
    }
    const values = hook.taken.map(({ filesystem }) => filesystem.availableBytes);
    assert.deepEqual(
      values,
      Array.from({ length: 97 }, (_, index) => index + 53),
    );
    assert.equal(hook.taken.at(-1)!.lostBefore, 50);
    assert.ok(complaints.some((one) => one.includes('refuses alarms: 400')));
  },
);

test('--webhook: where nobody answers the watch ends all the same, and says what was lost', async () => {
  const complaints: string[] = [];
  {
    await using webhook = createAlarmWebhook('http://127.0.0.1:1/', (message) => complaints.push(message));
    webhook.send(full(1));
  }
  assert.match(complaints.join('\n'), /does not answer[^]*1 alarms were not taken/u);
});

const units = `${import.meta.dirname}/../../../build/packages/systemd`;

test('units are such as systemd takes, and hardened', { skip: needsTool('systemd-analyze') }, () => {
  using folder = tempFolder();
  // The program is not installed here.
  for (const name of ['diskwhy-watch.service', 'diskwhy-metrics.service', 'diskwhy-metrics.timer'])
    writeFileSync(
      `${folder.path}/${name}`,
      readFileSync(`${units}/${name}`, 'utf8')
        .replaceAll('/usr/bin/diskwhy', '/bin/true')
        .replaceAll(/^Documentation=.*\n/gmu, ''),
    );
  const names = ['diskwhy-watch.service', 'diskwhy-metrics.service', 'diskwhy-metrics.timer'];
  const verified = spawnSync(
    'systemd-analyze',
    ['verify', ...names.map((name) => `${folder.path}/${name}`)],
    {
      encoding: 'utf8',
    },
  );
  assert.deepEqual(
    verified.stderr.split('\n').filter((line) => line.includes('diskwhy')),
    [],
  );
  for (const name of names.slice(0, 2)) {
    const words = ['security', '--offline=true', '--threshold=30', '--no-pager', `${units}/${name}`];
    const { status, stdout } = spawnSync('systemd-analyze', words, { encoding: 'utf8' });
    assert.equal(status, 0, stdout.split('\n').at(-2));
  }
});
