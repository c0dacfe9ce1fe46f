/** Backups of one form: how many, how often, the newest named as the one to keep, and none of them ever deleted by command. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsOf } from '../../support/explain-tree.ts';
import { needsMount } from '../../support/requirements.ts';
import { MIB, ruleDisk } from '../../support/rule-disk.ts';
import { directory, file } from '../../support/tree.ts';

const DAY = 86_400;
const now = Math.floor(Date.now() / 1000);

test('one a day', { skip: needsMount }, async () => {
  using disk = await ruleDisk({
    backups: directory(
      Object.fromEntries(
        Array.from({ length: 5 }, (_, index) => [
          `gitlab_2026_11_1${index}_backup.tar`,
          file(4 * MIB, { mtime: now - (5 - index) * DAY - 3600 }),
        ]),
      ),
    ),
  });
  const [finding, ...more] = await findingsOf('backup-generations', disk.path);
  assert.deepEqual(more, []);
  assert.match(finding.evidence[0], /^5 backups gitlab_\*_backup\.tar, one a day, 4\.0 MiB each, in /u);
  assert.match(
    finding.evidence[1],
    /^the oldest is 5 days old, the newest, gitlab_2026_11_14_backup\.tar, 1 day: keep/u,
  );
  assert.deepEqual([finding.freeableBytes, finding.count], [0, 5]);
  assert.match(finding.remedy.command ?? '', /^ls -lt /u);
});

test('increments are no generations of which the newest is enough', { skip: needsMount }, async () => {
  for (const [name, chained] of [
    [(day: number) => `home-2026-11-0${day}.incr.tar.gz`, true],
    [(day: number) => `SHOP_LOG_2026110${day}_030000.trn`, true],
    [(day: number) => `db.2026110${day}.diff.bak`, true],
    [(day: number) => `incoming-2026110${day}.tar`, false],
  ] as const) {
    using disk = await ruleDisk({
      to: directory(
        Object.fromEntries(
          [1, 2, 3, 4].map((day) => [name(day), file(4 * MIB, { mtime: now - (9 - day) * DAY })]),
        ),
      ),
    });
    const [finding] = await findingsOf('backup-generations', disk.path);
    assert.deepEqual([finding.isChained, /whole chains/u.test(finding.remedy.text)], [chained, chained]);
  }
});

test('parts of one backup, and two of a kind, are no generations', { skip: needsMount }, async () => {
  using disk = await ruleDisk({
    parts: directory(
      Object.fromEntries(
        Array.from({ length: 5 }, (_, index) => [
          `all.tar.${index}.zip`,
          file(3 * MIB, { mtime: now - DAY }),
        ]),
      ),
    ),
    'one-1.sql': file(3 * MIB, { mtime: now - 2 * DAY }),
    'one-2.sql': file(3 * MIB, { mtime: now - DAY }),
  });
  assert.deepEqual(await findingsOf('backup-generations', disk.path), []);
});
