/** Lines → templates: what is masked, what stays apart, and the bound on memory. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsOf } from '../../../src/logs/verdict/findings.ts';
import { LogMeter } from '../../../src/logs/reading/log-meter.ts';
import { headlineOf, templateText } from '../../../src/logs/patterns/template-text.ts';

const now = Date.UTC(2026, 10, 22) / 1000;

function templatesOf(text: string): string[] {
  return metered(text).tree.templates.map((template) => templateText(template));
}

function metered(text: string): LogMeter {
  const meter = new LogMeter(now, 0);
  meter.feed(Buffer.from(text));
  meter.end();
  return meter;
}

test('numbers, addresses, ids, paths with digits and quoted values are values', () => {
  assert.deepEqual(
    templatesOf(
      [
        'read 12 bytes from 10.0.0.7:5432 for 3f2504e0-4f89-11d3-9a0c-0305e82c3301 at /data/p1/x "GET /a HTTP/1.1"',
        'read 34 bytes from 10.0.0.8:5433 for 4f2504e0-4f89-11d3-9a0c-0305e82c3301 at /data/p2/x "GET /b HTTP/1.1"',
      ].join('\n'),
    ),
    ['read <*> bytes from <*>:<*> for <*> at <*> "<*>"'],
  );
});

test('a value that never changes is told as it is', () => {
  assert.deepEqual(templatesOf('bind() to 0.0.0.0:80 failed (98: Address already in use)\n'.repeat(3)), [
    'bind() to 0.0.0.0:80 failed (98: Address already in use)',
  ]);
});

test('a word that varies becomes a value, but telling words keep templates apart', () => {
  assert.deepEqual(
    templatesOf('session opened for user root by login\nsession opened for user anna by login\n'),
    ['session opened for user <*> by login'],
  );
  assert.deepEqual(templatesOf('check of the disk ok\ncheck of the disk failed\n').length, 2);
  assert.deepEqual(templatesOf('ERROR the same words here\nINFO the same words here\n').length, 2);
});

test('the time is left out, the pid is named', () => {
  assert.deepEqual(templatesOf('Nov 22 17:42:26 vm app[12]: exit 1\nNov 22 17:42:27 vm app[13]: exit 1\n'), [
    'vm app[<pid>]: exit 1',
  ]);
  const [json] = metered(
    '{"level":50,"time":1795369346000,"pid":1,"msg":"no luck"}\n{"level":50,"time":1795369347000,"pid":2,"msg":"no luck"}\n',
  ).tree.templates;
  assert.ok(json !== undefined);
  assert.equal(templateText(json), '{"level":50,"time":<time>,"pid":<pid>,"msg":"no luck"}');
  assert.equal(headlineOf(json), 'no luck');
});

function jsonLine(n: number): string {
  return `{"msg":"cannot open \\"a, b\\": no","attempt":${n},"time":"2026-11-22T17:42:26Z","k":"v"}\n`;
}

test('escaped quotes and commas inside a message do not confuse what follows it', () => {
  assert.deepEqual(templatesOf(jsonLine(1) + jsonLine(2)), [
    '{"msg":"cannot open \\"a, b\\": no","attempt":<*>,"time":"<time>","k":"v"}',
  ]);
});

test('stack traces are joined to their head line', () => {
  const java =
    'SEVERE: no connection\njava.lang.IllegalStateException: pool\n\tat a.B.c(B.java:1)\nCaused by: x.Y: z\n\t... 1 more\n';
  const python =
    'ERROR x\nTraceback (most recent call last):\n  File "a.py", line 1, in <module>\nValueError: bad\n';
  assert.equal(metered(java.repeat(3)).records, 3);
  const meter = metered(python.repeat(3));
  assert.equal(meter.records, 6);
  assert.equal(meter.lines, 12);
});

test('a log whose every line is indented is not one record', () => {
  const meter = metered(Array.from({ length: 2000 }, (_, n) => `   ${n}  1  2  3`).join('\n'));
  assert.ok(meter.records > 1000);
});

test('levels in a padded column are no stack trace', () => {
  assert.equal(metered('2026-11-22 17:42:26.000  INFO 1 --- [main] a : b\n'.repeat(5)).records, 5);
});

test('wrappings come off: docker, CRI, journald', () => {
  const inside = 'cannot open /x: No such file';
  const docker = `{"log":"${inside}\\n","stream":"stderr","time":"2026-11-22T17:42:26.216133123Z"}\n`;
  const cri = `2026-11-22T17:42:26.427674123Z stderr F ${inside}\n`;
  assert.deepEqual(templatesOf(docker), [inside]);
  assert.deepEqual(templatesOf(cri), [inside]);
  const journal = {
    __REALTIME_TIMESTAMP: '1795369346000000',
    _PID: '42',
    SYSLOG_IDENTIFIER: 'app',
    MESSAGE: inside,
  };
  assert.deepEqual(templatesOf(`${JSON.stringify(journal)}\n`), [`app[42]: ${inside}`]);
  for (const text of [docker, cri, `${JSON.stringify(journal)}\n`])
    assert.equal(Math.floor(metered(text).rate.first), Date.UTC(2026, 10, 22, 17, 42, 26) / 1000);
});

test('repeat markers weigh what they say', () => {
  const head = '2026-11-22T17:42:26Z vm a[1]: ';
  const meter = metered(`${head}refused\n${head}message repeated 7 times: [ refused]\n${head}other thing\n`);
  assert.deepEqual(
    findingsOf(meter.view()).patterns.map(({ template }) => template.count),
    [8, 1],
  );
  assert.equal(
    metered('Nov 22 17:42:26 vm a: b\nNov 22 17:42:29 vm last message repeated 3 times\n').weight,
    4,
  );
});

test('a million templates stay within the bound', () => {
  const meter = new LogMeter(now, 0);
  const letters = 'abcdefghijklmnop';
  const word = (n: number): string =>
    Array.from({ length: 5 }, (_, at) => letters[(n >> (4 * at)) & 15]).join('');
  for (let block = 0; block < 1000; block++) {
    let text = '';
    for (let n = block * 1000; n < (block + 1) * 1000; n++)
      text += `${word(n)} ${word(n ^ 0x5555)} ${word(n * 7)} x\n`;
    meter.feed(Buffer.from(text));
  }
  meter.end();
  assert.equal(meter.lines, 1_000_000);
  assert.ok(meter.tree.templates.length <= 1000);
  const kept = meter.tree.templates.reduce((sum, template) => sum + template.lines, 0);
  assert.equal(kept + meter.tree.forgottenLines, 1_000_000);
});
