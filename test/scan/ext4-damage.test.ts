/**
 * Damaged ext4: bytes are flipped anywhere in the metadata of an image, and it is mounted. Read in bulk it ends, in
 * bounded memory, with the walk's numbers wherever the kernel finds no fault, and with a problem or a notice elsewhere.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, copyFileSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import { loopDisk, mount } from '../support/mounted.ts';
import type { Mounted } from '../support/mounted.ts';
import { needsLoopDisk } from '../support/requirements.ts';
import { scanPaths } from '../support/scan-paths.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { directory, file, link, symlink } from '../support/tree.ts';
import type { TreeDescription } from '../support/tree.ts';
import { buildTree } from '../support/tree.ts';

/** Damaged images per kind: more in a long run. */
const IMAGES = Number(process.env['DISKWHY_EXT4_DAMAGED'] ?? 12);
const BLOCK = 1024;
const SECONDS = 20;

/**
 * Without checksums there is no hash index: of a name that was changed in an indexed directory the kernel's own listing
 * says nothing, as it is not where its hash says, and nobody can tell.
 */
const kinds: Readonly<Record<string, readonly string[]>> = {
  'with checksums': [],
  'with checksums, and groups': ['-g', '1024', '-O', 'meta_bg,^resize_inode'],
  'without checksums': ['-O', '^metadata_csum,^dir_index'],
  'block maps': ['-O', '^metadata_csum,^extent,^64bit,^dir_index'],
  'data in inodes': ['-O', 'inline_data,^metadata_csum,^dir_index', '-I', '512'],
};
const SMALL = ['-b', String(BLOCK), '-N', '512'];

const tree: TreeDescription = Object.fromEntries([
  ...Array.from({ length: 12 }, (_, index): [string, TreeDescription[string]] => [
    `d${index}`,
    directory({ [`f${index}`]: file(index * 700), l: link('one', 5000), s: symlink('nowhere') }),
  ]),
  ['deep', directory({ a: directory({ b: directory({ c: directory({ f: file(9000) }) }) }) })],
  [
    'wide',
    directory(Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`name-${index}`, file(0)]))),
  ],
]);

/** Blocks of the image in which the filesystem keeps its own data, by what debugfs says of it. */
function metadataBlocks(image: string): number[] {
  const output = execFileSync('dumpe2fs', [image], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const blocks = [1, 2];
  for (const [, first, last] of output.matchAll(/Inode table at (\d+)-(\d+)/gu))
    for (let block = Number(first); block <= Number(last); block++) blocks.push(block);
  const listed = execFileSync('debugfs', ['-f', '-', image], {
    input: ['/', '/deep', '/deep/a', '/wide', '/d1', '/d2'].map((path) => `blocks ${path}\n`).join(''),
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  for (const [number] of listed.matchAll(/\b\d{2,}\b/gu))
    blocks.push(Number(number), Number(number), Number(number));
  return blocks;
}

function flip(image: string, flips: readonly Flip[], blocks: readonly number[]): void {
  const descriptor = openSync(image, 'r+');
  for (const { block, offset, value } of flips) {
    // Most bytes of metadata are unused: half of the flips go where a block begins.
    const position = blocks[block % blocks.length] * BLOCK + offset;
    const byte = Buffer.alloc(1);
    readSync(descriptor, byte, 0, 1, position);
    byte[0] ^= value;
    writeSync(descriptor, byte, 0, 1, position);
  }
  closeSync(descriptor);
}

interface Flip {
  readonly block: number;
  readonly offset: number;
  readonly value: number;
}

const flipArbitrary: fc.Arbitrary<Flip> = fc.record({
  block: fc.nat(10_000),
  offset: fc.oneof(fc.nat(95), fc.nat(BLOCK - 1)),
  value: fc.integer({ min: 1, max: 255 }),
});

/** Undefined where the kernel does not mount it. */
function mountDamaged(image: string, place: string): Mounted | undefined {
  try {
    return mount(place, '-t', 'ext4', '-o', 'loop,ro,errors=continue,noload', image);
  } catch {
    return undefined;
  }
}

suite('damaged ext4 in bulk', { skip: needsLoopDisk('ext4') }, () => {
  for (const [kind, format] of Object.entries(kinds)) {
    test(kind, async () => {
      using folder = tempFolder();
      const image = `${folder.path}/image`;
      const place = `${folder.path}/damaged`;
      mkdirSync(place);
      {
        using disk = loopDisk('ext4', { megabytes: 8, format: [...SMALL, ...format] });
        await buildTree(`${disk.path}/t`, tree);
        execFileSync('sh', ['-c', 'cd "$0" && mv t/* . && rmdir t && sync -f .', disk.path]);
        copyFileSync(`${disk.path}/../image`, image);
      }
      const blocks = metadataBlocks(image);
      await fc.assert(
        fc.asyncProperty(fc.array(flipArbitrary, { minLength: 1, maxLength: 6 }), async (flips) => {
          // A new one each time: a loop device may keep the last for a while.
          using fresh = tempFolder();
          const copy = `${fresh.path}/copy`;
          copyFileSync(image, copy);
          flip(copy, flips, blocks);
          using damaged = mountDamaged(copy, place);
          if (!damaged) return;
          const nowSeconds = Date.now() / 1000;
          // The kernel may not end in a damaged tree either.
          const signal = AbortSignal.timeout(SECONDS * 1000);
          const read = await scanPaths(
            [place],
            { source: 'ext4', restSeconds: 0, threads: 1, nowSeconds },
            { signal },
          );
          const walked = await scanPaths([place], { source: 'walk', threads: 1, nowSeconds }, { signal });
          assert.equal(read.interrupted, false);
          if (!read.complete) return;
          const { entries } = walked.roots[0].totals;
          // Where nothing is summed up the kernel may refuse an inode for blocks of which nobody asks.
          if (!walked.complete && !kind.startsWith('with checksums'))
            assert.ok(read.roots[0].totals.entries >= entries);
          else {
            assert.deepEqual(read.roots[0].totals, walked.roots[0].totals);
            assert.ok(walked.complete, `the walk met ${JSON.stringify(walked.problems.items)}`);
          }
        }),
        { numRuns: IMAGES, endOnFailure: process.env['DISKWHY_EXT4_SHRINK'] === undefined },
      );
    });
  }
});
