/** A disk filled with everything at once: the report names each cause once, and the numbers are those that were put there. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Finding } from '../../src/model/finding.ts';
import { explainTree, spoken } from '../support/explain-tree.ts';
import { startHolder } from '../support/holder.ts';
import { loopDisk, mountTmpfs } from '../support/mounted.ts';
import { needsLoopDisk } from '../support/requirements.ts';

const MIB = 2 ** 20;
const DAYS = 86_400;

for (const type of ['ext4', 'xfs', 'btrfs'] as const) {
  test(`why a ${type} disk is full`, { skip: needsLoopDisk(type) }, async () => {
    using disk = loopDisk(type, { megabytes: 640 });
    const at = (name: string): string => `${disk.path}/${name}`;
    const write = (path: string, mebibytes: number, ageDays: number): void => {
      mkdirSync(at(path.slice(0, path.lastIndexOf('/'))), { recursive: true });
      execFileSync('dd', [
        'if=/dev/urandom',
        `of=${at(path)}`,
        'bs=1M',
        `count=${mebibytes}`,
        'conv=fsync',
        'status=none',
      ]);
      const time = Date.now() / 1000 - ageDays * DAYS;
      utimesSync(at(path), time, time);
    };
    write('srv/held', 40, 3);
    using holder = await startHolder('exec 5<"$1" 6<"$1"', [at('srv/held')]);
    assert.ok(holder.pid > 0);
    unlinkSync(at('srv/held'));
    write('mnt/data/before', 30, 3);
    using _ = mountTmpfs(at('mnt/data'));
    write('home/.cache/pip/http-v2/a/b', 20, 40);
    write('srv/fresh.bin', 15, 0);
    mkdirSync(at('var/log'), { recursive: true });
    const line = `${new Date().toISOString()} app[7]: bind 0.0.0.0:8080: Address already in use\n`;
    writeFileSync(at('var/log/app.log'), line.repeat((10 * MIB) / line.length));
    execFileSync('truncate', ['-s', '10G', at('srv/sparse.img')]);
    execFileSync('fallocate', ['-l', String(12 * MIB), at('srv/reserved')]);
    write('srv/one', 8, 3);
    linkSync(at('srv/one'), at('srv/two'));
    execFileSync('sync', ['-f', disk.path]);

    const { findings, explained, filesystems, scan, generatedAt } = await explainTree(disk.path, {
      home: at('home'),
    });
    const about = (rule: string, path: string): Finding => {
      const found = findings.find(
        (one) => one.rule === rule && one.paths.some((place) => place.startsWith(at(path))),
      );
      assert.ok(
        found,
        `${rule} of ${path} among ${findings.map((one) => `${one.rule} ${one.paths[0]}`).join(', ')}`,
      );
      return found;
    };
    const near = (actual: number, mebibytes: number, what: string): void =>
      assert.ok(Math.abs(actual - mebibytes * MIB) <= MIB, `${what}: ${actual / MIB} MiB, not ${mebibytes}`);
    near(about('deleted-open', 'srv/held').claimedBytes, 40, 'deleted');
    near(about('hidden-under-mount', 'mnt/data').claimedBytes, 30, 'hidden');
    near(about('app-cache', 'home/.cache/pip').claimedBytes, 20, 'cache');
    near(about('runaway-log', 'var/log/app.log').claimedBytes, 10, 'log');
    near(about('preallocated-or-sparse', 'srv/reserved').diskBytes, 12, 'reserved');
    assert.equal(about('preallocated-or-sparse', 'srv/sparse.img').claimedBytes, 0);
    near(about('big-file', 'srv/fresh.bin').claimedBytes, 15, 'fresh');
    near(about('big-file', 'srv/one').claimedBytes, 8, 'linked');
    const recent = findings.find(({ rule }) => rule === 'recent-growth');
    assert.ok(recent && recent.claimedBytes === 0);
    near(recent.diskBytes, 15 + 10 + 12, 'written today');

    assert.equal(explained.scope, 'filesystem');
    const claimed = findings.reduce((sum, { claimedBytes }) => sum + claimedBytes, 0);
    assert.equal(explained.bytes, claimed);
    assert.ok(claimed <= filesystems[0].usedBytes && claimed >= 0.75 * 135 * MIB, `${claimed / MIB} MiB`);
    const inTree = findings.filter(({ rule }) => !['deleted-open', 'hidden-under-mount'].includes(rule));
    assert.ok(
      inTree.reduce((sum, { claimedBytes }) => sum + claimedBytes, 0) <= scan.roots[0].totals.diskBytes,
    );
    for (const finding of findings) {
      const { evidence, remedy, title } = spoken(finding, generatedAt);
      assert.ok(evidence.length > 0 && remedy.text.length > 10 && title.split(' ').length <= 5);
    }
  });
}
