/** Filesystems read in bulk while others write: never a crash, and no further from du than what was being written. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { suite, test } from 'node:test';
import { shapes } from '../../fixtures/trees/shapes.ts';
import { du } from '../support/du.ts';
import { loopDisk } from '../support/mounted.ts';
import { needsLong, needsLoopDisk } from '../support/requirements.ts';
import { scanPaths } from '../support/scan-paths.ts';
import { buildTree } from '../support/tree.ts';

const WRITERS = 4;
const SCANS = Number(process.env['DISKWHY_BUSY_SCANS'] ?? 3);
/** Files that a writer may have, each of some 10 names of 60 in 20 directories, and what they may hold at most. */
const MOST_FILES = WRITERS * 20 * 120;
const EXPECTED = new Set(['ENOENT', 'ESTALE', 'ENOTDIR']);

async function restless(place: string, seed: number): Promise<AsyncDisposable> {
  const script = path.resolve(import.meta.dirname, '../support/restless.ts');
  const writer = spawn(process.execPath, [script, place, String(seed)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(writer, 'close');
  await Promise.race([once(writer.stdout, 'data'), ended]);
  return {
    [Symbol.asyncDispose]: async () => {
      writer.kill('SIGKILL');
      await ended;
    },
  };
}

suite('in bulk, busy', () => {
  const kinds = [
    ['ext4', ['-N', '40000']],
    ['ext4', ['-N', '40000', '-O', '^metadata_csum', '-b', '1024']],
    ['ext4', ['-N', '40000', '-O', '^has_journal,inline_data']],
    ['btrfs', []],
  ] as const;
  for (const [index, [type, format]] of kinds.entries()) {
    const skip = needsLoopDisk(type) || (index > 0 && needsLong);
    test(`${type}, four writers ${format.join(' ')}`, { skip }, async () => {
      using disk = loopDisk(type, { megabytes: type === 'ext4' ? 160 : 512, format });
      await buildTree(
        `${disk.path}/still`,
        shapes({ levels: 20, smallDirectories: 100, flatFiles: 800, linked: 20 }),
      );
      execFileSync('sync', ['-f', disk.path]);
      // What is at rest must be found to the byte, whatever goes on beside it.
      const still = du(`${disk.path}/still`);
      await using writers = new AsyncDisposableStack();
      for (let seed = 1; seed <= WRITERS; seed++) writers.use(await restless(disk.path, seed));
      for (let scan = 0; scan < SCANS; scan++) {
        // The last of them as the program does it: what was written in the last minute is asked for.
        const restSeconds = scan % 2 === 0 ? 1 : undefined;
        const before = du(disk.path);
        const { roots, tree, problems, notices } = await scanPaths([disk.path], {
          source: type,
          restSeconds,
          threads: 2,
        });
        const after = du(disk.path);
        // btrfs says less than there is while much of it is in memory only: then it is walked.
        for (const { refusal } of notices)
          assert.deepEqual([type, refusal, restSeconds], ['btrfs', { code: 'held-back' }, undefined]);
        for (const { code } of problems.items) assert.ok(EXPECTED.has(code), code);
        const { entries } = roots[0].totals;
        assert.ok(entries >= still.entries, 'nothing that was at rest is missing');
        assert.ok(Math.min(before.entries, after.entries) - MOST_FILES <= entries);
        assert.ok(entries <= Math.max(before.entries, after.entries) + MOST_FILES);
        const id = Array.from(tree.children(roots[0].directory)).find(
          (child) => tree.name(child) === 'still',
        );
        assert.ok(id !== undefined);
        const { diskBytes, entries: inodes } = tree.columns;
        assert.deepEqual({ diskBytes: diskBytes[id], entries: inodes[id] }, still);
      }
    });
  }
});
