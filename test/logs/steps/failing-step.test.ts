/** Which line of a loop is named as the one that fails: what states the failure, never what announces, counts or waits. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromText } from '../../../src/model/byte-string.ts';
import { GrowingLog } from '../../../src/logs/logs.ts';

const start = Date.UTC(2026, 10, 22, 12) / 1000;

function stepOf(round: (n: number, stamp: string) => readonly string[], every = 2): string {
  const log = new GrowingLog(fromText('/x'), start, 0);
  for (let n = 0; n < 300; n++) {
    const stamp = new Date((start + n * every) * 1000).toISOString();
    log.feed(Buffer.from(`${round(n, stamp).join('\n')}\n`));
  }
  return log.report(5).step?.message ?? '';
}

const cases: readonly {
  readonly name: string;
  readonly states: RegExp;
  readonly round: (n: number, stamp: string) => readonly string[];
}[] = [
  {
    name: 'a broker that refuses, and the wait that is announced on a line of its own',
    states: /Cannot connect to amqp:.*Connection refused/u,
    round: (n, stamp) => [
      `[${stamp.slice(0, 19).replace('T', ' ')},123: ERROR/MainProcess] consumer: Cannot connect to amqp://guest:**@127.0.0.1:5672//: [Errno 111] Connection refused.`,
      `[${stamp.slice(0, 19).replace('T', ' ')},124: ERROR/MainProcess] Trying again in ${2 + 2 * (n % 16)}.00 seconds... (${n % 16}/100)`,
    ],
  },
  {
    name: 'an error, and three lines that back off from it',
    states: /write to store: no space left on device/u,
    round: (n, stamp) => [
      `${stamp} error write to store: no space left on device`,
      `${stamp} warn Backing off for ${n % 30} s`,
      `${stamp} warn Retrying failed batch, attempt ${n}`,
      `${stamp} warn retry scheduled`,
    ],
  },
  {
    name: 'a supervisor that warns of itself each time',
    states: /exited: web \(exit status 1; not expected\)/u,
    round: (n, stamp) => {
      const at = `${stamp.slice(0, 19).replace('T', ' ')},100`;
      return [
        `${at} CRIT Supervisor is running as root.  Privileges were not dropped because no user is specified in the config file.`,
        `${at} INFO spawned: 'web' with pid ${3000 + n}`,
        `${at} WARN exited: web (exit status 1; not expected)`,
      ];
    },
  },
  {
    name: 'an exception under a message that tells nothing',
    states: /ConnectionRefusedError: \[Errno 111\] Connection refused/u,
    round: (_n, stamp) => [
      `${stamp} ERROR worker: job failed, will retry`,
      `${stamp} ERROR worker: ConnectionRefusedError: [Errno 111] Connection refused`,
      `${stamp} WARN worker: retrying in 5 s`,
    ],
  },
  {
    name: 'a unit whose program says why',
    states: /cannot read \/etc\/example\.conf: No such file or directory/u,
    round: (n, stamp) => {
      const at = `Nov 22 ${stamp.slice(11, 19)} vm`;
      return [
        `${at} systemd[1]: Started Example service.`,
        `${at} example[${2000 + 3 * n}]: cannot read /etc/example.conf: No such file or directory`,
        `${at} systemd[1]: example.service: Main process exited, code=exited, status=1/FAILURE`,
        `${at} systemd[1]: example.service: Failed with result 'exit-code'.`,
        `${at} systemd[1]: example.service: Scheduled restart job, restart counter is at ${n}.`,
      ];
    },
  },
  {
    name: 'a structured line whose errno stands in a field of its own',
    states: /Cache client failed: ECONNREFUSED/u,
    round: (_n, stamp) => [
      `{"code":"ECONNREFUSED","level":"error","message":"Cache client failed","stack":"AggregateError [ECONNREFUSED]: \\n    at connect (node:net:1118:18)","timestamp":"${stamp}"}`,
    ],
  },
  {
    name: 'an answer in snake case, in a language that is not known',
    states: /invalid_grant/u,
    round: (_n, stamp) => [
      `${stamp} [ERROR] melder: Token abgelehnt: 400 {"error":"invalid_grant","error_description":"expired_refresh_token"}`,
      `${stamp} [ERROR] melder: Meldung nicht zugestellt: 401`,
    ],
  },
  {
    name: 'the wait and its reason on one line',
    states: /upstream refused: connect ECONNREFUSED 127\.0\.0\.1:9/u,
    round: (n, stamp) => [
      `${stamp} WARN upstream refused: connect ECONNREFUSED 127.0.0.1:9, trying again in ${n % 9} s`,
      `${stamp} WARN connection lost, reconnecting`,
    ],
  },
];

for (const { name, states, round } of cases)
  test(name, () => {
    assert.match(stepOf(round), states);
  });

test('the cause under a Java exception is part of what fails', () => {
  const step = stepOf((_n, stamp) => [
    `${stamp} SEVERE: Could not create connection to database server.`,
    'com.example.DatabaseException: Could not create connection',
    '\tat com.example.Pool.get(Pool.java:55)',
    'Caused by: java.net.ConnectException: Connection refused',
    '\t... 12 more',
  ]);
  assert.match(step, /Could not create connection.*ConnectException: Connection refused/u);
});

test('what fails may stand on the lines below the message', () => {
  assert.match(
    stepOf(() => ['pool a selected', ' Error 127.0.0.1:9 [ Connection refused ]', ' mining suspended']),
    /Connection refused/u,
  );
});

test('a line that only announces the next attempt is the step where it says at what', () => {
  assert.match(
    stepOf((n, stamp) => [
      `${stamp} INFO Retrying connect to server: 10.0.0.9:8032. Already tried ${n % 9} times`,
    ]),
    /10\.0\.0\.9:8032/u,
  );
});

test('… or why', () => {
  assert.match(
    stepOf((_n, stamp) => [`${stamp} DEBUG:root:got empty leader, retrying`]),
    /empty leader/u,
  );
});

test('of a trace whose lines each have a prefix, the exception is the step', () => {
  assert.match(
    stepOf((n, stamp) =>
      [
        `started with pid ${7 + n}`,
        'Traceback (most recent call last):',
        '  File "server.py", line 1, in <module>',
        "KeyError: 'DEBUG_MODE'",
        'exited with code 1',
      ].map((line) => `${stamp.slice(11, 19)} web.1  | ${line}`),
    ),
    /KeyError: 'DEBUG_MODE'/u,
  );
});

test('lines that only wait state no failure', () => {
  assert.equal(
    stepOf((n, stamp) => [`${stamp} WARN Trying again in ${n % 8}.00 seconds`]),
    '',
  );
});
