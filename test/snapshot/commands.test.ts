/** The commands as a person types them: files, pipes, exit codes and what is said. */
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { du } from '../support/du.ts';
import { explainJson, finished, runDiskwhy, startDiskwhy } from '../support/diskwhy.ts';
import type { ExplainJson } from '../support/diskwhy.ts';
import { readDocument } from '../support/document.ts';
import { NOBODY, needsOtherUser, needsRoot, unless } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { buildTree, directory, file, link } from '../support/tree.ts';

const tree = {
  a: file(100_000),
  'b\u00FF': link('1', 50_000),
  c: directory({ d: link('1', 50_000), e: file(3) }),
};

interface DiffJson {
  readonly totals: { readonly oldBytes: number; readonly newBytes: number; readonly deltaBytes: number };
  readonly changes: readonly {
    readonly path: string;
    readonly pathBase64?: string;
    readonly kind: string;
    readonly deltaBytes: number;
  }[];
  readonly rest: { readonly count: number; readonly deltaBytes: number };
}

test('a snapshot goes through a pipe, and the report of it has the tree to the byte', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/tree`, tree);
  const live = await explainJson([`${folder.path}/tree`]);
  for (const compress of [[], ['--compress']]) {
    using writer = startDiskwhy(['snapshot', `${folder.path}/tree`, '-o', '-', ...compress]);
    using reader = startDiskwhy(['--from', '-', '--json']);
    writer.stdout.pipe(reader.stdin);
    const result = await finished(reader);
    assert.equal(result.code, 0, result.stderr);
    const report = readDocument(result.stdout) as ExplainJson & { readonly from: { readonly path: string } };
    assert.equal(report.from.path, '-');
    assert.deepEqual(report.roots[0].totals, live.json.roots[0].totals);
    assert.deepEqual(report.roots[0].byUse, live.json.roots[0].byUse);
    assert.deepEqual(report.roots[0].tree.freeableBytes, live.json.roots[0].tree.freeableBytes);
    assert.equal(report.roots[0].source, 'file');
  }
});

test('what only the machine can tell is said to be missing, once', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/tree`, tree);
  const snapshot = `${folder.path}/s.json`;
  await runDiskwhy(['snapshot', `${folder.path}/tree`, '-o', snapshot]);
  const { stdout, code } = await runDiskwhy(['--from', snapshot]);
  assert.equal(code, 0);
  assert.equal(stdout.match(/Missing/gu)?.length, 1);
  const refused = await runDiskwhy(['--from', snapshot, '--owners']);
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /^diskwhy: --owners asks the machine itself, .*\n$/u);
});

test('a name that ends in .zst is packed; a file is there whole or not at all', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/tree`, tree);
  const snapshot = `${folder.path}/s.json.zst`;
  const { code, stdout } = await runDiskwhy(['snapshot', `${folder.path}/tree`, '-o', snapshot]);
  assert.equal(code, 0);
  assert.match(stdout, /5 entries/u);
  assert.equal(readFileSync(snapshot).readUInt32LE(), 0xfd2f_b528);
  const missing = await runDiskwhy(['snapshot', `${folder.path}/none`, '-o', snapshot]);
  assert.equal(missing.code, 2);
  const onFile = await runDiskwhy(['snapshot', `${folder.path}/tree/a`, '-o', `${folder.path}/x`]);
  assert.equal(onFile.code, 2);
  assert.match(onFile.stderr, /is no directory/u);
  assert.equal(existsSync(`${folder.path}/x`), false);
});

test(
  'what could not be read is marked in the file and by the exit code',
  { skip: unless(needsRoot, needsOtherUser) },
  async () => {
    using folder = tempFolder();
    await buildTree(`${folder.path}/tree`, tree);
    chmodSync(`${folder.path}/tree/c`, 0o700);
    chmodSync(folder.path, 0o777);
    const snapshot = `${folder.path}/s.json`;
    const { code } = await runDiskwhy(['snapshot', `${folder.path}/tree`, '-o', snapshot], NOBODY);
    assert.equal(code, 3);
    assert.match(readFileSync(snapshot, 'latin1'), /\[\{"name":"c",[^}]*"read_error":true\}\]/u);
    assert.equal((await runDiskwhy(['--from', snapshot])).code, 3);
    const diff = await runDiskwhy(['diff', snapshot, snapshot]);
    assert.equal(diff.code, 3);
    assert.match(diff.stdout, /Nothing changed/u);
  },
);

test('what was left out is marked as ncdu does', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/tree`, tree);
  const { stdout } = await runDiskwhy([
    'snapshot',
    `${folder.path}/tree`,
    '--exclude',
    'c',
    '--exclude',
    'a',
  ]);
  assert.match(stdout, /\{"name":"a","excluded":"pattern"\}/u);
  assert.match(stdout, /\{"name":"c","excluded":"pattern"\}/u);
});

test('a diff of a snapshot and the tree now, and with the last one that is kept', async () => {
  using folder = tempFolder();
  const path = `${folder.path}/tree`;
  await buildTree(path, tree);
  const env = { XDG_STATE_HOME: `${folder.path}/state` };
  const snapshot = `${folder.path}/s.json`;
  await runDiskwhy(['snapshot', path, '-o', snapshot]);
  const before = du(path).diskBytes;
  assert.equal((await runDiskwhy(['diff', path], { env })).code, 2);
  assert.equal((await runDiskwhy(['snapshot', path, '--keep'], { env })).code, 0);
  writeFileSync(`${path}/c/new`, Buffer.alloc(300_000, 1));
  mkdirSync(`${path}/empty`);
  for (const args of [[snapshot, path], [path]]) {
    const result = await runDiskwhy(['diff', ...args, '--json', '--top', '1'], { env });
    assert.equal(result.code, 0, result.stderr);
    const { totals, changes, rest } = readDocument(result.stdout) as DiffJson;
    assert.equal(totals.deltaBytes, du(path).diskBytes - before);
    assert.deepEqual([changes[0].path, changes[0].kind], [`${path}/c/new`, 'new']);
    assert.equal(changes[0].deltaBytes + rest.deltaBytes, totals.deltaBytes);
  }
  const { stdout } = await runDiskwhy(['diff', snapshot, path], { env });
  assert.match(stdout, /\+\+\+\+\+\+\+\+\+\+ {2}│ {2}└─ new {2}\(new\)|\+{10}.*new/u);
  await runDiskwhy(['snapshot', path, '--keep'], { env });
  const history = await runDiskwhy(['history', path, '--json'], { env });
  assert.equal(history.code, 0);
  const document = readDocument(history.stdout) as { readonly snapshots: readonly unknown[] };
  assert.equal(document.snapshots.length, 2);
  assert.match((await runDiskwhy(['history', path], { env })).stdout, /2 kept/u);
});

test('a tree is looked at as the snapshot was that it is compared with', async () => {
  using folder = tempFolder();
  const path = `${folder.path}/tree`;
  await buildTree(path, tree);
  const snapshot = `${folder.path}/s.json`;
  await runDiskwhy(['snapshot', path, '-o', snapshot, '--exclude', 'a', '--exclude', 'c']);
  for (const args of [
    [snapshot, path],
    [path, snapshot],
  ])
    assert.match((await runDiskwhy(['diff', ...args])).stdout, /Nothing changed/u);
  assert.match((await runDiskwhy(['diff', snapshot, path, '--exclude', 'c'])).stdout, /new .*\/tree\/a/u);
});

test('whatever does not fit together is refused', async () => {
  for (const [args, message] of [
    [['snapshot', '/', '--keep', '-o', 'x'], /not both/u],
    [['snapshot', '/', '--keep-last', '3'], /add --keep/u],
    [['diff', '-', '-'], /one of the two only/u],
    [['diff'], /name an old/u],
    [['--from', 'x', '/'], /in place of a path/u],
    [['history', '/proc'], /kernel's state/u],
  ] as const) {
    const { code, stderr } = await runDiskwhy(args);
    assert.equal(code, 2);
    assert.match(stderr, message);
  }
});
