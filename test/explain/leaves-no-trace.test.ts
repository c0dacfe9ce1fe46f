/** A report looks into files and leaves no trace: what nobody has read for weeks is not "read just now" for the judge of temporary files. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { statSync, utimesSync } from 'node:fs';
import { test } from 'node:test';
import { explainTree } from '../support/explain-tree.ts';
import { loopDisk } from '../support/mounted.ts';
import { needsLoopDisk } from '../support/requirements.ts';
import { MIB } from '../support/rule-disk.ts';
import { buildTree, content, directory, file } from '../support/tree.ts';

test(
  'when files and directories were last read stays what it was',
  { skip: needsLoopDisk('ext4') },
  async () => {
    using disk = loopDisk('ext4');
    await buildTree(`${disk.path}/tree`, {
      'magick-a8dx': file(5 * MIB),
      'image.qcow2': content('QFI\u00FB', 5 * MIB),
      'app.log': content('2026-01-02 03:04:05 ERROR cannot connect, retrying\n'.repeat(100_000)),
      'orders.log.1': content("INSERT INTO orders VALUES (1, 'paid');\n".repeat(100_000)),
      node_modules: directory({ big: directory({ library: file(6 * MIB) }) }),
    });
    const names = [
      'magick-a8dx',
      'image.qcow2',
      'app.log',
      'orders.log.1',
      'node_modules/big',
      'node_modules',
      '.',
    ];
    // Where it is older than a day a read changes it, with relatime too.
    const old = Math.floor(Date.now() / 1000) - 40 * 86_400;
    for (const name of names) utimesSync(`${disk.path}/tree/${name}`, old, old);
    execFileSync('sync', ['-f', disk.path]);
    for (const source of ['walk', 'auto'] as const) {
      const { findings } = await explainTree(disk.path, { source });
      assert.ok(findings.length >= 2);
      for (const name of names)
        assert.equal(
          statSync(`${disk.path}/tree/${name}`).atimeMs,
          old * 1000,
          `${name} was read (${source})`,
        );
    }
  },
);
