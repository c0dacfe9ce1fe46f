/** Logs of several programs: each is judged by itself where the whole is no loop. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromText } from '../../../src/model/byte-string.ts';
import type { LogReport } from '../../../src/model/log-report.ts';
import { logEvidence } from '../../../src/render/words/log.ts';
import { GrowingLog } from '../../../src/logs/logs.ts';

const start = Date.UTC(2026, 10, 22, 12) / 1000;

/** Spread over 0…999, without chance. */
const any = (n: number, salt: number): number => (n * 7919 + salt * 104_729) % 1000;

function syslog(seconds: number): string {
  const [, , day, month, , clock] = /(\w+), (\d+) (\w+) (\d+) (\S+)/u.exec(
    new Date(seconds * 1000).toUTCString(),
  )!;
  return `${month === undefined ? '' : 'Nov'} ${String(Number(day)).padStart(2)} ${clock}`;
}

interface Part {
  readonly every: number;
  readonly lines: (n: number, stamp: string, iso: string) => readonly string[];
}

/** The lines of all parts by time, over an hour. */
function judge(parts: readonly Part[], seconds = 3600): LogReport {
  const lines = parts.flatMap(({ every, lines: of }, part) =>
    Array.from({ length: Math.floor(seconds / every) }, (_, n) => {
      const at = start + n * every + part * 0.3;
      return of(n, syslog(at), new Date(at * 1000).toISOString()).map((text) => ({ at, text }));
    }).flat(),
  );
  const log = new GrowingLog(fromText('/x'), start + seconds, 0);
  log.feed(
    Buffer.from(
      lines
        .toSorted((a, b) => a.at - b.at)
        .map(({ text }) => `${text}\n`)
        .join(''),
    ),
  );
  return log.report(5);
}

const mail: Part = {
  every: 10,
  lines: (n, stamp) => [
    `${stamp} mx1 maild[${4000 + n}]: ${any(n, 1)}A${any(n, 2)}: from user${any(n, 3)} size ${any(n, 4)}`,
    `${stamp} mx1 maild[${4000 + n}]: ${any(n, 1)}A${any(n, 2)}: delivered to box${any(n, 5)}`,
    `${stamp} mx1 filterd[88]: scanned ${any(n, 6)}.eml in ${any(n, 7)} ms, score ${any(n, 8)}`,
  ],
};
const agent: Part = {
  every: 20,
  lines: (n, stamp) => [
    `${stamp} mx1 tunneld[${9000 + 3 * n}]: starting tunnel to relay.example port 22`,
    `${stamp} mx1 tunneld[${9000 + 3 * n}]: fatal: remote side refused the forwarding, exiting with status 255`,
  ],
};

test('a program that loops among others that work is told, with its share of the lines', () => {
  const report = judge([mail, agent]);
  assert.equal(report.verdict, 'restart-loop');
  assert.match(report.step?.message ?? '', /refused the forwarding/u);
  const [fact] = report.facts;
  assert.ok(fact.kind === 'program', fact.kind);
  assert.equal(fact.name, 'tunneld');
  assert.ok(Math.abs(fact.share - 0.25) < 0.01 && fact.byteShare > 0.2, JSON.stringify(fact));
  assert.match(logEvidence(report).join('\n'), /tunneld is judged by itself: 25 % of the lines/u);
  assert.match(logEvidence(report)[0], /^the step of tunneld that fails: /u);
  assert.match(logEvidence(report).join('\n'), /patterns make 100 % of its 360 lines/u);
  assert.ok(report.confidence <= 0.85);
});

test('what makes less than a tenth of the lines and bytes is not looked for', () => {
  assert.equal(judge([mail, { ...agent, every: 120 }]).verdict, 'busy');
});

test('containers behind their names, as compose and kubectl write them', () => {
  for (const prefix of [(name: string) => `${name}-1  | `, (name: string) => `[pod/${name}-7c9f/main] `]) {
    const report = judge([
      {
        every: 2,
        lines: (n, _stamp, iso) => [`${prefix('web')}${iso} GET /item/${any(n, 1)} 200 ${any(n, 2)} bytes`],
      },
      {
        every: 6,
        lines: (_n, _stamp, iso) => [
          `${prefix('api')}${iso} store: dial tcp 10.0.0.5:5432: connect: connection refused, retrying in 6s`,
        ],
      },
    ]);
    assert.equal(report.verdict, 'retry-loop', prefix('x'));
    assert.match(JSON.stringify(report.facts), /"kind":"program"/u);
  }
});

test('a unit is told by what systemd says of it', () => {
  const report = judge([
    mail,
    {
      every: 20,
      lines: (n, stamp) => [
        `${stamp} mx1 systemd[1]: reports.service: Main process exited, code=exited, status=3/NOTIMPLEMENTED`,
        `${stamp} mx1 systemd[1]: reports.service: Failed with result 'exit-code'.`,
        `${stamp} mx1 systemd[1]: reports.service: Scheduled restart job, restart counter is at ${n}.`,
      ],
    },
  ]);
  assert.equal(report.verdict, 'restart-loop');
  assert.equal(report.facts[0].kind === 'program' && report.facts[0].name, 'reports');
});

test('sessions, jobs and logins of clients beside each other are no loop', () => {
  const report = judge([
    mail,
    {
      every: 30,
      lines: (n, stamp) => [
        `${stamp} mx1 CRON[${700 + n}]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)`,
        `${stamp} mx1 CRON[${701 + n}]: (root) CMD (/usr/lib/tidy --all)`,
        `${stamp} mx1 CRON[${700 + n}]: pam_unix(cron:session): session closed for user root`,
      ],
    },
    {
      every: 15,
      lines: (n, stamp) => [
        `${stamp} mx1 sshd[${5000 + n}]: Failed password for root from 10.${any(n, 1) % 256}.1.9 port ${40_000 + any(n, 2)} ssh2`,
      ],
    },
  ]);
  assert.doesNotMatch(report.verdict, /loop/u);
});

test('among work, what a program says over and over without saying why is told with its cost', () => {
  const report = judge([
    mail,
    { every: 9, lines: (_n, stamp) => [`${stamp} mx1 clusterd[77]: members 10.0.0.1 10.0.0.2 form a ring`] },
  ]);
  assert.equal(report.verdict, 'busy');
  assert.match(
    logEvidence(report).at(-1) ?? '',
    /^it repeats without saying why: ".*form a ring", 400 times, every 9\.0 s: 27 % of the lines, \d+ % of the bytes, written by clusterd$/u,
  );
});
