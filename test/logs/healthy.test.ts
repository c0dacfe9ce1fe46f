/** Logs that speak of failures, ends or restarts and are none of a loop; and their nearest looping neighbours. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromText } from '../../src/model/byte-string.ts';
import type { LogReport } from '../../src/model/log-report.ts';
import { GrowingLog } from '../../src/logs/logs.ts';

const start = Date.UTC(2026, 10, 22, 12) / 1000;

function judge(
  count: number,
  every: number,
  round: (n: number, stamp: string) => readonly string[],
): LogReport {
  const log = new GrowingLog(fromText('/x'), start, 0);
  for (let n = 0; n < count; n++) {
    const stamp = new Date((start + n * every) * 1000).toISOString();
    log.feed(
      Buffer.from(
        round(n, stamp)
          .map((line) => `${line}\n`)
          .join(''),
      ),
    );
  }
  return log.report(5);
}

/** Spread over 0…999, without chance. */
const any = (n: number, salt: number): number => (n * 7919 + salt * 104_729) % 1000;

function isLoop({ verdict }: LogReport): boolean {
  return verdict === 'restart-loop' || verdict === 'retry-loop';
}

test('work that fails at times and is then done is no loop, the same without anything done is one', () => {
  const failing = (stamp: string): string => `${stamp} WARN feed: connection reset by peer, reconnecting`;
  const working = judge(60, 30, (n, stamp) => [
    failing(stamp),
    `${stamp} INFO feed: connected`,
    `${stamp} INFO feed: received ${any(n, 1)} prices of shop ${any(n, 2)}`,
    `${stamp} INFO feed: received ${any(n, 3)} prices of shop ${any(n, 4)}`,
  ]);
  assert.equal(isLoop(working), false, working.verdict);
  const idle = judge(60, 30, (_n, stamp) => [failing(stamp), `${stamp} INFO feed: connected`]);
  assert.equal(isLoop(idle), true, idle.verdict);
});

test('a worker that is replaced after so many requests, as it is meant to be', () => {
  const report = judge(50, 120, (n, stamp) => [
    `[${stamp}] [${800 + n}] [INFO] Autorestarting worker after current request.`,
    `[${stamp}] [${800 + n}] [INFO] Worker exiting (pid: ${800 + n})`,
    `[${stamp}] [${801 + n}] [INFO] Booting worker with pid: ${801 + n}`,
  ]);
  assert.equal(isLoop(report), false, report.verdict);
});

test('a supervised job that ends well each minute, and one that fails', () => {
  const round = (end: string) => (n: number, stamp: string) => [
    `${stamp} INFO spawned: 'hourly' with pid ${3000 + 7 * n}`,
    `${stamp} INFO success: hourly entered RUNNING state, process has stayed up for > than 1 seconds (startsecs)`,
    `${stamp} INFO exited: hourly (${end})`,
  ];
  assert.equal(isLoop(judge(60, 60, round('exit status 0; expected'))), false);
  assert.equal(isLoop(judge(60, 60, round('exit status 1; not expected'))), true);
});

test('mail that is fetched, and a connection that is then done with', () => {
  const report = judge(60, 60, (_n, stamp) => [
    `${stamp} imap: connecting to mail.example.com`,
    `${stamp} imap: no new messages`,
    `${stamp} imap: disconnected`,
  ]);
  assert.equal(isLoop(report), false, report.verdict);
});

test('one job after the other, some of which fail: each is another one', () => {
  const report = judge(60, 300, (n) => [
    `Checking for jobs... received job=${14_000 + 2 * n}`,
    `WARNING: Job failed: exit code 1 job=${14_000 + 2 * n}`,
    `Checking for jobs... received job=${14_001 + 2 * n}`,
    `Job succeeded job=${14_001 + 2 * n}`,
  ]);
  assert.equal(isLoop(report), false, report.verdict);
});

test('a second clock in each line is no content', () => {
  const report = judge(90, 2, (n, stamp) => [
    `${stamp} gw kernel: [${1000 + 2 * n}.${123_456 + n}] eth0: link is down`,
    `${stamp} gw kernel: [${1001 + 2 * n}.${123_456 + n}] eth0: link is up`,
  ]);
  assert.notEqual(report.verdict, 'busy');
});

test('lines that are all indented alike are records, not traces of the first', () => {
  const report = judge(80, 1, () => [
    '  api:socket disconnected',
    '  api:socket error connect ECONNREFUSED 10.0.0.2:21025',
  ]);
  assert.equal(report.verdict, 'retry-loop');
  assert.match(report.step?.message ?? '', /ECONNREFUSED/u);
});

test('padding after the stamp is a column of the log', () => {
  const report = judge(60, 4, (_n, stamp) => [
    `${stamp.slice(11, 23)}            account.c  ...registration failed, status=408 (Request Timeout)`,
    `${stamp.slice(11, 23)}            account.c  ...next registration in 3 seconds`,
  ]);
  assert.equal(report.verdict, 'retry-loop');
  assert.match(report.step?.message ?? '', /registration failed/u);
});

test('the failing step in other languages, and in .NET’s two lines', () => {
  const german = judge(60, 5, (_n, stamp) => [
    `${stamp} Verbindung zu 10.0.0.4:5432 fehlgeschlagen: Verbindungsaufbau abgelehnt`,
    `${stamp} Neuer Versuch in 5 Sekunden`,
  ]);
  assert.equal(german.verdict, 'retry-loop');
  assert.match(german.step?.message ?? '', /Verbindungsaufbau abgelehnt/u);
  const dotnet = judge(60, 5, () => [
    'fail: Example.Store.Connection[1]',
    '      Opening the connection failed.',
    '      System.Net.Sockets.SocketException: Connection refused',
    '         at Example.Store.Connection.Open()',
  ]);
  assert.match(dotnet.step?.message ?? '', /SocketException: Connection refused/u);
});

test('a mail server’s own fatal is no client’s doing', () => {
  const report = judge(50, 61, (n, stamp) => [
    `${stamp.slice(0, 19)} mx postfix/smtpd[${4000 + 9 * n}]: fatal: no SASL authentication mechanisms`,
    `${stamp.slice(0, 19)} mx postfix/master[812]: warning: process /usr/lib/postfix/smtpd pid ${4000 + 9 * n} exit status 1`,
  ]);
  assert.equal(report.verdict, 'restart-loop');
  assert.match(report.step?.message ?? '', /no SASL/u);
});

test('children that die of a signal and are started anew, and those that are replaced as meant', () => {
  const dying = judge(60, 9, (n) => [
    `[22-Nov-2026 12:00:00] WARNING: [pool shop] child ${2000 + 17 * n} exited on signal 9 (SIGKILL) after 0.0${any(n, 1)} seconds from start`,
    `[22-Nov-2026 12:00:00] NOTICE: [pool shop] child ${2017 + 17 * n} started`,
  ]);
  assert.equal(dying.verdict, 'restart-loop');
  assert.match(dying.step?.message ?? '', /exited on signal 9/u);
  const held = judge(60, 9, (n) => [
    `Child (${2000 + 17 * n}) died signal=11`,
    `Child (${2017 + 17 * n}) said Child starts`,
  ]);
  assert.equal(held.verdict, 'restart-loop');
  const replaced = judge(60, 9, (n) => [
    `[cluster] worker ${2000 + 17 * n} reached 1000 requests, replacing it`,
    `[cluster] worker ${2000 + 17 * n} exited (code 0)`,
    `[cluster] worker ${2017 + 17 * n} online`,
  ]);
  assert.equal(isLoop(replaced), false, replaced.verdict);
});

test('a log that speaks of failures and is told to be none of a loop is told so with less certainty', () => {
  const words = (n: number, salt: number): string => `w${any(n, salt)}x${any(n, salt + 1)}`;
  const troubled = judge(300, 2, (n, stamp) => [
    `${stamp} ERROR import ${words(n, 1)}: line ${words(n, 3)} is invalid, ${words(n, 5)} expected`,
  ]);
  assert.ok(troubled.verdict === 'unknown' || troubled.confidence < 0.9, `${troubled.confidence}`);
  const calm = judge(300, 2, (n, stamp) => [
    `${stamp} INFO import ${words(n, 1)}: line ${words(n, 3)} read, ${words(n, 5)} added`,
  ]);
  assert.equal(calm.verdict, 'busy');
  assert.ok(calm.confidence >= 0.9, `${calm.confidence}`);
});

test('what a library for the client throws below a message is the step, not the message', () => {
  const report = judge(60, 5, (_n, stamp) => [
    `${stamp} ERROR o.s.Shop - order service is down`,
    'java.net.ConnectException: Connection refused',
    '\tat java.net.Socket.connect(Socket.java:600)',
  ]);
  assert.equal(isLoop(report), true, report.verdict);
  assert.match(report.step?.message ?? '', /Connection refused/u);
});

/** What a small board prints each time it comes up. */
const banner = [
  'load:0x3fff0030,len:1184',
  'load:0x40078000,len:13232',
  'entry 0x400805e4',
  'mode:DIO, clock div:2',
  'heap 281344 bytes',
  'flash 4 MB',
  'radio calibrated',
  'sensor bus at 400 kHz',
];

test('one failing line in a long round that says nothing else is a loop, unless the round is done', () => {
  const failing = judge(50, 3, (_n, stamp) =>
    [...banner, ...banner, 'core dump partition is corrupt'].map((line) => `${stamp} ${line}`),
  );
  assert.equal(isLoop(failing), true, failing.verdict);
  const done = judge(50, 3, (_n, stamp) =>
    [...banner, ...banner, 'core dump partition is corrupt', 'measurement done'].map(
      (line) => `${stamp} ${line}`,
    ),
  );
  assert.equal(isLoop(done), false, done.verdict);
});

test('a board that only prints its banner, and why it was reset', () => {
  const report = judge(60, 2, () => [
    'rst:0x10 (RTCWDT_RTC_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)',
    ...banner,
  ]);
  assert.equal(report.verdict, 'restart-loop');
});

test('a job of each minute in which one step is missing and which is done is no loop', () => {
  const report = judge(150, 60, (n, stamp) => {
    const at = `Nov 22 ${stamp.slice(11, 19)} vm`;
    return [
      `${at} CRON[${700 + 5 * n}]: (backup) CMD (/opt/jobs/sync.sh)`,
      `${at} sync[${701 + 5 * n}]: hook /etc/sync/pre.d missing, going on`,
      `${at} sync[${701 + 5 * n}]: done`,
    ];
  });
  assert.equal(isLoop(report), false, report.verdict);
});

test('a long poll without events, and an exporter that is denied one file of many', () => {
  const poll = judge(300, 30, (_n, stamp) => [
    `${stamp} DEBUG poll: request timed out without events, polling again`,
  ]);
  assert.equal(isLoop(poll), false, poll.verdict);
  const exporter = judge(200, 15, (n, stamp) => [
    `${stamp} level=error collector=fans err="open /sys/class/hwmon/hwmon3/in0: permission denied"`,
    `${stamp} level=info msg="scrape served" samples=${any(n, 1)} ms=${any(n, 2)}`,
  ]);
  assert.equal(isLoop(exporter), false, exporter.verdict);
});

test('a balancer whose checks fail at times while requests are served', () => {
  const report = judge(100, 30, (n, stamp) => [
    `${stamp} haproxy[99]: Server web/w${n % 9} is DOWN, reason: Layer4 timeout, check duration: ${any(n, 1)}ms.`,
    `${stamp} haproxy[99]: 10.0.0.${any(n, 2) % 250}:${40_000 + any(n, 3)} [22/Nov/2026:12:00:00.123] in web/w${n % 9} 0/0/1/${any(n, 4)}/${any(n, 5)} 200 ${any(n, 6)} - - ---- 1/1/0/0/0 0/0 "GET /i/${any(n, 7)} HTTP/1.1"`,
    `${stamp} haproxy[99]: Server web/w${n % 9} is UP, reason: Layer7 check passed, code: 200.`,
  ]);
  assert.equal(isLoop(report), false, report.verdict);
});

test('the hash of an object and a name made of host, port and time are no content', () => {
  const report = judge(60, 5, (n, stamp) => [
    `${stamp} W Manager: process dead while creating ServiceRecord{${(n * 40_503_001 + 0x1000000).toString(16).slice(0, 7)} u0 app/.Player}`,
    `${stamp} E Broker: failed to start (localhost, ID:d0a1-${40_000 + any(n, 1)}-${any(n, 2)}123-0:1)`,
  ]);
  assert.equal(isLoop(report), true, report.verdict);
});

test('a time behind the stamp, and a count before a full stop, are no content', () => {
  const report = judge(50, 5, (n, stamp) => {
    const at = `Nov 22 ${stamp.slice(11, 19)} vm`;
    return [
      `${at} systemd[1]: shimd.service: Scheduled restart job, restart counter is at ${60_078 + n}.`,
      `${at} systemd[1]: Starting Shim daemon...`,
      `${at} shimd[${700 + 9 * n}]: time="${stamp.slice(0, -1)}${100_000 + any(n, 1)}Z" level=info msg="starting shimd"`,
      `${at} shimd[${700 + 9 * n}]: time="${stamp.slice(0, -1)}${200_000 + any(n, 2)}Z" level=info msg="loading plugin"`,
    ];
  });
  assert.equal(report.verdict, 'restart-loop');
});

test('what fails at times and at others is told to be done, in the same words', () => {
  const outcome = (n: number): string => (any(n, 1) < 250 ? 'Failed:   ' : 'Processed:');
  const report = judge(200, 1, (n, stamp) => [
    `[${stamp}][${5000 + n}] Processing: Jobs.${'ABCD'[n % 4]}`,
    `[${stamp}][${5000 + n}] ${outcome(n)} Jobs.${'ABCD'[n % 4]}`,
  ]);
  assert.equal(isLoop(report), false, report.verdict);
});

test('another thing each time is a storm, however regular; another number is not', () => {
  const things = judge(200, 3, (n, stamp) => [
    `${stamp} nagios: Unable to send check for host 'fw_${'abcdefgh'[n % 8]}_gate_${any(n, 1)}' to worker`,
  ]);
  assert.equal(isLoop(things), false, things.verdict);
  const numbers = judge(200, 3, (n, stamp) => [
    `${stamp} nagios: Unable to send check to worker, ${any(n, 1)} checks behind`,
  ]);
  assert.equal(isLoop(numbers), true, numbers.verdict);
});

test('which thread wrote a line, and which object it was, is no content', () => {
  const report = judge(60, 5, (n, stamp) => [
    `${stamp} INFO [erContainer-${n + 1}] o.s.Factory : Attempting to connect to: [localhost:6672]`,
    `${stamp} WARN [erContainer-${n + 1}] o.s.Listener : Consumer raised exception: Connection refused`,
    `${stamp} INFO [erContainer-${n + 1}] o.s.Listener : Restarting Consumer@${(n * 40_503_001 + 0x1000000).toString(16).slice(0, 7)}`,
  ]);
  assert.equal(isLoop(report), true, report.verdict);
});

test('a pool that lets idle children go', () => {
  const report = judge(120, 15, (n, stamp) => [
    `${stamp} filterd[914]: prefork: child states: ${['IIB', 'IIKB', 'IB'][n % 3]}`,
    `${stamp} filterd[914]: prefork: 3 idle children more than 2, decreasing: ${2000 + 17 * n} killed.`,
    `${stamp} filterd[914]: handled cleanup of child pid [${2000 + 17 * n}]: interrupted, signal 2`,
  ]);
  assert.equal(isLoop(report), false, report.verdict);
});

test('numbers of messages and indices that are drawn are no content', () => {
  const number = (n: number): string => (0x81 + n).toString(16).padStart(3, '0');
  const report = judge(60, 40, (n, stamp) => [
    `${stamp} [producer] open -> ERRO ${number(n)} Failed connecting to {orderer:7050}, error: deadline exceeded`,
    `${stamp} [client] try -> WARN ${number(n)} Handshake timed out initiatorIndex=${any(n, 1)}${100_000 + any(n, 2)}, retrying`,
  ]);
  assert.equal(isLoop(report), true, report.verdict);
});

test('a connection lost every few minutes and at once there again is kept; lost every few seconds it is a loop', () => {
  const round = (_: number, stamp: string): readonly string[] => [
    `[${stamp}] [washer] broker: Error: read ECONNRESET`,
    '    at TLSWrap.onStreamRead (node:internal/stream_base_commons:216:20) {',
    "  code: 'ECONNRESET'",
    '}',
    `[${stamp}] [washer] disconnected, retrying at once`,
    `[${stamp}] [washer] Successfully connected to the broker.`,
  ];
  const kept = judge(60, 310, round);
  assert.equal(isLoop(kept), false, kept.verdict);
  const looping = judge(60, 6, round);
  assert.equal(isLoop(looping), true, looping.verdict);
});
