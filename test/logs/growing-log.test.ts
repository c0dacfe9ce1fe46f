/** A log judged while it grows: small pieces, any cut, and a change of behaviour that is noticed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromText } from '../../src/model/byte-string.ts';
import { GrowingLog } from '../../src/logs/logs.ts';

const start = Date.UTC(2026, 10, 22, 12) / 1000;

function failing(n: number): string {
  return `${new Date((start + n / 5) * 1000).toISOString()} ERROR cannot reach the queue at 10.0.0.9: Connection refused\n`;
}

function working(n: number): string {
  return `${new Date((start + n / 5) * 1000).toISOString()} INFO order ${(n * 7919) % 100_003} of customer ${(n * 104_729) % 9973} shipped to ${(n * 31) % 4001}\n`;
}

test('pieces cut anywhere lead to the same verdict as the whole', () => {
  const text = Buffer.from(Array.from({ length: 300 }, (_, n) => failing(n)).join(''));
  const log = new GrowingLog(fromText('/x'), start, 0);
  for (let at = 0; at < text.length; at += 37) log.feed(text.subarray(at, at + 37));
  const report = log.report(5);
  assert.equal(report.verdict, 'retry-loop');
  assert.equal(report.lines, 300);
});

test('what it did long ago does not decide', () => {
  const log = new GrowingLog(fromText('/x'), start, 0);
  for (let n = 0; n < 15_000; n++) log.feed(Buffer.from(working(n)));
  assert.equal(log.report(5).verdict, 'busy');
  for (let n = 15_000; n < 45_000; n++) log.feed(Buffer.from(failing(n)));
  assert.equal(log.report(5).verdict, 'retry-loop');
});

test('nothing fed yet is unknown', () => {
  assert.equal(new GrowingLog(fromText('/x'), start, 0).report(5).verdict, 'unknown');
});
