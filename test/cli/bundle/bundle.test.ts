/** The bundle in dist/, as the package carries it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  cpSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { openPack, writePack } from '../../../src/cli/bundle/pack.ts';
import type { Chunk } from '../../../src/cli/bundle/pack.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(path.join(tmpdir(), 'diskwhy-bundle-'));
after(() => rmSync(folder, { recursive: true }));

const reporter = path.join(folder, 'reporter.cjs');
writeFileSync(
  reporter,
  `const vm = require('node:vm');
   const { threadId, isMainThread } = require('node:worker_threads');
   vm.Script = class extends vm.Script {
     constructor(source, options) {
       super(source, options);
       const { cachedData, filename } = options;
       const use = cachedData === undefined ? 'none' : this.cachedDataRejected ? 'rejected' : 'used';
       require('node:fs').writeSync(2, [isMainThread ? 'main' : 'thread', filename, use].join(' ') + '\\n');
     }
   };
   const { Worker } = require('node:worker_threads');
   require('node:worker_threads').Worker = class extends Worker {
     constructor(file, options) {
       super(file, { ...options, execArgv: ['--require', __filename] });
     }
   };`,
);

/** A tree of many directories, so that threads have work. */
const tree = path.join(root, 'src');
/** Large enough for a second thread to begin before all is read. */
const largeTree = path.join(root, 'node_modules');

function run(dist: string, words: readonly string[], flags: readonly string[] = []) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...flags, '--eval', 'void require(process.env.START).main()', '--', ...words],
    {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: folder, START: path.join(dist, 'start.js') },
      cwd: root,
    },
  );
  return { status, stdout, stderr };
}

test('every chunk that a report loads, in any thread, has a code cache that V8 takes', () => {
  const { status, stderr } = run(
    path.join(root, 'dist'),
    [largeTree, '--threads', '2'],
    ['--require', reporter],
  );
  assert.equal(status, 0, stderr);
  const uses = stderr.trim().split('\n');
  assert.ok(uses.length > 10, stderr);
  assert.ok(
    uses.some((line) => line.startsWith('thread ')),
    stderr,
  );
  assert.deepEqual(
    uses.filter((line) => !line.endsWith(' used')),
    [],
  );
});

test('a cache of another V8 changes nothing that is seen', () => {
  const copy = copyOfDist('other');
  for (const name of ['program.pack', 'threads.pack']) {
    const file = path.join(copy, name);
    const chunks = chunksOf(file);
    for (const [chunk, { source, cachedData }] of chunks) {
      // Version, source and flags are what a cache starts with.
      cachedData?.fill(0xa5, 4, 24);
      chunks.set(chunk, { source, cachedData });
    }
    writeFileSync(file, writePack(chunks));
  }
  const rejected = run(copy, ['help', 'exit-codes'], ['--require', reporter]);
  assert.match(rejected.stderr, / rejected$/mu);
  for (const words of [['help', 'exit-codes'], [tree, '--depth', '0'], ['--nosuch']]) {
    const expected = run(path.join(root, 'dist'), words);
    const actual = run(copy, words);
    assert.deepEqual([actual.status, actual.stderr], [expected.status, expected.stderr]);
    if (words[0] === 'help') assert.equal(actual.stdout, expected.stdout);
  }
});

test('without koffi the bundle reads through Node alone, with the same numbers', () => {
  const copy = path.join(folder, 'lonely');
  cpSync(path.join(root, 'dist'), copy, { recursive: true });
  const words = [tree, '--json', '--depth', '0', '--top', '1'];
  const totals = (dist: string) => {
    const { status, stdout } = run(dist, words);
    assert.equal(status, 0);
    return (JSON.parse(stdout) as { tree: unknown }).tree;
  };
  assert.deepEqual(totals(copy), totals(path.join(root, 'dist')));
});

/** A copy that finds the packages of the original. */
function copyOfDist(name: string): string {
  const copy = path.join(folder, name, 'dist');
  cpSync(path.join(root, 'dist'), copy, { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, name, 'node_modules'));
  return copy;
}

function chunksOf(file: string): Map<string, Chunk> {
  const bytes = readFileSync(file);
  const length = bytes.readUInt32LE();
  const names = Object.keys(JSON.parse(bytes.subarray(4, 4 + length).toString()) as object);
  const pack = openPack((offset, size) => Buffer.from(bytes.subarray(offset, offset + size)));
  return new Map(names.map((name) => [name, pack.chunk(name)!]));
}

test('a report into a file needs no streams of Node, which take milliseconds to load', () => {
  const modules = path.join(folder, 'modules.cjs');
  writeFileSync(modules, "process.on('exit', () => console.error(process.moduleLoadList.join('\\n')));");
  const output = openSync(path.join(folder, 'report'), 'w');
  try {
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--require', modules, path.join(root, 'bin/diskwhy.js'), path.join(root, 'bin'), '--quiet'],
      { stdio: ['ignore', output, 'pipe'], encoding: 'utf8' },
    );
    assert.equal(status, 0, stderr);
    const streams = stderr
      .split('\n')
      .filter((name) => /^NativeModule (?:stream|net|tty|readline|fs\/promises)$/u.test(name));
    assert.deepEqual(streams, []);
  } finally {
    closeSync(output);
  }
});
