/** Random trees: every kind of entry, names of any bytes, links everywhere, now and then very deep. */
import * as fc from 'fast-check';
import { chain, directory, fifo, file, link, preallocated, socket, sparse, symlink } from './tree.ts';
import type { TreeDescription, TreeEntry } from './tree.ts';

/** Bytes that are trouble somewhere: controls, quotes, glob characters, halves of UTF-8 sequences. */
const nastyByte = fc.constantFrom(
  ...'\n\t\r\u001B\u0001\u007F \\\'"*?[]{}!#$-~.,:;|&<>%\u0080\u00C3\u00FF\u00E2\u00ED'.split(''),
);

/** A name as a byte string: no '/', no NUL, not '.' or '..', at most 255 bytes. */
export const nameArbitrary: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 4, arbitrary: fc.stringMatching(/^[a-z]{1,8}(\.(log|tar\.gz|so\.1|jpg|bak|tmp))?$/u) },
    { weight: 3, arbitrary: fc.string({ unit: nastyByte, minLength: 1, maxLength: 12 }) },
    {
      weight: 2,
      arbitrary: fc
        .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
        .map((text) => Buffer.from(text, 'utf8').toString('latin1')),
    },
    {
      weight: 1,
      arbitrary: fc
        .uint8Array({ minLength: 1, maxLength: 255 })
        .map((bytes) => Buffer.from(bytes).toString('latin1')),
    },
    { weight: 1, arbitrary: nastyByte.map((byte) => byte.repeat(255)) },
  )
  .map((name) => name.replaceAll(/[\0/]/gu, '_').slice(0, 255))
  .filter((name) => name !== '.' && name !== '..');

const byteCount = fc.oneof(
  fc.constantFrom(0, 1, 511, 512, 513, 4095, 4096, 4097),
  fc.integer({ min: 0, max: 100_000 }),
);

const leaf: fc.Arbitrary<TreeEntry> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(byteCount).map(([bytes]) => file(bytes)) },
  { weight: 4, arbitrary: fc.nat(3).map((inode) => link(String(inode), 10_000 * (inode + 1))) },
  { weight: 1, arbitrary: fc.tuple(fc.nat(2 ** 40), byteCount).map(([size, bytes]) => sparse(size, bytes)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 200_000 }), byteCount)
      .map(([reserved, bytes]) => preallocated(reserved, bytes)),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('.', '..', '../..', '/', 'nowhere', 'l'.repeat(100), '/proc/self/fd/0', '\u00FF')
      .map(symlink),
  },
  { weight: 1, arbitrary: fc.constant(fifo()) },
  { weight: 1, arbitrary: fc.constant(socket()) },
);

const { description } = fc.letrec<{ description: TreeDescription; entry: TreeEntry; deep: TreeEntry }>(
  (tie) => ({
    description: fc.dictionary(nameArbitrary, tie('entry'), {
      maxKeys: 8,
      noNullPrototype: true,
    }),
    entry: fc.oneof(
      { maxDepth: 5 },
      { weight: 3, arbitrary: leaf },
      { weight: 2, arbitrary: tie('description').map((entries) => directory(entries)) },
      {
        weight: 1,
        arbitrary: fc.oneof({ weight: 40, arbitrary: leaf }, { weight: 1, arbitrary: tie('deep') }),
      },
    ),
    // 300 levels of 20 bytes and more are past PATH_MAX.
    deep: fc
      .tuple(nameArbitrary, fc.integer({ min: 20, max: 255 }), tie('description'))
      .map(([name, length, entries]) =>
        chain(
          Array.from({ length: 300 }, () => name.padEnd(length, '_')),
          entries,
        ),
      ),
  }),
);

/** Descriptions for buildTree. */
export const treeArbitrary: fc.Arbitrary<TreeDescription> = description;
