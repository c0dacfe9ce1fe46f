/** Attempts whose outcome no line tells; and what looks like them and is none. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromText } from '../../../src/model/byte-string.ts';
import type { LogReport } from '../../../src/model/log-report.ts';
import { logEvidence } from '../../../src/render/words/log.ts';
import { GrowingLog } from '../../../src/logs/logs.ts';

const start = Date.UTC(2026, 10, 22, 12) / 1000;
const any = (n: number, salt: number): number => (n * 7919 + salt * 104_729) % 1000;

function judge(
  count: number,
  every: number,
  round: (n: number, stamp: string) => readonly string[],
): LogReport {
  const log = new GrowingLog(fromText('/x'), start, 0);
  for (let n = 0; n < count; n++)
    for (const line of round(n, new Date((start + n * every) * 1000).toISOString()))
      log.feed(Buffer.from(`${line}\n`));
  return log.report(5);
}

const inVain: Readonly<Record<string, (n: number, stamp: string) => readonly string[]>> = {
  'a server that never answers': (_n, stamp) => [
    `${stamp} INFO feed: Connecting to wss://prices.example/stream`,
  ],
  'a node that finds no other, and counts those it asked': (n, stamp) => [
    `${stamp} INFO Looking for peers known=0 tried=${any(n, 1)}`,
  ],
  'a lease that nobody offers': (n, stamp) => [
    `${stamp} host dhcpc: DHCPDISCOVER on eth3 to 255.255.255.255 port 67 interval ${3 + (n % 9)}`,
  ],
  'an election without end': (n, stamp) => [
    `${stamp} INFO 7f is starting a new election at term ${40 + n}`,
    `${stamp} INFO 7f became candidate at term ${41 + n}`,
  ],
  'an address that ends as a success does': (_n, stamp) => [
    `${stamp} INFO hub: Connecting to http://10.30.10.200:8123`,
  ],
  'a service that is waited for': (_n, stamp) => [
    `${stamp} entrypoint: waiting for database db:5432 to be ready`,
  ],
};

for (const [name, round] of Object.entries(inVain))
  test(`attempted again and again: ${name}`, () => {
    const report = judge(120, 5, round);
    assert.equal(report.verdict, 'retry-loop');
    assert.ok(report.confidence <= 0.7, String(report.confidence));
    assert.equal(report.step?.tells, 'attempt');
    assert.match(logEvidence(report)[0], /^tried again and again, and no line tells how it ends: /u);
  });

const none: Readonly<Record<string, (n: number, stamp: string) => readonly string[]>> = {
  'it succeeds each time': (_n, stamp) => [
    `${stamp} DEBUG meter: connecting to 10.0.0.7:502`,
    `${stamp} DEBUG meter: connected`,
  ],
  'a fault that is called trying': (_n, stamp) => [
    `[${stamp.slice(0, 19)}] PHP Warning:  Undefined array key "speed" in /srv/shop/slider.php on line 7`,
    `[${stamp.slice(0, 19)}] PHP Warning:  Trying to access array offset on value of type null in /srv/shop/slider.php on line 8`,
  ],
  'it succeeds at times': (n, stamp) => [
    `${stamp} DEBUG meter: connecting to 10.0.0.7:502`,
    ...(n % 20 === 0 ? [`${stamp} DEBUG meter: session established`] : []),
  ],
  'another one each time': (n, stamp) => [
    `${stamp} INFO crawler: connecting to 10.${any(n, 1) % 256}.7.${n % 250}:80`,
  ],
  'work that is waited for': (_n, stamp) => [`${stamp} INFO worker: waiting for jobs`],
  'what is new is looked for': (_n, stamp) => [`${stamp} INFO scheduler: Looking for new files to import`],
  'a heartbeat': (_n, stamp) => [`${stamp} INFO agent: sending heartbeat to controller`],
  'a poll that reports a value': (n, stamp) => [
    `${stamp} INFO poller: connecting to sensor bus`,
    `${stamp} INFO poller: temperature ${any(n, 1) / 10} humidity ${any(n, 2) / 10}`,
  ],
  'a lease that is offered and taken, told in one form': (_n, stamp) => [
    `${stamp} host dhcpc: DHCPDISCOVER on eth3 to 255.255.255.255 port 67`,
    `${stamp} host dhcpc: DHCPOFFER of 10.0.0.7 from 10.0.0.1`,
    `${stamp} host dhcpc: DHCPREQUEST of 10.0.0.7 from 10.0.0.1`,
    `${stamp} host dhcpc: DHCPACK of 10.0.0.7 from 10.0.0.1`,
  ],
  'a lease that another one holds': (_n, stamp) => [
    `${stamp} INFO elector: attempting to acquire lease prod/main`,
    `${stamp} INFO elector: lease is held by node-a and has not yet expired`,
    `${stamp} INFO elector: failed to acquire lease prod/main`,
  ],
  'an answer that there is nothing': (_n, stamp) => [
    `${stamp} INFO fetch: connecting to mail.example`,
    `${stamp} INFO fetch: no new messages`,
  ],
  'a job that is run': (_n, stamp) => [`${stamp} INFO scheduler: Running job tidy_sessions`],
};

for (const [name, round] of Object.entries(none))
  test(`no loop: ${name}`, () => {
    const report = judge(200, 5, round);
    assert.doesNotMatch(report.verdict, /loop/u, `${report.verdict} ${report.confidence}`);
  });

test('an attempt every few minutes burns nothing', () => {
  assert.equal(judge(60, 300, inVain['a server that never answers']).verdict, 'unknown');
});

test('what has no verdict says what repeats, how often, at what cost and who writes it', () => {
  const report = judge(200, 5, (_n, stamp) => [`${stamp} host ledd[7]: lamp toggled`]);
  assert.equal(report.verdict, 'unknown');
  assert.match(
    logEvidence(report)[0],
    /^it repeats without saying why: ".*lamp toggled", 200 times, every 5\.0 s: 100 % of the lines, 100 % of the bytes, written by ledd$/u,
  );
});
