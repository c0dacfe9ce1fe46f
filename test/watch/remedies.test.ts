/** Who is stopped for which writer, and that everything passes the gate. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromText } from '../../src/model/byte-string.ts';
import type { Writer } from '../../src/model/watch-event.ts';
import type { WriterOrigin } from '../../src/model/writer-origin.ts';
import { GrowthRemedies } from '../../src/watch/remedies/growth-remedies.ts';
import { cronProgram, holderOf } from '../../src/watch/remedies/holder-of.ts';
import type { World } from '../../src/remedies/remedies.ts';

function writer(more: Partial<Writer> = {}): Writer {
  return {
    pid: 812,
    parentPid: 1,
    command: fromText('worker'),
    commandLine: [fromText('/usr/bin/worker')],
    uid: 0,
    startTicks: 1,
    startedAt: 1,
    unit: undefined,
    container: undefined,
    residentBytes: 0,
    sharedBytes: 0,
    virtualBytes: 0,
    confidence: 'writing',
    behind: undefined,
    respawns: 0,
    ...more,
  };
}

const unit = (name: string): object => ({ what: 'unit', name });
const loop: WriterOrigin = { kind: 'process', process: writer({ pid: 77, command: fromText('bash') }) };
const name = fromText('web');

const cases: readonly (readonly [title: string, writer: Partial<Writer>, holder: object | undefined])[] = [
  ['a service', { unit: 'worker.service' }, unit('worker.service')],
  ['a container', { container: 'abc123' }, { what: 'container', name: 'abc123', engine: 'docker' }],
  [
    'a container behind its shim',
    { command: fromText('containerd-shim'), behind: { kind: 'container', name, restarts: 3 } },
    { what: 'container', name: 'web', engine: 'docker' },
  ],
  [
    'a program of supervisord',
    { command: fromText('supervisord'), behind: { kind: 'program', name, process: undefined } },
    { what: 'supervisor-program', name: 'web' },
  ],
  ['an application of pm2', { behind: { kind: 'app', name } }, { what: 'pm2-app', name: 'web' }],
  ['a service of runit', { behind: { kind: 'service', name } }, { what: 'runit-service', name: 'web' }],
  ['a process', {}, { what: 'process', pid: 812, command: 'worker' }],
  ['who keeps starting it', { respawns: 40, behind: loop }, { what: 'process', pid: 77, command: 'bash' }],
  ['one that is gone', { respawns: 40 }, undefined],
  [
    'a unit behind the journal',
    {
      command: fromText('systemd-journal'),
      behind: { kind: 'speaker', name: fromText('api.service'), share: 1 },
    },
    unit('api.service'),
  ],
  ['a logger for others', { command: fromText('rsyslogd'), unit: 'rsyslog.service' }, undefined],
  ['the first process', { pid: 1 }, undefined],
  ['nobody that is known', { pid: 0 }, undefined],
  ['a login', { unit: 'sshd.service' }, { what: 'process', pid: 812, command: 'worker' }],
  ['a user’s session', { unit: 'user@1000.service' }, { what: 'process', pid: 812, command: 'worker' }],
];

for (const [title, more, holder] of cases)
  test(`stopped: ${title}`, () => {
    assert.deepEqual(holderOf([writer(more)]), holder);
  });

test('a job of cron is looked up in the crontabs: it comes back otherwise', () => {
  const job = writer({
    unit: 'cron.service',
    command: fromText('sh'),
    commandLine: ['/bin/sh', '-c', '/opt/report --all'].map(fromText),
  });
  assert.equal(cronProgram([job]), '/opt/report');
  assert.equal(cronProgram([writer()]), undefined);
});

const path = fromText('/srv/app/worker.log');
const asked = {
  path,
  what: 'file',
  diskBytes: 4096,
  judgement: { verdict: 'retry-loop', confidence: 0.9, facts: [], step: null },
} as unknown as Parameters<GrowthRemedies['of']>[1];

/** As far as a stopped unit and an emptied log are asked about. */
function world(more: Partial<World> = {}): World {
  return {
    isRoot: true,
    standingAt: () => ({ kind: 'file', links: 1 }),
    holdOn: () => ({ pids: [], kernel: undefined, isRunFrom: false }),
    linkTo: () => undefined,
    startedFrom: () => [],
    namedIn: () => undefined,
    placesOf: () => [],
    mountIn: () => undefined,
    storeOf: () => undefined,
    setAsideAt: () => undefined,
    isPackaged: () => false,
    foreignRootOf: () => undefined,
    isReadOnly: () => false,
    isLogText: () => true,
    isPackedLogText: () => undefined,
    isLastCopy: () => false,
    formerPathOf: () => undefined,
    holdsLogText: () => true,
    hasTool: () => true,
    ...more,
  };
}

test('first who writes, then what gives bytes back; and nothing that the gate keeps back', () => {
  const writers = [writer({ unit: 'worker.service' })];
  const passed = new GrowthRemedies(() => world()).of(1, { ...asked, writers }, 0);
  assert.deepEqual(
    passed.remedies.map(({ line }) => line),
    ['systemctl stop worker.service', 'truncate -s 0 /srv/app/worker.log'],
  );
  const kept = new GrowthRemedies(() => world({ isLogText: () => false })).of(1, { ...asked, writers }, 0);
  assert.deepEqual(
    kept.remedies.map(({ action }) => action.kind),
    ['stop-writer'],
  );
  assert.deepEqual(
    kept.refusals.map(({ reason }) => reason),
    ['not-a-log'],
  );
});

test('the machine is asked rarely, and another writer is asked about at once', () => {
  let asking = 0;
  const remedies = new GrowthRemedies(() => {
    asking++;
    return world();
  });
  const lines = (unitName: string, now: number): (string | undefined)[] =>
    remedies.of(1, { ...asked, writers: [writer({ unit: unitName })] }, now).remedies.map(({ line }) => line);
  for (let now = 0; now < 9; now += 0.1) lines('a.service', now);
  assert.equal(asking, 1);
  assert.equal(lines('b.service', 9)[0], 'systemctl stop b.service');
  lines('b.service', 30);
  assert.equal(asking, 2);
});
