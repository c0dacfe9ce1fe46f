/** Directories with hundreds of thousands of files: what their names have in common, and how to delete them. */
import assert from 'node:assert/strict';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { test } from 'node:test';
import { busyNames, crowdedNames } from '../../../fixtures/rules/huge-directory.ts';
import { namePatterns } from '../../../src/explain/rules/name-pattern.ts';
import { fromText } from '../../../src/model/byte-string.ts';
import { findingsOf } from '../../support/explain-tree.ts';
import { needsMount } from '../../support/requirements.ts';
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
  assert.equal(
    finding.remedy.command,
    `find ${sessions} -xdev -maxdepth 1 -type f -name 'sess_*' -mtime +7 -delete`,
  );
  assert.equal(finding.risk, 'review');
});

test('3,000 files are a directory like any other', { skip: needsMount }, async () => {
  using disk = await ruleDisk({});
  fill(`${disk.path}/sessions`, busyNames());
  assert.deepEqual(await findingsOf('huge-directory', disk.path), []);
});

test('patterns keep what names share', () => {
  const names = ['sess_9f8e7d6c5b4a', 'sess_0123456789ab', 'IMG-20240101-WA0003.jpg', 'a[1]*.txt', 'plain'];
  assert.deepEqual(
    new Set(namePatterns(names.map((name) => fromText(name))).map(({ glob, count }) => `${glob} ${count}`)),
    new Set(['sess_* 2', 'IMG-*-WA*.jpg 1', 'a?*??.txt 1', 'plain 1']),
  );
});
