/** What subvolumes have alone and what compression saves, on a real btrfs: as `btrfs qgroup show` and compsize say it. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { after, before, suite, test } from 'node:test';
import { fromText } from '../../../src/model/byte-string.ts';
import type { BtrfsUsage, CompressionUsage } from '../../../src/model/btrfs-usage.ts';
import { readBtrfsUsage } from '../../../src/explain/extents/btrfs-usage.ts';
import { btrfsUsageLines } from '../../../src/render/screens/explain/btrfs-usage.ts';
import { explainLines } from '../../../src/render/screens/explain/explain.ts';
import { createStyle } from '../../../src/render/terminal/style.ts';
import { displayColumns } from '../../support/display-columns.ts';
import { explainJson } from '../../../src/render/json/explain.ts';
import { readDocument } from '../../support/document.ts';
import { explainTree } from '../../support/explain-tree.ts';
import { loopDisk } from '../../support/mounted.ts';
import type { Mounted } from '../../support/mounted.ts';
import { needsLoopDisk, needsTool, unless } from '../../support/requirements.ts';

const run = (program: string, ...words: readonly string[]): string =>
  execFileSync(program, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const MIB = 2 ** 20;

/** Rows of a kind, by kind: bytes on disk, uncompressed, referenced. */
function compsize(path: string): ReadonlyMap<unknown, readonly unknown[]> {
  const rows = run('compsize', '-b', path)
    .split('\n')
    .flatMap((line) => {
      const [kind, , ...bytes] = line.trim().split(/\s+/u);
      return /^(?:none|zlib|lzo|zstd|prealloc)$/u.test(kind) ? [[kind, ...bytes.map(Number)] as const] : [];
    });
  return new Map(rows.map((row) => [row[0], row]));
}

function asCompsize(rows: readonly CompressionUsage[] | undefined): unknown {
  return new Map(
    rows!.map(({ kind, diskBytes, uncompressedBytes, referencedBytes }) => {
      const name = kind === 'preallocated' ? 'prealloc' : kind;
      return [name, [name, diskBytes, uncompressedBytes, referencedBytes]];
    }),
  );
}

const numbers = Array.from({ length: 400_000 }, (_, index) => index).join('\n');

suite('what a btrfs tells of its parts', { skip: unless(needsLoopDisk('btrfs'), needsTool('btrfs')) }, () => {
  let disk: Mounted;

  before(() => {
    disk = loopDisk('btrfs', { options: 'loop,compress-force=zstd' });
    const { path } = disk;
    writeFileSync(`${path}/text`, numbers);
    for (let index = 0; index < 20; index++) writeFileSync(`${path}/small${index}`, numbers.slice(0, 1000));
    for (const place of ['some', 'some/deep/er']) mkdirSync(`${path}/${place}`, { recursive: true });
    writeFileSync(`${path}/some/deep/er/text`, numbers.slice(0, 700_000));
    run('cp', '--reflink=always', `${path}/some/deep/er/text`, `${path}/some/copy`);
    writeFileSync(`${path}/some/plain`, randomBytes(MIB));
    // A directory whose number is higher than that of what was moved into it.
    writeFileSync(`${path}/early`, numbers.slice(0, 900_000));
    mkdirSync(`${path}/some/late`);
    renameSync(`${path}/early`, `${path}/some/late/early`);
    run('btrfs', 'subvolume', 'create', `${path}/sub`);
    run('sync', '-f', path);
    run('mount', '-o', 'remount,compress-force=lzo', path);
    writeFileSync(`${path}/sub/lzo`, numbers);
    run('sync', '-f', path);
    run('mount', '-o', 'remount,compress=zlib', path);
    writeFileSync(`${path}/sub/random`, randomBytes(8 * MIB));
    run('fallocate', '-l', '3M', `${path}/sub/aside`);
    run('cp', '--reflink=always', `${path}/text`, `${path}/sub/copy`);
    run('sync', '-f', path);
    run('btrfs', 'subvolume', 'snapshot', `${path}/sub`, `${path}/sub/snap`);
    writeFileSync(`${path}/sub/snap/own`, randomBytes(2 * MIB));
    run('dd', 'if=/dev/urandom', `of=${path}/sub/random`, 'bs=1M', 'count=1', 'seek=3', 'conv=notrunc');
    truncateSync(`${path}/sub/lzo`, 1_000_000);
    run('sync', '-f', path);
  });
  after(() => {
    disk[Symbol.dispose]();
  });

  const usage = (): BtrfsUsage => readBtrfsUsage(fromText(disk.path))!.usage;

  test('compression is what compsize says', { skip: needsTool('compsize') }, () => {
    const rows = compsize(disk.path);
    assert.ok(rows.size >= 4);
    assert.deepEqual(asCompsize(usage().compression), rows);
  });

  test('so is what is told of a directory and of a file', { skip: needsTool('compsize') }, async () => {
    const { path } = disk;
    for (const chosen of [path, `${path}/sub`, `${path}/some`]) {
      const { tree } = (await explainTree(chosen, { details: true, depth: 9, top: 100 })).roots[0];
      const nodes = [tree];
      for (const node of nodes) {
        assert.deepEqual(asCompsize(node.compression), compsize(node.path), node.path);
        nodes.push(...node.children);
      }
      assert.ok(nodes.length > 3);
    }
  });

  test('it is on the screen, for a part of the filesystem as well', async () => {
    const report = await explainTree(`${disk.path}/some`, { details: true });
    readDocument(JSON.stringify(explainJson(report, '0', 10, undefined)));
    for (const width of [60, 80, 120]) {
      const lines = explainLines(report, {
        width,
        style: createStyle(false),
        sizes: { exact: false },
        apparent: false,
        top: 20,
      });
      assert.match(lines.join('\n'), /COMPRESSION {2}in .*some\b.*zstd .* instead of /su);
      assert.equal(
        lines.some((line) => line.includes('packed')),
        width >= 80,
      );
      for (const line of lines) assert.ok(displayColumns(line) <= width, line);
    }
  });

  test('what a subvolume has is what quota groups say, and without them its extents', () => {
    const counted = usage().subvolumes!;
    assert.equal(counted.countedBy, 'extents');
    run('btrfs', 'quota', 'enable', disk.path);
    run('btrfs', 'quota', 'rescan', '-w', disk.path);
    const shown = new Map(
      [...run('btrfs', 'qgroup', 'show', '--raw', disk.path).matchAll(/^0\/(\d+)\s+(\d+)\s+(\d+)/gmu)].map(
        ([, id, referencedBytes, exclusiveBytes]) => [
          Number(id),
          { referencedBytes: Number(referencedBytes), exclusiveBytes: Number(exclusiveBytes) },
        ],
      ),
    );
    const { countedBy, rows } = usage().subvolumes!;
    assert.equal(countedBy, 'quota');
    assert.deepEqual(rows.map(({ path }) => path).toSorted(), ['', 'sub', 'sub/snap']);
    for (const { id, path: _, ...bytes } of rows) assert.deepEqual(bytes, shown.get(id));
    // Quota groups count nodes of the trees, too: some of 16 KiB.
    for (const { id, referencedBytes, exclusiveBytes } of counted.rows) {
      const quota = shown.get(id)!;
      for (const nodes of [quota.referencedBytes - referencedBytes, quota.exclusiveBytes - exclusiveBytes]) {
        assert.equal(nodes % 16_384, 0);
        assert.ok(nodes > 0 && nodes < MIB, `${nodes}`);
      }
    }
  });

  test('a report has both where details are asked for', async () => {
    const [asked] = (await explainTree(disk.path, { details: true })).filesystems;
    const [unasked] = (await explainTree(disk.path)).filesystems;
    assert.equal(unasked.btrfs, undefined);
    for (const width of [60, 120]) {
      const screen = { width, style: createStyle(false), sizes: { exact: false }, apparent: false, top: 2 };
      const lines = btrfsUsageLines(asked.btrfs, screen);
      assert.match(
        lines.join('\n'),
        /^SUBVOLUMES.*MiB +of .*sub\/snap.*and 1 more.*zstd .* instead of .* %\)/su,
      );
      for (const line of lines) assert.ok(line.length <= width, line);
    }
  });
});
