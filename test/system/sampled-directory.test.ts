/** The names that a sample of a directory gives are those of find(1), by libc and by Node alike. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fromBytes, fromText } from '../../src/model/byte-string.ts';
import type { ByteString } from '../../src/model/byte-string.ts';
import { readByNode, sampleDirectory } from '../../src/system/directories/sampled-directory.ts';
import type { SampledDirectory } from '../../src/system/directories/sampled-directory.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { buildTree, directory, fifo, file, symlink } from '../support/tree.ts';

function byNode(path: ByteString, count: number): SampledDirectory {
  const sample: SampledDirectory = { names: [], directories: [], links: [] };
  readByNode(path, count, sample);
  return sample;
}

const ways = { 'by libc where there is one': sampleDirectory, 'by Node': byNode };

/** The names of one kind, as find says them. */
function found(path: string, kind: string): string[] {
  const printed = execFileSync('find', [
    path,
    '-mindepth',
    '1',
    '-maxdepth',
    '1',
    '-type',
    kind,
    '-printf',
    '%f\\0',
  ]);
  return fromBytes(printed).split('\0').slice(0, -1).toSorted();
}

for (const [way, sample] of Object.entries(ways)) {
  test(`names, directories and links ${way}`, async () => {
    using folder = tempFolder();
    const path = `${folder.path}/tree`;
    await buildTree(path, {
      '\xff\n': file(1),
      'a b': directory({ inside: file(1) }),
      ['n'.repeat(255)]: file(0),
      link: symlink('a b'),
      nowhere: symlink('nothing'),
      pipe: fifo(),
      ...Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`many-${i}`, file(0)])),
    });
    const { names, directories, links } = sample(fromText(path), 10_000);
    assert.deepEqual(names.toSorted(), ['d', 'f', 'l', 'p'].flatMap((kind) => found(path, kind)).toSorted());
    assert.deepEqual(directories.toSorted(), found(path, 'd'));
    assert.deepEqual(links.toSorted(), found(path, 'l'));
    assert.equal(sample(fromText(path), 700).names.length, 700);
  });

  test(`through a link, and nothing of what is no directory ${way}`, () => {
    using folder = tempFolder();
    mkdirSync(`${folder.path}/directory/inside`, { recursive: true });
    symlinkSync('directory', `${folder.path}/link`);
    writeFileSync(`${folder.path}/file`, '');
    const nothing = { names: [], directories: [], links: [] };
    assert.deepEqual(sample(fromText(`${folder.path}/link`), 10), {
      ...nothing,
      names: ['inside'],
      directories: ['inside'],
    });
    for (const path of ['file', 'nothing', 'x/'.repeat(3000)])
      assert.deepEqual(sample(fromText(`${folder.path}/${path}`), 10), nothing);
  });
}
