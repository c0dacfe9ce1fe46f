/** Verdicts where the corpus has no log of the kind, and the traps: periodic, monotonous and failing, but healthy. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromText } from '../../../src/model/byte-string.ts';
import type { LogReport } from '../../../src/model/log-report.ts';
import { logEvidence } from '../../../src/render/words/log.ts';
import { GrowingLog } from '../../../src/logs/logs.ts';

const start = Date.UTC(2026, 10, 22, 12) / 1000;

/** A log of `count` rounds, one every `every` seconds. */
function judge(
  count: number,
  every: number,
  round: (n: number, stamp: string, syslog: string) => readonly string[],
): LogReport {
  const log = new GrowingLog(fromText('/x'), start, 0);
  for (let n = 0; n < count; n++) {
    const iso = new Date((start + n * every) * 1000).toISOString();
    const syslog = `Nov 22 ${iso.slice(11, 19)} vm`;
    log.feed(
      Buffer.from(
        round(n, iso, syslog)
          .map((line) => `${line}\n`)
          .join(''),
      ),
    );
  }
  return log.report(5);
}

const loops = new Set(['restart-loop', 'retry-loop']);

test('systemd’s own words for a service that is restarted', () => {
  const report = judge(300, 2.2, (n, _stamp, syslog) => [
    `${syslog} systemd[1]: Started Example service.`,
    `${syslog} example[${2000 + 3 * n}]: cannot read /etc/example.conf: No such file or directory`,
    `${syslog} systemd[1]: example.service: Main process exited, code=exited, status=1/FAILURE`,
    `${syslog} systemd[1]: example.service: Failed with result 'exit-code'.`,
    `${syslog} systemd[1]: example.service: Scheduled restart job, restart counter is at ${n}.`,
    `${syslog} systemd[1]: Stopped Example service.`,
  ]);
  assert.equal(report.verdict, 'restart-loop');
});

test('kubelet’s crash loop back-off', () => {
  const report = judge(400, 1.1, (n, stamp) => [
    `E1122 ${stamp.slice(11, 23)}000    1234 pod_workers.go:1300] "Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"web\\" with CrashLoopBackOff: \\"back-off 5m0s restarting failed container=web pod=web-${n % 2}_default\\"" pod="default/web-${n % 2}"`,
  ]);
  assert.ok(loops.has(report.verdict), report.verdict);
});

test('a program that prints only that it starts, with a new pid each time', () => {
  assert.equal(
    judge(200, 1, (n, _stamp, syslog) => [`${syslog} agent[${4000 + n}]: agent 3.1 starting`]).verdict,
    'restart-loop',
  );
});

test('a retry with a fresh request id and attempt number each time', () => {
  const report = judge(300, 0.5, (n, stamp) => [
    `${stamp} ERROR [client] request_id=${(n * 2_654_435_761).toString(16).padStart(16, '0')} attempt ${n}: connection to broker refused after ${(n * 37) % 20} ms`,
  ]);
  assert.equal(report.verdict, 'retry-loop');
});

test('a reconnect that is only told as information', () => {
  const report = judge(200, 2, (_n, stamp) => [
    `{"time":"${stamp}","level":"info","msg":"disconnected from nats"}`,
    `{"time":"${stamp}","level":"info","msg":"reconnecting to nats"}`,
  ]);
  assert.equal(report.verdict, 'retry-loop');
});

test('a run script whose program is missing', () => {
  const report = judge(300, 1, () => ['./run: line 3: /opt/app/bin/app: No such file or directory']);
  assert.equal(report.verdict, 'restart-loop');
});

test('a traceback in a client that retries with the same pid is no restart', () => {
  const report = judge(200, 1, (_n, stamp) => [
    `${stamp.slice(0, 10)} ${stamp.slice(11, 19)},000 ERROR [813] sync failed`,
    'Traceback (most recent call last):',
    '  File "/srv/sync.py", line 9, in once',
    'psycopg2.OperationalError: connection to server at "127.0.0.1", port 5432 failed: Connection refused',
  ]);
  assert.equal(report.verdict, 'retry-loop');
});

test('failures of ever different requests are a storm, not a loop', () => {
  const report = judge(600, 0.3, (n, stamp) => [
    `${stamp} ERROR order ${(n * 7919) % 100_003} of customer ${(n * 104_729) % 9973} rejected: payment provider timed out`,
  ]);
  assert.equal(report.verdict, 'error-storm');
});

const healthy: Readonly<Record<string, (n: number, stamp: string, syslog: string) => readonly string[]>> = {
  'one cron job every minute': (n, _stamp, syslog) => [
    `${syslog} CRON[${3000 + 5 * n}]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)`,
    `${syslog} CRON[${3001 + 5 * n}]: (root) CMD (/usr/local/bin/rotate)`,
    `${syslog} CRON[${3000 + 5 * n}]: pam_unix(cron:session): session closed for user root`,
  ],
  'a heartbeat': (_n, stamp) => [`${stamp} INFO heartbeat ok, 0 errors`],
  'a warning that is no failure': (_n, stamp) => [
    `${stamp} WARN configuration key "cache.size" is deprecated, use "cache.bytes"`,
  ],
  'a poll that finds nothing': (n, stamp) => [
    `${stamp} DEBUG polling queue, timeout=30000, errors=0`,
    `${stamp} DEBUG no messages after ${n % 9} ms`,
  ],
  'the same probe again and again': (_n, stamp) => [
    `10.0.0.1 - - [22/Nov/2026:${stamp.slice(11, 19)} +0000] "GET /healthz HTTP/1.1" 200 2 "-" "kube-probe/1.30"`,
  ],
  'work in which one step in ten fails': (n, stamp) => [
    `${stamp} INFO crawled https://site${(n * 7919) % 5003}.example/p${n} in ${n % 700} ms, ${(n * 31) % 9001} bytes`,
    ...(n % 10 === 0
      ? [`${stamp} ERROR fetch of https://site${(n * 104_729) % 4999}.example/q${n} failed: timeout`]
      : []),
  ],
  'a garbage collector of the old kind': (n, stamp) => [
    `${stamp}: ${n}.345: [GC (Allocation Failure) [PSYoungGen: ${65_536 + (n % 3)}K->${10_736 + (n % 5)}K(76288K)] 65536K->${10_744 + (n % 4)}K(251392K), 0.01 secs]`,
  ],
  'background saves by short-lived children': (n, stamp) => [
    `812:M ${stamp} * 1 changes in 1 seconds. Saving...`,
    `812:M ${stamp} * Background saving started by pid ${900 + n}`,
    `${900 + n}:C ${stamp} * DB saved on disk`,
    `812:M ${stamp} * Background saving terminated with success`,
  ],
};

for (const [name, round] of Object.entries(healthy)) {
  test(`no loop: ${name}`, () => {
    const report = judge(1500, name.includes('cron') ? 60 : 1, round);
    assert.ok(
      !loops.has(report.verdict),
      `${report.verdict} ${report.confidence}: ${logEvidence(report).join('; ')}`,
    );
  });
}

test('refused logins and scanned ports are a storm from outside', () => {
  const report = judge(500, 0.7, (n, _stamp, syslog) => [
    `${syslog} sshd[${7000 + n}]: Failed password for invalid user admin from 10.1.${n % 7}.9 port ${40_000 + (n % 20_000)} ssh2`,
    `${syslog} sshd[${7000 + n}]: error: kex_exchange_identification: Connection closed by remote host`,
  ]);
  assert.equal(report.verdict, 'error-storm');
});

test('a few lines are not enough for anything', () => {
  const report = judge(12, 1, (_n, stamp) => [`${stamp} ERROR cannot connect: Connection refused`]);
  assert.equal(report.verdict, 'unknown');
  assert.deepEqual(report.facts, [{ kind: 'too-few-lines', lines: 12 }]);
});

test('a database that cannot read its files dies of them, no client is to blame', () => {
  const report = judge(40, 30, (_n, stamp) => [
    `${stamp.slice(0, 10)} ${stamp.slice(11, 23)} UTC [1] FATAL:  database locale is incompatible with operating system`,
    `${stamp.slice(0, 10)} ${stamp.slice(11, 23)} UTC [1] DETAIL:  The database cluster was initialized with LC_COLLATE "xx_XX", which is not recognized by setlocale().`,
  ]);
  assert.ok(loops.has(report.verdict), report.verdict);
  assert.match(report.step?.message ?? '', /database locale is incompatible/u);
});

test('a peer that has a name is one that we call, no client', () => {
  const report = judge(60, 5, (_n, stamp) => [
    `${stamp} W | replica: peer 8c41ab does not answer: dial tcp 10.1.2.3:7000: connect: connection refused`,
    `${stamp} W | replica: cannot learn the version of 8c41ab: dial tcp 10.1.2.3:7000: connect: connection refused`,
  ]);
  assert.equal(report.verdict, 'retry-loop');
});

test('an answer that never comes from a server is ours to wait for', () => {
  const report = judge(60, 5, (_n, _stamp, syslog) => [
    `${syslog} lookup[812]: no response from 10.1.2.3 port 53, trying again`,
  ]);
  assert.equal(report.verdict, 'retry-loop');
});

test('a store that cannot read its own file says that the file is bad, and starts anew', () => {
  const report = judge(30, 60, (_n, stamp) => [
    `1:C ${stamp.slice(11, 23)} # Store version=3.1.4, pid=1, just started`,
    `1:M ${stamp.slice(11, 23)} * Running mode=standalone, port=7001.`,
    `1:M ${stamp.slice(11, 23)} # Bad header in the journal: make a copy of it, then run store-check --mend`,
  ]);
  assert.equal(report.verdict, 'restart-loop');
  assert.match(report.step?.message ?? '', /Bad header/u);
});

test('a start whose one failing line is lost among many that tell of it', () => {
  const report = judge(30, 60, (_n, stamp) => [
    `[${stamp}][INFO ][mill.Node] initializing ...`,
    ...['plugins', 'modules', 'paths', 'threads', 'heap', 'ports'].map(
      (part) => `[${stamp}][INFO ][mill.Node] ${part} loaded`,
    ),
    'ERROR: [1] checks failed',
    '[1]: the number of maps is too low',
    ...['stopping', 'stopped', 'closing', 'closed'].map((word) => `[${stamp}][INFO ][mill.Node] ${word} ...`),
  ]);
  assert.ok(loops.has(report.verdict), report.verdict);
  assert.match(report.step?.message ?? '', /checks failed/u);
});

test('tabs part the columns of a log; they join no lines', () => {
  const report = judge(60, 7, (n, stamp) => [
    `${stamp}\tERROR\tsender/out.go:100\tcannot reach tcp://mill:7000: connection refused`,
    `${stamp}\tINFO\tsender/out.go:93\tattempt ${n} to reach tcp://mill:7000`,
  ]);
  assert.equal(report.verdict, 'retry-loop');
  assert.match(report.step?.message ?? '', /cannot reach/u);
});

test('a server that finds itself running already says why it ends', () => {
  const report = judge(40, 20, () => [
    '=> Booting mill',
    '=> Mill 5.1 application starting in production',
    'A server is already running. Check /srv/mill/server.pid.',
    'Exiting',
  ]);
  assert.equal(report.verdict, 'restart-loop');
  assert.match(report.step?.message ?? '', /already running/u);
});

test('a level is no statement: what a line says besides it is', () => {
  const report = judge(40, 8, (_n, stamp) => [
    `${stamp} [error] <0.131.0>   reason: {badmatch,`,
    `${stamp} [error] <0.131.0>              {{shutdown,`,
    `${stamp} [error] <0.131.0>                {{failed_to_start_child,auth,`,
    `${stamp} [error] <0.131.0>                     [{auth,init,1,`,
    `${stamp} [error] <0.131.0>                     [{auth,load,2,`,
  ]);
  assert.match(report.step?.message ?? '', /failed_to_start_child/u);
});

test('an answer that did not come is a failure, told or not that there will be another attempt', () => {
  const report = judge(300, 5.1, (n, stamp) => [
    `${stamp} tunnel: peer(Ab3c…9xYz) - Greeting did not complete after 5 seconds, retrying (try ${n % 20})`,
    `${stamp} tunnel: peer(Ab3c…9xYz) - Sending greeting`,
  ]);
  assert.equal(report.verdict, 'retry-loop');
  assert.match(report.step?.message ?? '', /did not complete/u);
});

test('of two lines that say as much, the one that names no next attempt is the step', () => {
  const report = judge(300, 5.1, (n, stamp) => [
    `${stamp} tunnel: Greeting did not complete after 5 seconds, retrying (try ${n % 20})`,
    `${stamp} tunnel: Sending greeting`,
    `${stamp} tunnel: Failed to send greeting: neither way has an address`,
  ]);
  assert.match(report.step?.message ?? '', /Failed to send/u);
});

test('what a key that counts nothing is called is no failure', () => {
  const report = judge(300, 5, (_n, stamp) => [
    `{"level":"info","ts":"${stamp}","logger":"rollout","msg":"Looking at rollouts","rollouts failed":0,"nodes unavailable":0,"nodes that may be unavailable":1,"revision":7}`,
    `{"level":"info","ts":"${stamp}","logger":"rollout","msg":"Draining what asks for it"}`,
  ]);
  assert.ok(!loops.has(report.verdict), report.verdict);
});

test('a unit that systemd starts again and again without a word of failure', () => {
  const report = judge(100, 2, (n, _stamp, syslog) => [
    `${syslog} systemd[1735]: applet.service: Scheduled restart job, restart counter is at ${200 + n}.`,
    `${syslog} systemd[1735]: Stopped Applet of the desktop.`,
    `${syslog} systemd[1735]: Started Applet of the desktop.`,
    `${syslog} applet[${8000 + 7 * n}]: Theme is the default one.`,
  ]);
  assert.equal(report.verdict, 'restart-loop');
});

test('a program that is told to stop in each of its lives', () => {
  const report = judge(60, 25, (_n, stamp) => [
    `${stamp} INFO Main: Player version: 10.5.3`,
    `${stamp} INFO Main: Data path: /config`,
    `${stamp} INFO App: Loading assemblies`,
    `${stamp} INFO App: Disposing host`,
    `${stamp} INFO Main: Received a SIGTERM signal, shutting down`,
  ]);
  assert.ok(loops.has(report.verdict), report.verdict);
  assert.match(report.step?.message ?? '', /SIGTERM/u);
});

test('clients that a server turns away in TLS are a storm from outside', () => {
  const report = judge(300, 0.3, (n, stamp) => [
    `${stamp} New connection from 192.0.2.${1 + ((n * 37) % 250)}:${20_000 + ((n * 7919) % 40_000)} on port 8883.`,
    `${stamp} OpenSSL Error[0]: error:140360C7:SSL routines:ACCEPT_SR_CERT:peer did not return a certificate`,
    `${stamp} Client <unknown> disconnected: Protocol error.`,
  ]);
  assert.equal(report.verdict, 'error-storm');
});

test('one node after the other is news, however regular', () => {
  const report = judge(300, 0.5, (n, stamp) => {
    const id = Math.imul(n + 1, 0x9e3779b1) >>> 0;
    return [
      `${stamp} [WARN] cluster.heartbeat: node '${id.toString(16).padStart(8, '0')}-17a2-4d06-8a7b-2b64d35de7c5' expired`,
    ];
  });
  assert.ok(!loops.has(report.verdict), report.verdict);
});

test('an order’s number at the end of an address is the attempt’s own', () => {
  const report = judge(60, 30, (n, stamp) => {
    const id = (Math.imul(n + 1, 0x9e3779b1) >>> 0).toString(16).padStart(22, '0a1b');
    return [
      `{"level":"info","ts":"${stamp}","logger":"cert","msg":"taking the lock"}`,
      `{"level":"info","ts":"${stamp}","logger":"cert.limit","msg":"waiting for my own limit"}`,
      `{"level":"error","ts":"${stamp}","logger":"cert","msg":"will retry","error":"asking https://ca.example/v2/order/${id} failed: deadline exceeded (of https://ca.example/v2/list/${id.slice(2)}${id.slice(0, 2)})","attempt":${n}}`,
      `{"level":"info","ts":"${stamp}","logger":"cert","msg":"giving the lock back"}`,
    ];
  });
  assert.equal(report.verdict, 'retry-loop');
});

test('the exception below a line of statistics is the step, and a locked database has that name', () => {
  const traced = judge(100, 30, (n, stamp) => [
    `${stamp} DEBUG com.example.Pool - Failure stats (total=10, active=10)`,
    `java.sql.SQLTransientConnectionException: no connection, request timed out after ${30_000 + (n % 50)}ms.`,
    '\tat com.example.Pool.take(Pool.java:182)',
  ]);
  assert.match(traced.step?.message ?? '', /^java\.sql\.SQLTransientConnectionException: /u);
  const locked = judge(60, 4, () => [
    '[Fatal] Main: WENT WRONG!',
    '',
    '[v2.0] Store.StoreException: database is locked',
    'database is locked',
    '  at Store.Step (Store.Statement stmt) in <filename unknown>:0',
  ]);
  assert.match(locked.step?.message ?? '', /database is locked/u);
});

test('a unit without a pause between its starts, in the words of an older systemd', () => {
  const report = judge(100, 1, (_n, _stamp, syslog) => [
    `${syslog} systemd[1]: drum.service has no holdoff time, scheduling restart.`,
    `${syslog} systemd[1]: Stopping Drum Service...`,
    `${syslog} systemd[1]: Starting Drum Service...`,
    `${syslog} systemd[1]: Started Drum Service.`,
  ]);
  assert.equal(report.verdict, 'restart-loop');
  assert.equal(report.step?.program, 'drum.service');
});

test('a life whose trace has a stamp on every line, and one line that says what it died of', () => {
  const report = judge(60, 30, (_n, stamp) => [
    ...Array.from(
      { length: 10 },
      (_, n) => `${stamp} app[web.1]: File "/app/part${'abcdefghij'[n]}.py", line 2${n}, in call`,
    ),
    `${stamp} app[web.1]: herd.errors.Halt: <Halt 'Worker failed to boot.' 3>`,
  ]);
  assert.ok(loops.has(report.verdict), report.verdict);
  assert.match(report.step?.message ?? '', /failed to boot/u);
});

test('a host and a program in common make no success of a failure', () => {
  const report = judge(60, 3, (n, _stamp, syslog) => [
    `${syslog} modemd[${4000 + 9 * n}]: dialer 3.1 started by root`,
    `${syslog} modemd[${4000 + 9 * n}]: send AT`,
    `${syslog} modemd[${4000 + 9 * n}]: expect OK`,
    `${syslog} modemd[${4000 + 9 * n}]: carrier failed`,
    `${syslog} modemd[${4000 + 9 * n}]: hangs up`,
  ]);
  assert.equal(report.verdict, 'restart-loop');
});

test('ports of the machine’s own clients, times told in words and those of a simulation are no content', () => {
  const local = judge(60, 11, (n, stamp) => [
    `${stamp} bridge: box joins remote_addr="127.0.0.1:${34_000 + ((n * 7919) % 20_000)}"`,
    `${stamp} bridge: box leaves remote_addr="127.0.0.1:${34_000 + ((n * 6007) % 20_000)}"`,
  ]);
  assert.equal(local.verdict, 'unknown');
  assert.match(JSON.stringify(local.facts), /"kind":"repeats"/u);
  const simulation = judge(80, 0.5, (n) => [
    `[WARN] [${start + n}.250000125, ${(n * 2.93 + 211).toFixed(9)}]: transform of arm failed: wanted time ${((n * 37) % 90) / 10 + 1.25}, oldest is at time 3.4`,
  ]);
  assert.equal(simulation.verdict, 'retry-loop');
});
