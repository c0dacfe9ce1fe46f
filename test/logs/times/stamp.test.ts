/** Times of the usual kinds → seconds, on bytes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { StampReader } from '../../../src/logs/times/stamp.ts';

const now = Date.UTC(2026, 10, 22, 18, 0, 0) / 1000;

function secondsIn(line: string, zoneMinutes = 0): number {
  const bytes = Buffer.from(line);
  const reader = new StampReader(now, zoneMinutes);
  reader.find(bytes, 0, bytes.length, 1024);
  return reader.seconds;
}

const at = Date.UTC(2026, 10, 22, 17, 42, 26) / 1000;

const known: readonly (readonly [line: string, seconds: number])[] = [
  ['2026-11-22T17:42:26Z hello', at],
  ['2026-11-22T17:42:26.250Z hello', at + 0.25],
  ['2026-11-22T18:42:26.5+01:00 hello', at + 0.5],
  ['2026-11-22T18:42:26+0100 hello', at],
  ['2026-11-22 17:42:26,445 INFO python', at + 0.445],
  ['2026-11-22_17:42:26.5 svlogd', at + 0.5],
  ['2026-11-22 17:42:26.445 UTC [123] LOG:  postgres', at + 0.445],
  ['2026/11/22 17:42:26 [emerg] 1#1: nginx', at],
  ['[2026-11-22T17:42:26.625Z] info: bracketed', at + 0.625],
  ['Nov 22 17:42:26 vm sshd[1]: syslog', at],
  ['<34>Nov 22 17:42:26 vm su: with priority', at],
  ['dez 12 17:42:26 vm sshd[1]: of another language', Date.UTC(2025, 11, 12, 17, 42, 26) / 1000],
  ['fev 22 17:42:26 vm sshd[1]: of another language', Date.UTC(2026, 1, 22, 17, 42, 26) / 1000],
  ['<165>1 2026-11-22T17:42:26.003Z vm app 1 ID47 - rfc5424', at + 0.003],
  ['Sun Nov 22 17:42:26 2026 ctime', at],
  ['[Sun Nov 22 17:42:26.123456 2026] [core:error] apache', at + 0.123456],
  ['Nov 22, 2026 5:42:26 PM java', at],
  ['22.11.2026 17:42:26 european', at],
  ['[11/22/2026, 5:42:26 PM] american', at],
  ['127.0.0.1 - - [22/Nov/2026:17:42:26 +0000] "GET / HTTP/1.1" 200 5', at],
  ['23596:S 22 Nov 2026 17:42:26.151 * redis', at + 0.151],
  ['23596:S 22 Nov 17:42:26.151 * redis 4', at + 0.151],
  ['22 Nov 17:42:26 - [info] node-red', at],
  ['11-22 17:42:26.250  1431 14518 W ActivityManager: android', at + 0.25],
  ['INFO [11-22|17:42:26.250] geth', at + 0.25],
  ['26/11/22 17:42:26 INFO Client: spark', at],
  ['E1122 17:42:26.123456   22640 klog.go:5] klog', at + 0.123456],
  ['{"level":50,"time":1795369346000,"msg":"pino"}', at],
  ['{"msg":"zap","ts":1795369346.5}', at + 0.5],
  ['{"__REALTIME_TIMESTAMP":"1795369346000000"}', at],
  ['time=2026-11-22T17:42:26.000Z level=INFO msg=slog', at],
  ['ts=1795369346 level=info', at],
  ['[1795369346.25] ping', at + 0.25],
  ['1795369346.250 123 127.0.0.1 TCP_MISS/200 squid', at + 0.25],
  ['type=SYSCALL msg=audit(1795369346.250:42): audit', at + 0.25],
  ['\u001B[90m2026-11-22T17:42:26Z\u001B[0m coloured', at],
  ['[   12.345678] kernel', 12.345678],
  ['[0.012s][info][gc] jvm', 0.012],
];

for (const [line, seconds] of known) {
  test(`reads the time in: ${line}`, () => {
    assert.ok(Math.abs(secondsIn(line) - seconds) < 1e-3, `${secondsIn(line)} is not ${seconds}`);
  });
}

test('finds no time where there is none', () => {
  for (const line of [
    '',
    'hello world',
    'error 404 at line 12345678',
    'May the force',
    '1.2.3.4:5678',
    '12:3',
    'id=1795369346 bytes',
  ])
    assert.ok(Number.isNaN(secondsIn(line)), line);
});

test('a stamp without a year is never in the future', () => {
  assert.equal(secondsIn('Dec 31 23:00:00 vm a: b'), Date.UTC(2025, 11, 31, 23) / 1000);
});

test('a stamp without a zone is read in the zone the caller names', () => {
  assert.equal(secondsIn('2026-11-22 18:42:26 x', 60), at);
});

test('TAI64N differs by whole seconds only', () => {
  assert.ok(Math.abs(secondsIn('@4000000065a1b2c300000000 x') - 0x65a1b2c3) <= 10);
});

test('clock-only stamps run on over midnight', () => {
  const reader = new StampReader(now, 0);
  const read = (line: string): number => {
    const bytes = Buffer.from(line);
    reader.find(bytes, 0, bytes.length, 128);
    return reader.seconds;
  };
  const before = read('23:59:59.000 [main] INFO a');
  assert.equal(read('00:00:01.000 [main] INFO b') - before, 2);
});

test('any ISO time is read back to the millisecond', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1971-01-01'), max: new Date('2199-01-01'), noInvalidDate: true }),
      (date) => {
        assert.ok(Math.abs(secondsIn(`${date.toISOString()} x`) - date.getTime() / 1000) < 1e-3);
      },
    ),
  );
});

test('arbitrary bytes are searched without harm', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const reader = new StampReader(now, 0);
      reader.find(bytes, 0, bytes.length, 128);
      assert.ok(reader.end <= bytes.length + 8);
    }),
  );
});
