/** Bytes in many small files: the deepest directory that holds most of them, and nothing where a few large files do. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsOf } from '../../support/explain-tree.ts';
import { loopDisk } from '../../support/mounted.ts';
import { needsLoopDisk, needsMount } from '../../support/requirements.ts';
import { MIB, ruleDisk } from '../../support/rule-disk.ts';
import { buildTree, directory, file } from '../../support/tree.ts';
import type { TreeEntry } from '../../support/tree.ts';

const many = (count: number, bytes: number, name: (index: number) => string): Record<string, TreeEntry> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [name(index), file(bytes)]));

test('in one directory, and spread over many', { skip: needsLoopDisk('ext4') }, async () => {
  using disk = loopDisk('ext4', { megabytes: 256 });
  await buildTree(`${disk.path}/tree`, {
    app: directory({
      thumbs: directory(many(600, 100_000, (index) => `thumb_${index}.jpg`)),
      cache: directory(
        Object.fromEntries(
          Array.from({ length: 100 }, (_, index) => [
            `d${index}`,
            directory(many(6, 80_000, (one) => `${one}.bin`)),
          ]),
        ),
      ),
    }),
    small: file(2 * MIB),
  });
  const findings = await findingsOf('many-files', disk.path);
  assert.deepEqual(
    findings.map(({ paths, files, directories }) => [
      paths[0].slice(disk.path.length + 5),
      files,
      directories,
    ]),
    [
      ['/app/thumbs', 600, 1],
      ['/app/cache', 600, 101],
    ],
  );
  assert.match(findings[0].evidence[0], /^600 files of about .* below .*thumbs, most of root/u);
  assert.match(findings[0].evidence[1], /thumb_\*\.jpg \(100 %\)/u);
  // The names of files, not of the directories that they are spread over.
  assert.match(findings[1].evidence[1], /\*\.bin \(100 %\)/u);
  assert.ok(
    findings.every(({ freeableBytes, remedy }) => freeableBytes === 0 && remedy.command?.startsWith('ls ')),
  );
});

test(
  'hashed directories, each large enough to look into and none of them full',
  { skip: needsLoopDisk('ext4') },
  async () => {
    const hashed = Object.fromEntries(
      Array.from({ length: 16 }, (_, index) => [
        index.toString(16),
        directory(many(18, 200_000, (one) => `${one}`.padStart(32, '0'))),
      ]),
    );
    using disk = loopDisk('ext4', { megabytes: 256 });
    await buildTree(`${disk.path}/tree`, {
      cache: directory(hashed),
      // Many by number, but what fills it is one large file.
      other: directory({
        ...many(300, 100, (one) => `note-${one}`),
        deep: directory({ film: file(40 * MIB) }),
      }),
    });
    const findings = await findingsOf('many-files', disk.path);
    assert.deepEqual(
      findings.map(({ paths, files }) => [paths[0], files]),
      [[`${disk.path}/tree/cache`, 288]],
    );
  },
);

test('a few large files are named one by one by others', { skip: needsMount }, async () => {
  using disk = await ruleDisk({ media: directory(many(10, 8 * MIB, (index) => `film-${index}`)) });
  assert.deepEqual(await findingsOf('many-files', disk.path), []);
});
