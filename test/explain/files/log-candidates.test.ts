/** Names of logs and of their generations. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generationOf, isLog } from '../../../src/explain/files/log-candidates.ts';
import { fromText } from '../../../src/model/byte-string.ts';

const DAY = 86_400;
const NOW = 1_800_000_000;

test('a generation is told by its number or date', () => {
  const names = {
    'syslog.1': 'syslog',
    'syslog.2.gz': 'syslog',
    'access.log-20261101': 'access.log',
    'access.log-20261101.xz': 'access.log',
    'app.2026-11-22.log': 'app.log',
    'app-2026-11-22.log.gz': 'app.log',
    'app.3.log': 'app.log',
    '0.log.20261122-101112.gz': '0.log',
    'boot.log.old': 'boot.log',
    'localhost_access_log.2026-11-22.txt': 'localhost_access_log.txt',
    'report.2026-11-22.txt': undefined,
    '@400000006700aabb12345678.s': 'current',
    'worker-2.log': undefined,
    'v1.2.log.txt': undefined,
    'access.log': undefined,
    'archive.tar.gz': undefined,
    'libfoo.so.1.2.3000': undefined,
    '20261101': undefined,
  };
  for (const [name, log] of Object.entries(names)) assert.equal(generationOf(fromText(name)), log, name);
});

test('what is written as text is a log, by name anywhere and by place among logs', () => {
  const ask = (path: string, days = 0): boolean =>
    isLog(
      {
        path: fromText(path),
        name: fromText(path.slice(path.lastIndexOf('/') + 1)),
        directory: 1,
        diskBytes: 0,
        apparentBytes: 0,
        links: 1,
        modifiedAt: NOW - days * DAY,
      },
      NOW,
    );
  for (const path of ['/srv/app/server.log', '/var/log/syslog', '/var/log/messages', '/srv/logs/worker.out'])
    assert.ok(ask(path), path);
  for (const path of [
    '/srv/app/video.mp4',
    '/var/log/syslog.1',
    '/var/log/x.gz',
    '/var/log/journal/a/system.journal',
    '/srv/app/hs_err_pid4711.log',
  ])
    assert.ok(!ask(path), path);
  // Today's log of a program that starts one per day is written; the one of last week is a generation.
  assert.ok(ask('/var/log/app/app-2026-11-22.log'));
  assert.ok(!ask('/var/log/app/app-2026-11-15.log', 7));
});
