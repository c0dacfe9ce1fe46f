/** Verdicts of logs that grow while they are judged: loops, work, truncation, rotation, what is no text. */
import assert from 'node:assert/strict';
import { appendFileSync, renameSync, statSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { fromText } from '../../src/model/byte-string.ts';
import { fileIdOfStats } from '../../src/model/file-id.ts';
import type { Growing, Judge } from '../../src/watch/ground/collaborators.ts';
import { createJudge } from '../../src/watch/verdict/judge.ts';
import { tempFolder } from '../support/temp-folder.ts';
import type { TempFolder } from '../support/temp-folder.ts';

let folder: TempFolder;
let judge: Judge;
let log: string;
let now: number;

const start = Date.UTC(2026, 10, 22, 12) / 1000;

/** As it lies there now; one growth through all its inodes. */
function growing(): Growing {
  const stats = statSync(log, { bigint: true });
  const path = fromText(log);
  const size = Number(stats.size);
  return {
    growth: 1,
    what: 'file',
    id: fileIdOfStats(stats),
    path,
    openPath: path,
    isUnlinked: false,
    apparentBytes: size,
    bytesPerSecond: 1,
  };
}

const stamp = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** A second of a program that dies and is started again, 20 times. */
function loopLines(second: number): string {
  return Array.from({ length: 20 }, (_, index) => {
    const at = stamp(second + index / 20);
    const pid = 1000 + Math.round((second - start) * 20) + index;
    return `${at} host worker[${pid}]: starting\n${at} host worker[${pid}]: bind 0.0.0.0:8080: Address already in use\n${at} host worker[${pid}]: exit 1\n`;
  }).join('');
}

let served = 0;
/** A second of a web server. */
function accessLines(second: number): string {
  return Array.from({ length: 60 }, (_, index) => {
    const n = (served++ * 7919) % 10_007;
    const status = n % 13 === 0 ? 404 : 200;
    return `10.${n % 200}.${n % 91}.${n % 250} - - [${stamp(second + index / 60)}] "GET /${['shop', 'news', 'img'][n % 3]}/${n.toString(36)}?q=${n * 31} HTTP/1.1" ${status} ${n * 17} "-" "Agent/${n % 9}"\n`;
  }).join('');
}

/** Appends a second of lines at a time and lets the judge read it. */
async function grow(lines: (second: number) => string, seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed++) {
    appendFileSync(log, lines(now));
    now += 1;
    await judge.read([growing()], now);
  }
}

suite('verdict of a growing log', () => {
  beforeEach(() => {
    folder = tempFolder();
    judge = createJudge(0);
    log = `${folder.path}/log`;
    now = start;
    writeFileSync(log, '');
  });
  afterEach(() => folder[Symbol.dispose]());

  test('nothing is known of what was never read', () => {
    assert.deepEqual(judge.judgementOf(7), { verdict: 'unknown', confidence: 0, facts: [], step: null });
  });

  test('a loop is told, with its evidence', async () => {
    await grow(loopLines, 20);
    const { verdict, confidence, step } = judge.judgementOf(1);
    assert.equal(verdict, 'restart-loop');
    assert.ok(confidence > 0.5);
    assert.match(step?.message ?? '', /Address already in use/u);
  });

  test('a busy log is busy', async () => {
    await grow(accessLines, 20);
    assert.equal(judge.judgementOf(1).verdict, 'busy');
  });

  test('a loop that begins in a log that was busy for long', async () => {
    for (let second = -300; second < 0; second++) appendFileSync(log, accessLines(start + second));
    assert.ok(statSync(log).size > 256 * 1024);
    await judge.read([growing()], now);
    assert.equal(judge.judgementOf(1).verdict, 'busy');
    await grow(loopLines, 40);
    assert.equal(judge.judgementOf(1).verdict, 'restart-loop');
  });

  test('through copytruncate and rename it stays one log', async () => {
    await grow(loopLines, 8);
    truncateSync(log);
    await grow(loopLines, 8);
    renameSync(log, `${log}.1`);
    writeFileSync(log, '');
    await grow(loopLines, 8);
    assert.equal(judge.judgementOf(1).verdict, 'restart-loop');
  });

  test('a writer that goes on at its old offset leaves a hole, which is not read', async () => {
    await grow(loopLines, 10);
    const { size } = statSync(log);
    truncateSync(log);
    truncateSync(log, size * 1000);
    await grow(loopLines, 20);
    assert.equal(judge.judgementOf(1).verdict, 'restart-loop');
  });

  test('far more than is read: the lines after a gap are whole ones', async () => {
    await grow((second) => loopLines(second).repeat(80), 10);
    const { verdict, facts } = judge.judgementOf(1);
    assert.equal(verdict, 'restart-loop');
    assert.ok(facts.some((fact) => fact.kind === 'cycle' && fact.patterns === 3));
  });

  test('what was fast before keeps its verdict', async () => {
    await grow(loopLines, 20);
    const first = growing();
    for (let growth = 2; growth < 100; growth++) await judge.read([{ ...first, growth }], now);
    assert.equal(judge.judgementOf(1).verdict, 'restart-loop');
    judge.forget(1);
    assert.equal(judge.judgementOf(1).verdict, 'unknown');
  });

  test('what is no text has no verdict', async () => {
    writeFileSync(log, Buffer.from(Array.from({ length: 9000 }, (_, index) => index % 7)));
    await judge.read([growing()], now);
    assert.equal(judge.judgementOf(1).verdict, 'unknown');
  });

  test('a file that is gone, or another by now, ends nothing', async () => {
    const before = growing();
    unlinkSync(log);
    await judge.read([before], now);
    assert.equal(judge.judgementOf(1).verdict, 'unknown');
    writeFileSync(log, '');
    await grow(loopLines, 15);
    assert.equal(judge.judgementOf(1).verdict, 'restart-loop');
  });
});
