/** Leftovers of killed jobs: dead ones may go where that is certain, those of a living job and young ones stay. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { findingsOf } from '../../support/explain-tree.ts';
import { startHolder } from '../../support/holder.ts';
import { loopDisk } from '../../support/mounted.ts';
import { bytesGivenBack, isKept } from '../../support/promise.ts';
import { needsLoopDisk } from '../../support/requirements.ts';
import { MIB } from '../../support/rule-disk.ts';
import { buildTree, directory, file } from '../../support/tree.ts';

const DAY = 86_400;
const now = Math.floor(Date.now() / 1000);
const old = { mtime: now - 20 * DAY };

test(
  'dead ones, with a finished one beside them, come back as promised',
  { skip: needsLoopDisk('ext4') },
  async () => {
    using disk = loopDisk('ext4');
    await buildTree(`${disk.path}/tree`, {
      backup: directory({
        'db-1.tar.gz': file(100_000, old),
        'db-2.tar.gz.part': file(6 * MIB, old),
        'db-3.tar.gz.part': file(5 * MIB, { mtime: now - 9 * DAY }),
      }),
    });
    const [finding, ...more] = await findingsOf('unfinished-files', disk.path);
    assert.deepEqual(more, []);
    assert.equal(finding.title, 'leftovers of unfinished jobs');
    assert.match(
      finding.evidence[0],
      /^2 files alike, .*\/db-\*\.tar\.gz\.part: last written 9 days to 20 days ago$/u,
    );
    assert.match(finding.remedy.command ?? '', /^rm -- /u);
    assert.ok(isKept(finding.freeableBytes, bytesGivenBack(disk.path, finding.remedy.command!)));
    assert.ok(existsSync(`${disk.path}/tree/backup/db-1.tar.gz`));
  },
);

test(
  'one form in many places is one finding, and a look where nothing tells for certain',
  { skip: needsLoopDisk('ext4') },
  async () => {
    using disk = loopDisk('ext4');
    await buildTree(
      `${disk.path}/tree`,
      Object.fromEntries(
        ['a8d', 'b0x', 'c3q'].map((tag) => [
          `tmp${tag}kwy_`,
          directory({ [`55-${tag.charCodeAt(0)}.warc.gz.open`]: file(2 * MIB, old) }),
        ]),
      ),
    );
    const [finding, ...more] = await findingsOf('unfinished-files', disk.path);
    assert.deepEqual([finding.count, more.length, finding.state], [3, 0, 'dead']);
    assert.doesNotMatch(finding.remedy.command ?? '', /\brm\b/u);
  },
);

test('held ones are a job at work, young ones may be', { skip: needsLoopDisk('ext4') }, async () => {
  using disk = loopDisk('ext4');
  await buildTree(`${disk.path}/tree`, {
    'film.mkv.part': file(5 * MIB, old),
    'young.iso.part': file(5 * MIB),
    '.notes.backup': file(5 * MIB, old),
  });
  using holder = await startHolder('exec 5>>"$1"', [`${disk.path}/tree/film.mkv.part`]);
  const [finding, ...more] = await findingsOf('unfinished-files', disk.path);
  assert.deepEqual(more, []);
  assert.equal(finding.state, 'alive');
  assert.equal(finding.freeableBytes, 0);
  assert.match(finding.evidence[1], new RegExp(String.raw`written by sh \(pid ${holder.pid}\)`, 'u'));
  assert.doesNotMatch(finding.remedy.command ?? '', /\brm\b/u);
});
