/** The contract of `diskwhy [path…]` (DESIGN §5): what JSON says, what the terminal shows, what options do. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { after, before, suite, test } from 'node:test';
import { ODD_NAMES, oddNames } from '../../../fixtures/trees/odd-names.ts';
import { LONG_AGO, project } from '../../../fixtures/trees/project.ts';
import { explainJson, runDiskwhy } from '../../support/diskwhy.ts';
import type { TreeJson } from '../../support/diskwhy.ts';
import { UNSAFE, hasColours, withoutColours } from '../../support/colours.ts';
import { du } from '../../support/du.ts';
import { find } from '../../support/find.ts';
import { needsLinux } from '../../support/requirements.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import type { TempFolder } from '../../support/temp-folder.ts';
import { buildTree } from '../../support/tree.ts';

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u;

let folder: TempFolder;
/** Trees that no test changes. */
let ordinary: string;
let odd: string;
before(async () => {
  folder = tempFolder();
  ordinary = `${folder.path}/project`;
  odd = `${folder.path}/odd`;
  await buildTree(ordinary, project);
  await buildTree(odd, oddNames);
});
after(() => folder[Symbol.dispose]());

function* nodes(tree: TreeJson): Generator<TreeJson> {
  yield tree;
  for (const child of tree.children) yield* nodes(child);
}

suite('JSON', () => {
  test('has the keys of the contract, and their types', async () => {
    const startedAt = Date.now();
    const { json, code, stderr } = await explainJson([ordinary]);
    assert.deepEqual([code, stderr], [0, '']);
    assert.deepEqual(Object.keys(json), [
      'schema',
      'version',
      'generatedAt',
      'complete',
      'interrupted',
      'roots',
      'contained',
      'filesystems',
      'findings',
      'explained',
      'freeable',
      'problems',
      'excluded',
    ]);
    assert.equal(json.schema, 'diskwhy/explain@3');
    assert.match(json.version, /^\d+\.\d+\.\d+/u);
    assert.match(json.generatedAt, ISO);
    assert.ok(Date.parse(json.generatedAt) >= startedAt && Date.parse(json.generatedAt) <= Date.now());
    assert.deepEqual(
      [json.complete, json.interrupted, json.findings, json.problems, json.contained, json.excluded],
      [true, false, [], { count: 0, items: [] }, [], 0],
    );
    assert.equal(json.roots.length, 1);
    const [root] = json.roots;
    assert.deepEqual(Object.keys(root), [
      'path',
      'mountPoint',
      'source',
      'threads',
      'seconds',
      'totals',
      'byUse',
      'byType',
      'byAge',
      'tree',
      'largestFiles',
      'mounts',
    ]);
    assert.equal(root.path, ordinary);
    assert.ok(['walk', 'portable'].includes(root.source));
    assert.ok(root.threads >= 1 && root.seconds >= 0);
    for (const node of nodes(root.tree)) {
      assert.deepEqual(Object.keys(node), [
        'path',
        'type',
        'diskBytes',
        'apparentBytes',
        'freeableBytes',
        'entries',
        'modifiedAt',
        'complete',
        'compression',
        'children',
        'rest',
      ]);
      assert.match(String(node.modifiedAt), ISO);
    }
    for (const file of root.largestFiles) {
      assert.deepEqual(Object.keys(file), ['path', 'diskBytes', 'apparentBytes', 'links', 'modifiedAt']);
    }
  });

  test('totals, tree and largest files are what du and find say', async () => {
    const expected = find(ordinary);
    const { json } = await explainJson([ordinary, '--depth', '10', '--top', '0']);
    const [root] = json.roots;
    assert.deepEqual(root.totals, expected.totals);
    assert.equal(root.tree.diskBytes, expected.totals.diskBytes);
    const shown = [...nodes(root.tree)].filter(({ type }) => type === 'directory');
    const byName = (name: string): TreeJson => shown.find(({ path }) => path.endsWith(`/${name}`))!;
    assert.equal(shown.length, expected.directories.length);
    for (const { name, depth, diskBytes, apparentBytes, freeableBytes, entries } of expected.directories) {
      const node = depth === 0 ? root.tree : byName(name);
      assert.deepEqual(
        [node.diskBytes, node.apparentBytes, node.freeableBytes, node.entries],
        [diskBytes, apparentBytes, freeableBytes, entries],
        name,
      );
    }
    const largest = root.largestFiles.map(({ path, diskBytes, apparentBytes, links }) => ({
      path,
      diskBytes,
      apparentBytes,
      links,
    }));
    const sizes = largest.map(({ diskBytes }) => diskBytes);
    assert.deepEqual(
      sizes,
      sizes.toSorted((a, b) => b - a),
    );
    // Files of one size may stand in any order.
    const byPath = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : 1);
    assert.deepEqual(
      largest.toSorted(byPath),
      expected.files
        .map(({ paths, ...file }) => ({ path: `${ordinary}/${paths[0]}`, ...file }))
        .toSorted(byPath),
    );
    assert.equal(
      root.largestFiles.find(({ path }) => path.endsWith('video.mp4'))?.modifiedAt,
      new Date(LONG_AGO * 1000).toISOString(),
    );
  });

  test('what is left out of the tree is in `rest`', async () => {
    const { json } = await explainJson([ordinary, '--depth', '3', '--top', '2']);
    for (const node of nodes(json.roots[0].tree)) {
      if (node.type !== 'directory' || node.children.length === 0) continue;
      const shown = node.children.reduce((sum, { diskBytes }) => sum + diskBytes, 0);
      const entries = node.children.reduce((sum, child) => sum + child.entries, 1);
      assert.ok(node.children.length <= 2);
      // Children that share hard links add up to more than their parent.
      assert.ok(shown + node.rest.diskBytes >= node.diskBytes);
      assert.ok(entries + node.rest.entries >= node.entries);
    }
  });

  test('the filesystem is as df says', async () => {
    const { json } = await explainJson([ordinary]);
    const [filesystem] = json.filesystems;
    const [target, size, type, inodes] = execFileSync(
      'df',
      ['-B1', '--output=target,size,fstype,itotal', ordinary],
      { encoding: 'utf8' },
    )
      .split('\n')[1]
      .split(/\s+/u);
    assert.equal(json.filesystems.length, 1);
    assert.deepEqual(
      [filesystem.mountPoint, filesystem.totalBytes, filesystem.type, filesystem.inodes],
      [target, Number(size), type, Number(inodes)],
    );
    assert.equal(json.roots[0].mountPoint, target);
    assert.deepEqual(
      filesystem.ledger.accounts.map(({ account }) => account),
      ['walked', 'deleted-open', 'hidden-under-mounts', 'filesystem-metadata', 'unreadable', 'elsewhere'],
    );
    assert.equal(filesystem.ledger.accounts[0].bytes, json.roots[0].totals.diskBytes);
    assert.equal(
      filesystem.ledger.accounts.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
      filesystem.usedBytes,
    );
    assert.equal(filesystem.ledger.scope, 'path');
  });

  test('names that are no text are given as bytes too, all others as text only', async () => {
    const { json, code } = await explainJson([odd, '--top', '0', '--depth', '2']);
    assert.equal(code, 0);
    const paths = [...nodes(json.roots[0].tree), ...json.roots[0].largestFiles].map(
      ({ path, pathBase64 }) => ({ path, pathBase64 }),
    );
    for (const name of Object.values(ODD_NAMES)) {
      const bytes = Buffer.from(`${odd}/${name}/${name}`, 'latin1');
      const isText = Buffer.from(bytes.toString('utf8')).equals(bytes);
      const found = paths.filter(({ path }) => path === bytes.toString('utf8'));
      assert.equal(found.length, 2, JSON.stringify(name));
      for (const { pathBase64 } of found) {
        assert.equal(pathBase64, isText ? undefined : bytes.toString('base64'));
      }
    }
  });

  test('a hidden place in a long list: all directories with --top 0, one level with --depth 1', async () => {
    const { json: all } = await explainJson([odd, '--depth', '1', '--top', '0']);
    assert.equal(all.roots[0].tree.children.length, Object.keys(ODD_NAMES).length);
    const { json: three } = await explainJson([odd, '--depth', '0', '--top', '3']);
    assert.deepEqual([three.roots[0].tree.children, three.roots[0].largestFiles.length], [[], 3]);
  });

  test('--min-size leaves smaller ones out of the tree and of nothing else', async () => {
    const { json: whole } = await explainJson([ordinary, '--top', '0']);
    const { json } = await explainJson([ordinary, '--min-size', '100K', '--top', '0']);
    assert.deepEqual(json.roots[0].totals, whole.roots[0].totals);
    const shown = [...nodes(json.roots[0].tree)].slice(1);
    assert.ok(shown.length > 0);
    assert.deepEqual(
      shown.filter(({ diskBytes }) => diskBytes < 100 * 1024),
      [],
    );
    const large = [...nodes(whole.roots[0].tree)].slice(1).filter(({ diskBytes }) => diskBytes >= 100 * 1024);
    assert.equal(shown.length, large.length);
  });

  test('--apparent ranks by apparent size', async () => {
    const { json } = await explainJson([ordinary, '--apparent', '--top', '1', '--depth', '1']);
    assert.match(json.roots[0].largestFiles[0].path, /disk\.img$/u);
    assert.match(json.roots[0].tree.children[0].path, /current$/u);
  });

  test('--source and --threads', async () => {
    for (const source of ['walk', 'portable', 'auto']) {
      for (const threads of ['1', '2', '8']) {
        const { json, code } = await explainJson([ordinary, '--source', source, '--threads', threads]);
        assert.equal(code, 0);
        const { diskBytes, entries } = json.roots[0].totals;
        assert.deepEqual({ diskBytes, entries }, du(ordinary));
      }
    }
  });

  test('--exclude leaves out and counts what it left out', async () => {
    const { json } = await explainJson([ordinary, '--exclude', 'cache', '--exclude', '*.log']);
    assert.equal(json.excluded, 2);
    const paths = new Set([...nodes(json.roots[0].tree)].map(({ path }) => path));
    assert.ok(!paths.has(`${ordinary}/cache`) && paths.has(`${ordinary}/logs`));
  });
});

suite('paths', () => {
  test('none means the working directory', async () => {
    const { json } = await explainJson([], { cwd: ordinary });
    assert.equal(json.roots[0].path, ordinary);
  });

  test('a relative one, one with dots, one through a symbolic link', async () => {
    for (const path of ['logs', './logs', '../project/logs/', 'logs/.', 'empty/../logs']) {
      const { json } = await explainJson([path], { cwd: ordinary });
      assert.equal(json.roots[0].path, `${ordinary}/logs`, path);
    }
    const { json } = await explainJson(['latest'], { cwd: ordinary });
    assert.equal(json.roots[0].path, `${ordinary}/logs/app.log`);
    assert.equal(json.roots[0].totals.entries, 1);
  });

  test('several, one in another, the same twice', async () => {
    const { json } = await explainJson([`${ordinary}/logs`, ordinary, ordinary, `${ordinary}/cache`, odd]);
    assert.deepEqual(
      json.roots.map(({ path }) => path),
      [ordinary, odd],
    );
    assert.deepEqual(json.contained.map(({ path, countedIn }) => `${path} in ${countedIn}`).toSorted(), [
      `${ordinary} in ${ordinary}`,
      `${ordinary}/cache in ${ordinary}`,
      `${ordinary}/logs in ${ordinary}`,
    ]);
  });

  test('hundreds', async () => {
    using place = tempFolder();
    const paths = Array.from({ length: 600 }, (_, index) => `${place.path}/${index}`);
    for (const path of paths) {
      mkdirSync(path);
      writeFileSync(`${path}/file`, 'x');
    }
    const { json, code } = await explainJson(paths);
    assert.equal(code, 0);
    assert.deepEqual(
      json.roots.map(({ path }) => path),
      paths,
    );
    assert.ok(json.roots.every(({ totals }) => totals.entries === 2));
  });

  test('bytes that are no text, given as an argument', { skip: needsLinux }, async () => {
    using place = tempFolder();
    // Two names that look alike once they are decoded.
    const names = ['one\u00FF', 'one\u00FE'];
    await buildTree(`${place.path}/tree`, {
      [names[0]]: { kind: 'directory', entries: { a: { kind: 'file', bytes: 10_000 } } },
      [names[1]]: { kind: 'file', bytes: 50_000 },
    });
    // Arguments of child processes are text in Node: a shell makes the bytes.
    const run = await explainJson([], {
      under: [
        'sh',
        '-c',
        String.raw`exec "$@" "$(printf 'tree/one\377')" "$(printf 'tree/one\376')" --json`,
        'sh',
      ],
      cwd: place.path,
    });
    assert.deepEqual([run.code, run.stderr], [0, '']);
    assert.deepEqual(
      run.json.roots.map(({ pathBase64, totals }) => [
        Buffer.from(pathBase64!, 'base64').toString('latin1'),
        totals.entries,
      ]),
      [
        [`${place.path}/tree/${names[0]}`, 2],
        [`${place.path}/tree/${names[1]}`, 1],
      ],
    );
  });

  test('a working directory whose name is no text', { skip: needsLinux }, async () => {
    using place = tempFolder();
    await buildTree(`${place.path}/tree`, { 'no-text-\u00FF': { kind: 'directory', entries: {} } });
    for (const args of ['', '.', '../*', './/']) {
      const run = await explainJson([], {
        under: ['sh', '-c', `cd ${place.path}/tree/no-text* && exec "$@" ${args} --json`, 'sh'],
      });
      assert.deepEqual([run.code, run.stderr], [0, ''], args);
      const bytes = Buffer.from(`${place.path}/tree/no-text-\u00FF`, 'latin1');
      assert.equal(run.json.roots[0].pathBase64, bytes.toString('base64'), args);
    }
  });

  test('a working directory that is gone', { skip: needsLinux }, async () => {
    using place = tempFolder();
    const under = ['sh', '-c', 'mkdir gone && cd gone && rmdir ../gone && exec "$@"', 'sh'];
    const elsewhere = await explainJson([ordinary], { under, cwd: place.path });
    assert.deepEqual([elsewhere.code, elsewhere.stderr], [0, '']);
    for (const path of [[], ['.'], ['file']]) {
      const here = await runDiskwhy(path, { under, cwd: place.path });
      assert.deepEqual([here.code, here.stdout], [2, '']);
      assert.match(here.stderr, /^diskwhy: .*no such file or directory\n$/u);
    }
  });

  test('/proc/.. is the root directory', { skip: needsLinux }, async () => {
    // All that is in it is left out: nobody else holds still.
    const { json, code } = await explainJson(['/proc/..', '--exclude', '/*']);
    assert.equal(code, 0);
    assert.deepEqual([json.roots[0].path, json.roots[0].totals.entries], ['/', 1]);
  });

  test('a file', async () => {
    const { json } = await explainJson([`${ordinary}/video.mp4`]);
    const [root] = json.roots;
    assert.deepEqual(root.totals, { ...find(`${ordinary}/video.mp4`).totals });
    assert.equal(root.largestFiles[0].path, `${ordinary}/video.mp4`);
    assert.deepEqual([root.tree.path, root.tree.children], [`${ordinary}/video.mp4`, []]);
  });
});

suite('the terminal report', () => {
  test('shows the disk, the tree, the largest files and a footer', async () => {
    const { stdout, stderr, code } = await runDiskwhy([ordinary, '--depth', '1']);
    assert.deepEqual([code, stderr], [0, '']);
    for (const part of ['mounted on', 'TREE', 'LARGEST FILES', 'video.mp4', 'logs/', 'USE', 'TYPE', 'WHEN']) {
      assert.ok(stdout.includes(part), part);
    }
    assert.ok(!stdout.includes('\u001B'));
  });

  test('--bytes gives exact numbers', async () => {
    const { stdout } = await runDiskwhy([ordinary, '--bytes']);
    const { diskBytes } = du(ordinary);
    assert.ok(stdout.includes(`${diskBytes.toLocaleString('en-US')} B`));
  });

  test('--top limits lists, --depth the tree', async () => {
    const { stdout } = await runDiskwhy([ordinary, '--top', '1', '--depth', '1']);
    const lines = stdout.split('\n');
    const largest = lines.slice(lines.indexOf('LARGEST FILES') + 1);
    assert.equal(largest.indexOf(''), 1);
    assert.doesNotMatch(stdout, /README/u);
  });

  test('colour only where it is asked for', async () => {
    const plain = await runDiskwhy([ordinary]);
    const asked = await runDiskwhy([ordinary, '--color']);
    const askedAgainstEnvironment = await runDiskwhy([ordinary, '--color'], { env: { NO_COLOR: '1' } });
    const refused = await runDiskwhy([ordinary, '--no-color']);
    assert.deepEqual(
      [plain, asked, askedAgainstEnvironment, refused].map(({ stdout }) => hasColours(stdout)),
      [false, true, true, false],
    );
  });

  test('names cannot write to the terminal', async () => {
    for (const options of [['--color'], ['--no-color']]) {
      const { stdout } = await runDiskwhy([odd, '--top', '0', '--depth', '3', ...options]);
      assert.doesNotMatch(withoutColours(stdout).replaceAll('\n', ''), UNSAFE);
    }
  });

  test('--quiet says no less on stdout', async () => {
    const { stdout, stderr, code } = await runDiskwhy([ordinary, '--quiet']);
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /LARGEST FILES/u);
  });
});
