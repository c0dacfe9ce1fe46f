/** Dates with slashes: which of day and month comes first is decided for a file. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { fromText } from '../../../src/model/byte-string.ts';
import type { LogReport } from '../../../src/model/log-report.ts';
import { GrowingLog, judgeLogFile } from '../../../src/logs/logs.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'diskwhy-dates-'));
after(() => rmSync(folder, { recursive: true }));

const HOUR = 3600;
const nowSeconds = Date.UTC(2026, 10, 28, 18) / 1000;

const two = (value: number): string => String(value).padStart(2, '0');

function slashed(seconds: number, order: 'day' | 'month'): string {
  const date = new Date(seconds * 1000);
  const [day, month] = [two(date.getUTCDate()), two(date.getUTCMonth() + 1)];
  const clock = date.toISOString().slice(11, 19);
  return `${order === 'day' ? `${day}/${month}` : `${month}/${day}`}/2026 ${clock}`;
}

function textOf(from: number, every: number, count: number, order: 'day' | 'month'): string {
  return Array.from(
    { length: count },
    (_, n) =>
      `${slashed(from + n * every, order)} bridge: broker 10.0.0.9 refused the connection, reconnecting\n`,
  ).join('');
}

async function judge(name: string, text: string): Promise<LogReport> {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return await judgeLogFile(fromText(file), {
    tailBytes: 1 << 20,
    whole: false,
    nowSeconds,
    zoneMinutes: 0,
    topPatterns: 3,
  });
}

test('a day above 12 anywhere in the file says it for lines that could be read either way', async () => {
  const from = Date.UTC(2026, 10, 9, 6) / 1000;
  const report = await judge('above.log', textOf(from, HOUR / 2, 48 * 8, 'day'));
  assert.deepEqual(report.span, { fromSeconds: from, toSeconds: from + (HOUR / 2) * (48 * 8 - 1) });
  assert.equal(report.verdict, 'unknown', 'a fault each half hour is no loop');
});

test('without one, time that runs forward says it', async () => {
  for (const order of ['day', 'month'] as const) {
    const from = Date.UTC(2025, 10, 2, 6) / 1000;
    const text = textOf(from, HOUR, 24 * 9, order).replaceAll('/2026 ', '/2025 ');
    const report = await judge(`forward-${order}.log`, text);
    assert.deepEqual(report.span, { fromSeconds: from, toSeconds: from + HOUR * (24 * 9 - 1) }, order);
  }
});

test('of one day only, what lies nearer to now and not ahead', async () => {
  for (const order of ['day', 'month'] as const) {
    const from = Date.UTC(2026, 10, 5, 6) / 1000;
    const report = await judge(`one-day-${order}.log`, textOf(from, 2, 60, order));
    assert.equal(report.span?.fromSeconds, from, order);
    const log = new GrowingLog(fromText('/x'), nowSeconds, 0);
    log.feed(Buffer.from(textOf(from, 2, 500, order)));
    assert.equal(log.report(3).span?.fromSeconds, from, `${order}, growing`);
  }
});
