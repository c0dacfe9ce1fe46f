/** Left to the program, what is large enough is read in bulk, and what is not is walked: on each filesystem that can be. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { suite, test } from 'node:test';
import { loopDisk } from '../support/mounted.ts';
import { needsLoopDisk } from '../support/requirements.ts';
import { scanPaths } from '../support/scan-paths.ts';

/** Directories in directories, so that many are still to be found when the choice is made: 20,000 files and more. */
function fill(place: string): void {
  for (let above = 0; above < 20; above++)
    for (let below = 0; below < 20; below++) {
      const directory = `${place}/${above}/${below}`;
      mkdirSync(directory, { recursive: true });
      for (let file = 0; file < 51; file++) closeSync(openSync(`${directory}/${file}`, 'w'));
    }
}

suite('bulk or walk', () => {
  for (const [type, settings] of [
    ['ext4', { format: ['-N', '24000'] }],
    ['xfs', {}],
    ['btrfs', {}],
  ] as const) {
    test(type, { skip: needsLoopDisk(type) }, async () => {
      using disk = loopDisk(type, settings);
      const little = await scanPaths([disk.path]);
      assert.deepEqual([little.source, little.notices], ['walk', []]);
      fill(disk.path);
      execFileSync('sync', ['-f', disk.path]);
      const read = await scanPaths([disk.path], { restSeconds: 0 });
      assert.deepEqual([read.source, read.notices], [type, []]);
      assert.ok(read.bulkDirectories > 0);
      const walked = await scanPaths([disk.path], { source: 'walk' });
      assert.deepEqual({ ...read.roots[0].totals }, { ...walked.roots[0].totals });
      // A list has everything: a part of the disk is no reason to make one.
      if (type !== 'ext4')
        assert.equal((await scanPaths([`${disk.path}/7`], { restSeconds: 0 })).source, 'walk');
    });
  }
});
