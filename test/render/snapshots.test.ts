/** The screens of diff and history: lines fit, names are escaped, and which way it went is seen without colours. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromText } from '../../src/model/byte-string.ts';
import type { Change, DirectoryChange, SnapshotDiff } from '../../src/model/snapshot-diff.ts';
import { diffLines } from '../../src/render/screens/diff/diff.ts';
import { historyLines } from '../../src/render/screens/history/history.ts';
import { createStyle } from '../../src/render/terminal/style.ts';
import { displayColumns } from '../support/display-columns.ts';

const DAY = 86_400;
const GIB = 2 ** 30;
const nasty = fromText(`evil\u001B[31m\n\u202Ename${'x'.repeat(200)}`);

const leaf = (path: string, oldBytes: number, newBytes: number, kind: DirectoryChange['kind']) => ({
  path: fromText(path),
  name: nasty,
  kind,
  oldBytes,
  newBytes,
  children: [],
  rest: { count: 0, deltaBytes: 0 },
});

/** A directory in a directory in a directory… */
function nested(levels: number): DirectoryChange {
  let node: DirectoryChange = leaf('/x', 0, 9 * GIB, 'new');
  for (let level = 0; level < levels; level++)
    node = {
      ...leaf('/x', GIB, 10 * GIB, 'grown'),
      children: [node, leaf('/y', 3 * GIB, GIB, 'shrunk'), leaf('/z', GIB, 0, 'gone')],
      rest: { count: 3, deltaBytes: -5 },
    };
  return node;
}

const change = (kind: Change['kind'], oldBytes: number, newBytes: number): Change => ({
  path: fromText(`/srv/${nasty}`),
  kind,
  isDirectory: kind === 'new',
  movedFrom: kind === 'moved' ? fromText(`/old/${nasty}`) : undefined,
  oldBytes,
  newBytes,
});

const side = (takenAt: number | undefined, bytes: number) => ({
  source: fromText('s.json'),
  root: fromText('/srv'),
  isLive: false,
  takenAt,
  bytes,
  entries: 5,
  complete: true,
});

const diff: SnapshotDiff = {
  old: side(DAY, 10 * GIB),
  new: side(9 * DAY, 26 * GIB),
  byApparent: false,
  changes: [change('new', 0, 9 * GIB), change('shrunk', 3 * GIB, GIB), change('moved', GIB, GIB)],
  tree: nested(30),
};

const screenOf = (width: number) => ({
  width,
  style: createStyle(false),
  sizes: { exact: false },
  apparent: false,
  top: 10,
});

for (const width of [60, 80, 120])
  test(`a diff in ${width} columns`, () => {
    for (const line of diffLines(diff, screenOf(width))) {
      assert.ok(displayColumns(line) <= width, line);
      assert.doesNotMatch(line, /[\p{Cc}\u202E]/u);
    }
  });

test('a rate a day, plus and minus, and what moved', () => {
  const text = diffLines(diff, screenOf(Infinity)).join('\n');
  assert.match(text, /10\.0 GiB → 26\.0 GiB {3}\+16\.0 GiB {3}\+2\.0 GiB a day/u);
  assert.match(text, /^\s*−2\.0 GiB {2}−+ /mu);
  assert.match(text, /^\s*\+9\.0 GiB {2}\++ /mu);
  assert.match(text, /moved .*\/srv\/.* from \/old\//u);
  assert.match(text, /1 shrunk · 1 new · 1 moved/u);
});

test('no rate where it would be a guess', () => {
  for (const old of [side(9 * DAY - 60, 10 * GIB), side(undefined, 10 * GIB)])
    assert.doesNotMatch(diffLines({ ...diff, old }, screenOf(80)).join('\n'), /a day/u);
});

const kept = (day: number, diskBytes: number) => ({
  file: fromText('f'),
  fileBytes: 1000,
  takenAt: day * DAY,
  diskBytes,
  apparentBytes: diskBytes,
  entries: 1_034_341,
  complete: day % 2 === 0,
  isPlain: true,
  filesystem: { mountPoint: '/', totalBytes: 100 * GIB, usedBytes: diskBytes, availableBytes: GIB },
  directories: [],
});

test('a history says when the disk will be full, in any width', () => {
  const history = {
    root: fromText(`/srv/${nasty}`),
    snapshots: [kept(1, 10 * GIB), kept(2, 12 * GIB)],
    damaged: [{ file: nasty, reason: 'is no whole snapshot: ends too soon, byte 5' }],
    growth: diff,
    forecast: { bytesPerDay: 2 * GIB, availableBytes: 8 * GIB, fullInSeconds: 4 * DAY },
  };
  for (const width of [60, 80])
    for (const line of historyLines({ ...history, root: fromText('/srv') }, screenOf(width)))
      assert.ok(displayColumns(line) <= width, line);
  const text = historyLines(history, screenOf(Infinity)).join('\n');
  assert.match(text, /grows by 2\.0 GiB a day; 8\.0 GiB are free: full in 4\.0 days at that pace/u);
  assert.match(text, /≥10\.0 GiB/u);
  const calm = { ...history, forecast: { bytesPerDay: -1, availableBytes: 5, fullInSeconds: undefined } };
  assert.match(historyLines(calm, screenOf(Infinity)).join('\n'), /is not filling/u);
  const young = { ...history, forecast: undefined };
  assert.match(historyLines(young, screenOf(Infinity)).join('\n'), /cannot be told yet/u);
});
