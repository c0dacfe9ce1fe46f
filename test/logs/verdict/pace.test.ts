/** A loop has a pace: what comes back a few times a week is none, and one that stopped is said to have. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fromText } from '../../../src/model/byte-string.ts';
import type { LogReport } from '../../../src/model/log-report.ts';
import { GrowingLog } from '../../../src/logs/logs.ts';

const start = Date.UTC(2026, 10, 8, 12) / 1000;
const HOUR = 3600;
const DAY = 24 * HOUR;

/** A container's log: its program comes up, says the same eight lines, and ends. */
function containerLog(
  times: readonly number[],
  nowSeconds: number,
  after: readonly string[] = [],
): LogReport {
  const log = new GrowingLog(fromText('/x'), nowSeconds, 0);
  for (const seconds of times) {
    const stamp = new Date(seconds * 1000).toISOString();
    log.feed(
      Buffer.from(
        [
          `${stamp} INFO server 3.1 starting`,
          `${stamp} INFO reading /etc/app/app.toml`,
          `${stamp} INFO listening on 0.0.0.0:8080`,
          `${stamp} ERROR fatal: cannot reach the database, exiting`,
          `${stamp} INFO exited with code 1`,
          '',
        ].join('\n'),
      ),
    );
  }
  if (after.length > 0) log.feed(Buffer.from(`${after.join('\n')}\n`));
  return log.report(5);
}

function paceOf({ facts }: LogReport): { roundsPerHour: number; endedSeconds: number | null } | undefined {
  return facts.find((fact) => fact.kind === 'pace');
}

const isLoop = ({ verdict }: LogReport): boolean => verdict.endsWith('-loop');

test('ten starts in a fortnight are no loop, and it is said why', () => {
  const report = containerLog(
    Array.from({ length: 10 }, (_, n) => start + n * 1.5 * DAY),
    start + 14 * DAY,
  );
  assert.equal(report.verdict, 'unknown');
  const slow = report.facts.find((fact) => fact.kind === 'slow-rounds');
  assert.deepEqual(slow, { kind: 'slow-rounds', rounds: 10, spanSeconds: 13.5 * DAY });
});

test('property: whether it is a loop depends on the pace, at any start', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.2, max: 300, noNaN: true }),
      fc.double({ min: HOUR, max: 3 * DAY, noNaN: true }),
      fc.integer({ min: 0, max: 10_000_000 }),
      (fast, slow, offset) => {
        const at = (every: number): number[] =>
          Array.from({ length: 60 }, (_, n) => start - offset + n * every);
        assert.ok(isLoop(containerLog(at(fast), start + 60 * fast)));
        assert.equal(containerLog(at(slow), start + 60 * slow).verdict, 'unknown');
      },
    ),
    { numRuns: 40 },
  );
});

test('its rounds per hour, and that it goes on', () => {
  const report = containerLog(
    Array.from({ length: 200 }, (_, n) => start + n * 10),
    start + 2000,
  );
  const pace = paceOf(report);
  assert.ok(pace && Math.abs(pace.roundsPerHour - 360) < 5, JSON.stringify(pace));
  assert.equal(pace.endedSeconds, null);
});

test('one that ended long before is said to have ended', () => {
  const report = containerLog(
    Array.from({ length: 200 }, (_, n) => start + n * 10),
    start + 3 * DAY,
  );
  assert.ok(isLoop(report));
  assert.equal(paceOf(report)?.endedSeconds, start + 1990);
});

test('a pause of days among fast rounds does not make it slow', () => {
  const times = Array.from({ length: 400 }, (_, n) => start + n * 3 + (n < 200 ? 0 : 3 * DAY));
  assert.ok(isLoop(containerLog(times, start + 3 * DAY + 1300)));
});

test('a log without times has no pace, and keeps its verdict', () => {
  const log = new GrowingLog(fromText('/x'), start, 0);
  for (let n = 0; n < 300; n++)
    log.feed(Buffer.from('connect to 127.0.0.1:9 failed: Connection refused, retrying\n'));
  const report = log.report(5);
  assert.equal(report.verdict, 'retry-loop');
  assert.equal(paceOf(report), undefined);
});
