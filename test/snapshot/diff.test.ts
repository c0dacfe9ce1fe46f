/** What a diff says is what happened: its rows add up to the difference of the totals, and name every path that changed. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, linkSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fromText } from '../../src/model/byte-string.ts';
import type { SnapshotDiff } from '../../src/model/snapshot-diff.ts';
import { diffSnapshots } from '../../src/snapshot/snapshot.ts';
import { du } from '../support/du.ts';
import { takeSnapshot } from '../support/snapshots.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { treeArbitrary } from '../support/tree-arbitrary.ts';
import { buildTree } from '../support/tree.ts';

const numRuns = Number(process.env['SNAPSHOT_RUNS'] ?? 10);

async function diffFiles(before: string, after: string, byApparent = false): Promise<SnapshotDiff> {
  const source = (file: string) => ({ kind: 'file' as const, input: { path: fromText(file) } });
  return await diffSnapshots({
    old: source(before),
    new: source(after),
    byApparent,
    limits: { depth: 100, top: Infinity, minShare: 0 },
  });
}

const delta = ({ old: before, new: after }: SnapshotDiff): number => after.bytes - before.bytes;
const rowSum = ({ changes }: SnapshotDiff): number =>
  changes.reduce((sum, { oldBytes, newBytes }) => sum + newBytes - oldBytes, 0);

test('random trees: nothing changed in itself, rows add up, and two steps make one', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(treeArbitrary, treeArbitrary, treeArbitrary),
      fc.boolean(),
      async (descriptions, byApparent) => {
        using folder = tempFolder();
        const files: string[] = [];
        const sizes: number[] = [];
        for (const [index, description] of descriptions.entries()) {
          mkdirSync(`${folder.path}/${index}`);
          await buildTree(`${folder.path}/${index}/tree`, description);
          const file = `${folder.path}/${index}.json`;
          await takeSnapshot(`${folder.path}/${index}/tree`, file);
          files.push(file);
          sizes.push(du(`${folder.path}/${index}/tree`).diskBytes);
        }
        const [ab, bc, ac] = await Promise.all([
          diffFiles(files[0], files[1], byApparent),
          diffFiles(files[1], files[2], byApparent),
          diffFiles(files[0], files[2], byApparent),
        ]);
        for (const diff of [ab, bc, ac]) assert.equal(rowSum(diff), delta(diff));
        assert.equal(delta(ab) + delta(bc), delta(ac));
        if (!byApparent) assert.equal(delta(ac), sizes[2] - sizes[0]);
        for (const file of files) assert.deepEqual((await diffFiles(file, file, byApparent)).changes, []);
      },
    ),
    { numRuns },
  );
});

/** One thing that somebody does to a tree; numbers choose among what is there. */
const operation = fc.oneof(
  fc.record({ do: fc.constant('create' as const), where: fc.nat(), kib: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ do: fc.constant('append' as const), where: fc.nat(), kib: fc.integer({ min: 4, max: 60 }) }),
  fc.record({ do: fc.constant('remove' as const), where: fc.nat() }),
  fc.record({ do: fc.constant('make-directory' as const), where: fc.nat() }),
  fc.record({ do: fc.constant('move' as const), what: fc.nat(), where: fc.nat() }),
  fc.record({ do: fc.constant('link' as const), what: fc.nat(), where: fc.nat() }),
);
type Operation = typeof operation extends fc.Arbitrary<infer Value> ? Value : never;

interface Listed {
  readonly inode: string;
  readonly isDirectory: boolean;
  readonly bytes: number;
  readonly links: number;
}

/** Path → what is there, by find. */
function list(root: string): Map<string, Listed> {
  const output = execFileSync('find', [root, '-printf', String.raw`%D:%i %y %b %n %p\n`], {
    encoding: 'utf8',
  });
  return new Map(
    output
      .trimEnd()
      .split('\n')
      .map((line) => {
        const [inode, type, blocks, links, place] = line.split(' ');
        return [
          place,
          { inode, isDirectory: type === 'd', bytes: Number(blocks) * 512, links: Number(links) },
        ] as const;
      }),
  );
}

function apply(root: string, step: Operation, name: string): void {
  const there = readdirSync(root, { recursive: true, withFileTypes: true })
    .map((entry) => ({ place: path.join(entry.parentPath, entry.name), isDirectory: entry.isDirectory() }))
    .toSorted((a, b) => (a.place < b.place ? -1 : 1));
  const places = there.map(({ place }) => place);
  const files = there.filter(({ isDirectory }) => !isDirectory).map(({ place }) => place);
  const directories = [root, ...there.filter(({ isDirectory }) => isDirectory).map(({ place }) => place)];
  const one = (list_: readonly string[], index: number): string | undefined =>
    list_.length === 0 ? undefined : list_[index % list_.length];
  const directory = 'where' in step ? one(directories, step.where)! : root;
  switch (step.do) {
    case 'create':
      writeFileSync(path.join(directory, name), Buffer.alloc(step.kib * 1024, 1));
      return;
    case 'append': {
      const target = one(files, step.where);
      if (target !== undefined) appendFileSync(target, Buffer.alloc(step.kib * 1024, 1));
      return;
    }
    case 'remove': {
      const target = one(places, step.where);
      if (target !== undefined) rmSync(target, { recursive: true });
      return;
    }
    case 'make-directory':
      mkdirSync(path.join(directory, name));
      return;
    case 'move': {
      const target = one(places, step.what);
      if (target !== undefined && !`${directory}/`.startsWith(`${target}/`))
        renameSync(target, path.join(directory, name));
      return;
    }
    default: {
      const target = one(files, step.what);
      if (target !== undefined) linkSync(target, path.join(directory, name));
    }
  }
}

test('a random series of operations: those changes, and no others', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(operation, { maxLength: 12 }),
      fc.array(operation, { maxLength: 12 }),
      async (first, second) => {
        using folder = tempFolder();
        const root = `${folder.path}/tree`;
        mkdirSync(root);
        const nameOf = nameMaker();
        for (const step of first) apply(root, step, nameOf());
        await takeSnapshot(root, `${folder.path}/a.json`);
        const before = list(root);
        for (const step of second) apply(root, step, nameOf());
        await takeSnapshot(root, `${folder.path}/b.json`);
        const after = list(root);
        const diff = await diffFiles(`${folder.path}/a.json`, `${folder.path}/b.json`);
        assert.equal(rowSum(diff), delta(diff));
        assert.equal(diff.new.bytes, du(root).diskBytes);
        assertSays(diff, before, after);
      },
    ),
    { numRuns: numRuns * 2 },
  );
});

/** Names none of which begins another, so that no inode used again looks like a file that was renamed. */
function nameMaker(): () => string {
  let count = 0;
  return () => `${String(count++).padStart(3, '0')}x`;
}

function assertSays(diff: SnapshotDiff, before: Map<string, Listed>, after: Map<string, Listed>): void {
  const rows = new Map(diff.changes.map((change) => [`${change.kind} ${change.path}`, change]));
  const isBelow = (place: string, top: string | undefined): boolean =>
    top !== undefined && (place === top || place.startsWith(`${top}/`));
  for (const [place, now] of after) {
    const then = before.get(place);
    if (then?.isDirectory === now.isDirectory) {
      // With several names the bytes are said of one of them.
      if (then.links > 1 !== now.links > 1 || then.inode !== now.inode || (now.links > 1 && !now.isDirectory))
        continue;
      const row = rows.get(`grown ${place}`) ?? rows.get(`shrunk ${place}`);
      const covered = diff.changes.some(
        ({ path: top, kind, isDirectory }) => kind === 'moved' && isDirectory && isBelow(place, top),
      );
      if (!covered)
        assert.deepEqual([row?.oldBytes ?? then.bytes, row?.newBytes ?? now.bytes], [then.bytes, now.bytes]);
      continue;
    }
    const covering = diff.changes.find(
      ({ path: top, kind }) => (kind === 'new' || kind === 'moved') && isBelow(place, top),
    );
    assert.ok(covering, `nothing said of ${place}`);
  }
  for (const place of before.keys()) {
    if (after.has(place)) continue;
    assert.ok(
      diff.changes.some(
        ({ path: top, kind, movedFrom }) =>
          (kind === 'gone' && isBelow(place, top)) || (kind === 'moved' && isBelow(place, movedFrom)),
      ),
      `nothing said of ${place}`,
    );
  }
  for (const { path: place, kind, movedFrom } of diff.changes) {
    if (kind === 'gone') assert.ok(before.has(place));
    else assert.ok(after.has(place));
    if (kind === 'moved') assert.equal(before.get(movedFrom!)!.inode, after.get(place)!.inode);
    if (kind === 'new') assert.equal(before.get(place)?.isDirectory === after.get(place)!.isDirectory, false);
  }
}

test('a name more or less changes no size, and what moved is said to have moved', async () => {
  using folder = tempFolder();
  const root = `${folder.path}/tree`;
  const take = async (name: string): Promise<string> => {
    await takeSnapshot(root, `${folder.path}/${name}`);
    return `${folder.path}/${name}`;
  };
  mkdirSync(`${root}/logs/old`, { recursive: true });
  writeFileSync(`${root}/a`, Buffer.alloc(40_960, 1));
  linkSync(`${root}/a`, `${root}/b`);
  writeFileSync(`${root}/logs/messages`, Buffer.alloc(8192, 1));
  writeFileSync(`${root}/logs/old/one`, Buffer.alloc(4096, 1));
  const first = await take('first');
  rmSync(`${root}/a`);
  renameSync(`${root}/logs/messages`, `${root}/logs/messages.1`);
  appendFileSync(`${root}/logs/messages.1`, Buffer.alloc(4096, 1));
  renameSync(`${root}/logs/old`, `${root}/archive`);
  const { changes } = await diffFiles(first, await take('second'));
  assert.deepEqual(
    changes
      .filter(({ isDirectory, kind }) => !isDirectory || kind === 'moved')
      .map(({ kind, path: place, movedFrom, oldBytes, newBytes }) =>
        [kind, place.slice(root.length), movedFrom?.slice(root.length), newBytes - oldBytes].join(' '),
      ),
    ['moved /logs/messages.1 /logs/messages 4096', 'moved /archive /logs/old 0', 'gone /a  0'],
  );
});
