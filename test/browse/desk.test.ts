/** The desk over real directories: what it lists adds up to what du says, who holds what, and where paths are. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { Desk } from '../../src/browse/desk/desk.ts';
import type { Answer, RecordedFile } from '../../src/browse/desk/desk.ts';
import { nameAt, ROW_FLAG, rowOf } from '../../src/browse/listing/listing.ts';
import { fromText } from '../../src/model/byte-string.ts';
import type { ByteString } from '../../src/model/byte-string.ts';
import { startHolder } from '../support/holder.ts';
import { needsLinux } from '../support/requirements.ts';
import { scanPaths } from '../support/scan-paths.ts';
import { tempFolder } from '../support/temp-folder.ts';
import type { TempFolder } from '../support/temp-folder.ts';
import { buildTree, directory, file, link } from '../support/tree.ts';

type Listing = Extract<Answer, { tell: 'listing' }>;

let folder: TempFolder;
let root: string;
let answers: Answer[];
let desk: Desk;

async function open(recorded?: readonly RecordedFile[]): Promise<void> {
  const { tree } = await scanPaths([root]);
  const { columns } = tree;
  answers = [];
  desk = new Desk((answer) => answers.push(answer));
  desk.answer({ ask: 'tree', recorded, columns, root: { path: fromText(root), isDirectory: true } });
}

function list(where: number): Listing {
  desk.answer({ ask: 'list', serial: 1, directory: where });
  return answers.at(-1) as Listing;
}

suite('desk', { skip: needsLinux }, () => {
  beforeEach(async () => {
    folder = tempFolder();
    root = `${folder.path}/tree`;
    await buildTree(root, {
      a: directory({ one: file(100_000), deep: directory({ two: file(5000) }) }),
      b: directory(),
      'file.txt': file(12_345),
      first: link('x', 8192),
      second: link('x', 8192),
    });
  });
  afterEach(() => folder[Symbol.dispose]());

  test('rows and the directory itself add up; a file with other names frees nothing', async () => {
    await open();
    const { listing, own, trouble } = list(1);
    assert.equal(trouble, undefined);
    const names = Array.from({ length: listing.count }, (_, row) => nameAt(listing, row));
    assert.deepEqual(names, ['a', 'b', 'file.txt', 'first', 'second']);
    const sum = listing.diskBytes.reduce((all, bytes) => all + bytes, 0) - 8192;
    assert.equal(own.diskBytes - sum, 4096);
    const row = rowOf(listing, 'first' as ByteString);
    assert.deepEqual([listing.flags[row], listing.freeableBytes[row]], [ROW_FLAG.linked, 0]);
  });

  test('a file that is held says so, and by whom; so does the directory around it', async () => {
    using holder = await startHolder('exec 5<"$1"', [`${root}/a/deep/two`]);
    await open();
    for (const path of ['a', 'a/deep', 'a/deep/two']) {
      desk.answer({ ask: 'details', path: fromText(`${root}/${path}`) });
      const answer = answers.at(-1)!;
      assert.equal(answer.tell, 'details');
      assert.deepEqual(
        answer.details.holders.map(({ pid, how }) => [pid, how]),
        [[holder.pid, 'descriptor']],
        path,
      );
    }
    desk.answer({ ask: 'details', path: fromText(`${root}/b`) });
    assert.equal((answers.at(-1) as Extract<Answer, { tell: 'details' }>).details.holderCount, 0);
    desk.answer({ ask: 'find', path: fromText(`${root}/a/deep/two`) });
    const found = answers.at(-1) as Extract<Answer, { tell: 'found' }>;
    assert.equal(found.name, 'two');
    const { listing } = list(found.trail.at(-1)!.directory);
    assert.equal(listing.flags[0], ROW_FLAG.held);
  });

  test('a path is found where it is; what is gone, in the directory that is left', async () => {
    await open();
    const find = (path: string): (string | undefined)[] => {
      desk.answer({ ask: 'find', path: fromText(path) });
      const { trail, name } = answers.at(-1) as Extract<Answer, { tell: 'found' }>;
      return [trail.at(-1)!.path.slice(root.length), name];
    };
    assert.deepEqual(find(`${root}/a/deep`), ['/a', 'deep']);
    assert.deepEqual(find(`${root}/a/one`), ['/a', 'one']);
    assert.deepEqual(find(`${root}/b/not/there`), ['/b', 'not']);
    assert.deepEqual(find(root), ['', undefined]);
  });

  test('a directory that is gone or may not be read is trouble with a name; a new one was not scanned', async () => {
    await open();
    rmSync(`${root}/b`, { recursive: true });
    mkdirSync(`${root}/new`);
    writeFileSync(`${root}/new/file`, 'x');
    const { listing } = list(1);
    assert.equal(listing.directory[rowOf(listing, 'new' as ByteString)], 0);
    assert.equal(rowOf(listing, 'b' as ByteString), -1);
    desk.answer({ ask: 'find', path: fromText(`${root}/a/one`) });
    const { trail } = answers.at(-1) as Extract<Answer, { tell: 'found' }>;
    rmSync(`${root}/a`, { recursive: true });
    assert.equal(list(trail.at(-1)!.directory).trouble, 'ENOENT');
    if (process.getuid!() === 0) return;
    chmodSync(root, 0);
    assert.equal(list(1).trouble, 'EACCES');
  });

  test('growth since a snapshot: of directories, of files, of what is new, and of nothing that is not known', async () => {
    const before = await scanPaths([root], { largestCount: 100 });
    rmSync(`${root}/b`, { recursive: true });
    writeFileSync(`${root}/a/one`, Buffer.alloc(300_000));
    mkdirSync(`${root}/new`);
    writeFileSync(`${root}/new/file`, Buffer.alloc(8192));
    writeFileSync(`${root}/fresh.txt`, Buffer.alloc(4096));
    await open();
    const grown = (hasAllFiles: boolean, path = root): (readonly [string, number])[] => {
      const { columns } = before.tree;
      desk.answer({
        ask: 'before',
        columns,
        root: { path: fromText(path), isDirectory: true },
        recorded: before.largestFiles,
        hasAllFiles,
      });
      const { listing, growth } = list(1);
      return [
        ...Array.from(
          { length: listing.count },
          (_, row) => [nameAt(listing, row), listing.growth![row]] as const,
        ),
        ['.', growth ?? NaN],
      ];
    };
    const known = new Map(grown(true));
    assert.equal(known.get('a'), 299_008 + 4096 - 102_400);
    assert.equal(known.get('new'), 12_288);
    assert.equal(known.get('fresh.txt'), 4096);
    assert.equal(known.get('file.txt'), 0);
    // One name of an inode was written down, the other one may not have been.
    assert.deepEqual(new Set([known.get('first'), known.get('second')]), new Set([-Infinity, 0]));
    const own = [...known].reduce(
      (sum, [name, bytes]) => (name === '.' || bytes === -Infinity ? sum : sum + bytes),
      0,
    );
    assert.equal(known.get('.'), own - 4096, 'b is gone');
    assert.equal(new Map(grown(false)).get('fresh.txt'), -Infinity);
    assert.ok(grown(true, '/elsewhere').every(([, bytes]) => bytes === -Infinity || Number.isNaN(bytes)));
  });

  test('a tree that comes from a file is shown from the tree alone', async () => {
    const figures = { diskBytes: 4096, apparentBytes: 100, links: 1, modifiedAt: 1e9 };
    await open([{ directory: 1, name: 'note' as ByteString, ...figures }]);
    rmSync(root, { recursive: true });
    const { listing, trouble } = list(1);
    assert.equal(trouble, undefined);
    assert.deepEqual(
      Array.from({ length: listing.count }, (_, row) => nameAt(listing, row)),
      ['a', 'b', 'note'],
    );
  });
});
