/** How old a unit is: the newest of all timestamps decides (facts of the project §7, cases 1–9). */
import assert from 'node:assert/strict';
import { lutimesSync, mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { unitAge } from '../../src/tmp/age/age.ts';
import { DAY_MS, judged, later, nowSeconds } from '../support/judged.ts';
import { mount, mountTmpfs, writeExt4Image } from '../support/mounted.ts';
import { needsLoopDisk, needsMount, needsTool, unless } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { buildTree, directory, file } from '../support/tree.ts';

const DAY = 86_400;

test('1: an old mtime with a new ctime is new, and the report says that it looks old', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/root`, { extracted: directory({ a: file(10) }), touched: file(10) });
  const old = nowSeconds() - 40 * DAY;
  for (const path of ['extracted/a', 'extracted', 'touched'])
    utimesSync(`${folder.path}/root/${path}`, old, old);
  const { unit } = await judged(`${folder.path}/root`, { nowSeconds: nowSeconds() });
  for (const name of ['extracted', 'touched']) {
    const { verdict, keepReason, decidedBy, reason, remedy } = unit(name);
    assert.deepEqual([verdict, keepReason], ['too-new', 'too-new']);
    assert.ok(decidedBy === 'ctime' || decidedBy === 'btime', decidedBy);
    assert.match(reason, /^looks 40 days old by modification, but was (changed|created) /u);
    assert.match(remedy!.text, /--age-by mtime/u);
  }
  const byMtime = await judged(`${folder.path}/root`, { nowSeconds: nowSeconds(), ageBy: ['mtime'] });
  assert.deepEqual(byMtime.verdicts, { extracted: 'deletable', touched: 'deletable' });
  assert.equal(byMtime.unit('touched').decidedBy, 'mtime');
});

test('2: all old goes', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/root`, {
    tree: directory({ deep: directory({ a: file(10) }) }),
    one: file(10),
  });
  const { verdicts, unit } = await judged(`${folder.path}/root`);
  assert.deepEqual(verdicts, { tree: 'deletable', one: 'deletable' });
  assert.equal(unit('tree').entries, 3);
  assert.ok(Math.abs(unit('one').ageMs! - 30 * DAY_MS) < DAY_MS);
});

test(
  '3: a new btime alone keeps, and so does a new ctime of a file',
  { skip: unless(needsLoopDisk('ext4'), needsTool('debugfs')) },
  async () => {
    using folder = tempFolder();
    const old = `@${Math.floor(nowSeconds() - 40 * DAY)}`;
    const all = ['atime', 'mtime', 'ctime', 'crtime'];
    const set = (path: string, fields: readonly string[]): string[] =>
      fields.map((field) => `set_inode_field ${path} ${field} ${old}`);
    const image = `${folder.path}/image`;
    writeExt4Image(image, {
      megabytes: 8,
      fill: (path) => {
        for (const name of ['old', 'born', 'changed', 'read']) writeFileSync(`${path}/${name}`, 'x');
        mkdirSync(`${path}/directory`);
        mkdirSync(`${path}/new-directory`);
      },
      edits: [
        ...set('/old', all),
        ...set('/born', ['atime', 'mtime', 'ctime']),
        ...set('/changed', ['atime', 'mtime', 'crtime']),
        ...set('/read', ['mtime', 'ctime', 'crtime']),
        ...set('/directory', ['mtime', 'crtime']),
        ...set('/new-directory', ['mtime', 'ctime', 'atime']),
      ],
    });
    mkdirSync(`${folder.path}/disk`);
    using disk = mount(`${folder.path}/disk`, '-o', 'loop', image);
    rmSync(`${disk.path}/lost+found`, { recursive: true });
    const { verdicts, unit } = await judged(disk.path, { nowSeconds: nowSeconds() });
    assert.deepEqual(verdicts, {
      old: 'deletable',
      born: 'too-new',
      changed: 'too-new',
      read: 'too-new',
      // A directory's ctime and atime say nothing: deleting in it and reading it change them.
      directory: 'deletable',
      'new-directory': 'too-new',
    });
    assert.deepEqual(
      ['old', 'born', 'changed', 'read', 'new-directory'].map((name) => unit(name).decidedBy),
      ['mtime', 'btime', 'ctime', 'atime', 'btime'],
    );
    assert.match(unit('born').reason, /looks 40 days old by modification, but was created .* \(btime\)/u);
  },
);

test('3: a filesystem that does not tell births, or tells 1970, has none', () => {
  const newest = { mtime: 10, ctime: 20, btime: -Infinity, atime: 5 };
  const age = unitAge(newest, { ageBy: ['mtime', 'btime', 'atime'], olderMs: 1000, nowSeconds: 100 });
  assert.deepEqual([age.decidedBy, age.tooNew === undefined], ['mtime', true]);
  const none = unitAge(newest, { ageBy: ['btime'], olderMs: 1000, nowSeconds: 100 });
  assert.deepEqual([none.tooNew === undefined, none.lastUsedAt], [false, undefined]);
});

test('4: a new atime alone keeps, and is named', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/root`, { read: file(10), tree: directory({ a: file(10), b: file(10) }) });
  const now = later();
  utimesSync(`${folder.path}/root/read`, now - 3600, nowSeconds());
  utimesSync(`${folder.path}/root/tree/a`, now - 7200, nowSeconds());
  const { unit, verdicts } = await judged(`${folder.path}/root`, { nowSeconds: now });
  assert.deepEqual(verdicts, { read: 'too-new', tree: 'too-new' });
  assert.equal(unit('read').decidedBy, 'atime');
  assert.match(unit('read').reason, /but was read 1 hour ago \(atime\)/u);
  assert.match(unit('tree').reason, /read 2 hours ago/u);
  const without = await judged(`${folder.path}/root`, {
    nowSeconds: now,
    ageBy: ['mtime', 'ctime', 'btime'],
  });
  assert.deepEqual(without.verdicts, { read: 'deletable', tree: 'deletable' });
});

test('5: whether reads are recorded is told', { skip: needsMount }, async () => {
  using folder = tempFolder();
  for (const [options, reads] of [
    ['noatime', 'noatime'],
    ['relatime', 'relatime'],
    ['strictatime', 'exact'],
  ]) {
    using memory = mountTmpfs(folder.path, `size=1m,${options}`);
    writeFileSync(`${memory.path}/a`, 'x');
    const { report } = await judged(memory.path);
    assert.deepEqual([report.roots[0].reads, report.roots[0].filesystemKind], [reads, 'memory']);
  }
});

test('6: a time in the future keeps, with that reason', async () => {
  using folder = tempFolder();
  const path = `${folder.path}/ahead`;
  writeFileSync(path, 'x');
  lutimesSync(path, nowSeconds(), later() + 3 * DAY);
  const { unit } = await judged(folder.path);
  assert.deepEqual([unit('ahead').verdict, unit('ahead').decidedBy], ['too-new', 'mtime']);
  assert.match(unit('ahead').reason, /^its mtime lies [23] days in the future$/u);
  assert.ok(unit('ahead').ageMs! < 0);
});

test('7: exactly at the cutoff is kept, a second before it goes', async () => {
  using folder = tempFolder();
  const path = `${folder.path}/edge`;
  writeFileSync(path, 'x');
  const written = 1_700_000_000;
  utimesSync(path, written, written);
  const at = async (clock: number): Promise<string> =>
    (await judged(folder.path, { nowSeconds: clock, ageBy: ['mtime'] })).unit('edge').verdict;
  assert.equal(await at(written + 2 * DAY), 'too-new');
  assert.equal(await at(written + 2 * DAY + 1), 'deletable');
  assert.equal(statSync(path).mtimeMs, written * 1000);
});

test('8: --older 0 takes all, whatever its times', async () => {
  using folder = tempFolder();
  writeFileSync(`${folder.path}/new`, 'x');
  writeFileSync(`${folder.path}/ahead`, 'x');
  writeFileSync(`${folder.path}/kept`, 'x');
  utimesSync(`${folder.path}/ahead`, later(), later());
  const { verdicts } = await judged(folder.path, { olderMs: 0, nowSeconds: nowSeconds(), keep: ['kept'] });
  assert.deepEqual(verdicts, { new: 'deletable', ahead: 'deletable', kept: 'protected' });
});

test('9: a clock that has not come as far as the age deletes nothing', async () => {
  using folder = tempFolder();
  writeFileSync(`${folder.path}/before`, 'x');
  utimesSync(`${folder.path}/before`, 1, 1);
  const { unit } = await judged(folder.path, { nowSeconds: DAY, olderMs: 2 * DAY_MS, ageBy: ['mtime'] });
  assert.equal(unit('before').verdict, 'too-new');
});
