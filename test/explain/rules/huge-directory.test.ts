/** Directories with hundreds of thousands of files: what their names have in common, and how to delete them. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, linkSync, mkdirSync, openSync, unlinkSync, utimesSync } from 'node:fs';
import { test } from 'node:test';
import { busyNames, crowdedNames } from '../../../fixtures/rules/huge-directory.ts';
import { namePatterns } from '../../../src/explain/rules/name-pattern.ts';
import { fromText } from '../../../src/model/byte-string.ts';
import { findingsOf } from '../../support/explain-tree.ts';
import { loopDisk } from '../../support/mounted.ts';
import { needsLoopDisk, needsLong, needsMount, unless } from '../../support/requirements.ts';
import { ruleDisk } from '../../support/rule-disk.ts';

function fill(path: string, names: readonly string[]): void {
  mkdirSync(path);
  for (const name of names) closeSync(openSync(`${path}/${name}`, 'w'));
}

test('201,000 files in one directory', { skip: needsMount }, async () => {
  using disk = await ruleDisk({});
  const sessions = `${disk.path}/sessions`;
  fill(sessions, crowdedNames());
  const [finding, ...more] = await findingsOf('huge-directory', disk.path);
  assert.deepEqual(more, []);
  assert.deepEqual(finding.paths, [sessions]);
  assert.match(finding.evidence[0], /^201,000 files lie directly in .*sessions/u);
  assert.match(finding.evidence[1], /^of 2,000 names looked at: sess_\* \d+ %/u);
  // All are new: an age would list nothing.
  assert.equal(finding.remedy.command, `find ${sessions} -xdev -maxdepth 1 -type f -name 'sess_*' -ls`);
  assert.equal(finding.risk, 'review');
  // Half of those that are looked at first are a month old: an age that some of them have.
  const monthAgo = Date.now() / 1000 - 30.5 * 86_400;
  for (const name of crowdedNames()) utimesSync(`${sessions}/${name}`, monthAgo, monthAgo);
  const [old] = await findingsOf('huge-directory', disk.path);
  assert.match(old.remedy.command!, / -mtime \+29 -ls$/u);
  const listed = execFileSync('sh', ['-c', old.remedy.command!], { encoding: 'latin1', maxBuffer: 2 ** 30 });
  assert.ok(listed.split('\n').length > 100_000);
});

test('3,000 files are a directory like any other', { skip: needsMount }, async () => {
  using disk = await ruleDisk({});
  fill(`${disk.path}/sessions`, busyNames());
  assert.deepEqual(await findingsOf('huge-directory', disk.path), []);
});

test(
  'a directory that once held 130,000 long names stays large',
  { skip: unless(needsLong, needsLoopDisk('ext4')) },
  async () => {
    using disk = loopDisk('ext4', { megabytes: 192, format: ['-b', '4096'] });
    // Smaller blocks could not index so many names.
    const emptied = `${disk.path}/emptied`;
    mkdirSync(emptied);
    const names = Array.from({ length: 130_000 }, (_, index) => `${emptied}/${index}-${'n'.repeat(240)}`);
    // An inode of ext4 may have 65,000 names.
    for (const [index, name] of names.entries()) {
      const first = names[index - (index % 60_000)];
      if (name === first) closeSync(openSync(name, 'w'));
      else linkSync(first, name);
    }
    for (const name of names) unlinkSync(name);
    const [finding, ...more] = await findingsOf('huge-directory', disk.path);
    assert.deepEqual(more, []);
    assert.deepEqual([finding.title, finding.paths], ['directory left large', [emptied]]);
    assert.match(finding.evidence[0], /the list of names of .*emptied takes [34]\d\.\d MiB for 0 files/u);
  },
);

test('patterns keep what names share', () => {
  const names = ['sess_9f8e7d6c5b4a', 'sess_0123456789ab', 'IMG-20240101-WA0003.jpg', 'a[1]*.txt', 'plain'];
  assert.deepEqual(
    new Set(namePatterns(names.map((name) => fromText(name))).map(({ glob, count }) => `${glob} ${count}`)),
    new Set(['sess_* 2', 'IMG-*-WA*.jpg 1', 'a?*??.txt 1', 'plain 1']),
  );
});
