/** What a word of failure means by where it stands: the key of a count or a setting, in a name, denied, or said. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meaningOf } from '../../../src/logs/words/lexicon.ts';

const fails = (line: string): boolean => meaningOf(line, '').fails;

test('counts of none, settings, names and denials tell of no failure', () => {
  for (const line of [
    'check host=a failed=0 errors=0 timeout=5s retries=3 last_error="none"',
    'health ok (timeout 3s, retries 3, failures 0/3)',
    'certificates: 0 expired, 0 invalid, 0 unreachable',
    'raft: failed to contact 0 of 2 peers, quorum ok',
    'sync done: 0 of 12 failed',
    'queue: suspended=0 suspended.duration=0',
    '{"error":null,"failed":0,"timeouts":12,"last_error":""}',
    'CC drivers/error/fail_17.o',
    'ok 12 - throws on a missing file',
    'tests/test_errors.py::test_timeout_retry PASSED [ 4%]',
    '[  OK  ] Stopped target Failure handling.',
    'worker 1 killed successfully (pid: 1464)',
    'poll timed out without events',
    'Prüfung beendet, keine Fehler',
    '检查完成，没有错误',
  ])
    assert.equal(fails(line), false, line);
});

test('the same words, said', () => {
  for (const line of [
    'check host=a failed=1 last_error="no route to host"',
    'health bad (failures 3/3)',
    'certificates: 2 expired',
    'raft: failed to contact 2 of 2 peers',
    'open failed: permission denied',
    'error: 111',
    'Operation failed retry 3',
    'unknown pixel format 6',
    'wrong checksum for message 7',
    'netloop: epoll_wait returned EBADF, continuing',
    'Verbindung zu 10.0.0.4 fehlgeschlagen: Verbindungsaufbau abgelehnt',
    'connexion à la base impossible : Connexion refusée',
    'No se pudo abrir la cola: Permiso denegado',
    'Не удалось подключиться: Отказано в соединении',
    '连接失败: 10.0.0.4:6379, 3秒后重试',
  ])
    assert.equal(fails(line), true, line);
});

test('a word that also ends what went well is faint, one that names a failure is not', () => {
  assert.equal(meaningOf('imap: disconnected', '').faint, true);
  assert.equal(meaningOf('imap: disconnected: connection refused', '').faint, false);
  assert.equal(meaningOf('WARN imap: disconnected', '').faint, false);
});

test('an end that says nothing of why, and one that went well, are no death', () => {
  assert.equal(meaningOf('backup: exiting', '').dies, false);
  assert.equal(meaningOf('backup: exiting', '').ends, true);
  assert.equal(meaningOf('INFO exited: hourly (exit status 0; expected)', '').endsWell, true);
  assert.equal(meaningOf('INFO exited: hourly (exit status 1; not expected)', '').endsWell, false);
});

test('what the lines below a message say of a failure counts as its own', () => {
  assert.equal(meaningOf('pool a selected', ' 127.0.0.1:9 [ Connection refused ]\n').fails, true);
  assert.equal(meaningOf('pool a selected', ' 127.0.0.1:9 [ connected ]\n').fails, false);
});

test('a line that begins with a peer and its port was caused by that client', () => {
  assert.equal(meaningOf('vpn[403]: 10.1.2.3:61084 TLS handshake failed', '').client, true);
  assert.equal(meaningOf('vpn[403]: connect to 10.1.2.3:61084 failed', '').client, false);
  const own = 'update from [127.0.0.1:10051] started to fail (cannot connect to [127.0.0.1]:10051)';
  assert.equal(meaningOf(own, '').client, false);
});
