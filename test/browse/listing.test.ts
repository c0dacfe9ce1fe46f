/** Listings: sorted as a plain sort would, filtered as a plain search would. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { ListingBuilder, nameAt, orderOf, ROW_KIND, rowOf } from '../../src/browse/listing/listing.ts';
import type { Listing, SortKey } from '../../src/browse/listing/listing.ts';
import type { ByteString } from '../../src/model/byte-string.ts';
import { nameArbitrary } from '../support/tree-arbitrary.ts';

const numbers = fc.oneof(
  fc.constantFrom(0, 512, 4096, 2 ** 53, -Infinity, -1, 1e15),
  fc.integer({ min: -(2 ** 40), max: 2 ** 50 }),
);

const rows = fc.dictionary(
  nameArbitrary,
  fc.record({ diskBytes: numbers, apparentBytes: numbers, freeableBytes: numbers, newest: numbers }),
  { maxKeys: 60 },
);

function listingOf(
  described: Record<string, Record<'diskBytes' | 'apparentBytes' | 'freeableBytes' | 'newest', number>>,
): Listing {
  const builder = new ListingBuilder();
  for (const [name, row] of Object.entries(described))
    builder.add(name as ByteString, { ...row, kind: ROW_KIND.file, flags: 0, inode: 0 });
  const listing = builder.listing();
  for (let row = 0; row < listing.count; row += 3) listing.directory[row] = row + 1;
  return listing;
}

const columnOf: Partial<
  Record<SortKey, 'diskBytes' | 'apparentBytes' | 'freeableBytes' | 'newest' | 'entries'>
> = {
  disk: 'diskBytes',
  apparent: 'apparentBytes',
  freeable: 'freeableBytes',
  age: 'newest',
  count: 'entries',
};

test('any order is that of a plain, stable sort of what the filter leaves', () => {
  fc.assert(
    fc.property(
      rows,
      fc.constantFrom<SortKey>('disk', 'apparent', 'freeable', 'count', 'age', 'name'),
      fc.boolean(),
      fc.boolean(),
      fc.oneof(fc.constant(''), fc.string({ maxLength: 2 }), nameArbitrary),
      (described, by, descending, directoriesFirst, typed) => {
        const listing = listingOf(described);
        const filter = Buffer.from(typed, 'latin1').toString('latin1') as ByteString;
        const lower = (text: string): string => text.replaceAll(/[A-Z]/gu, (letter) => letter.toLowerCase());
        const names = Array.from({ length: listing.count }, (_, row) => nameAt(listing, row));
        assert.deepEqual(names, names.toSorted());
        const wanted = names.map((_, row) => row).filter((row) => lower(names[row]).includes(lower(filter)));
        const column = columnOf[by];
        const sign = descending ? -1 : 1;
        if (column) {
          const value = (row: number): number => listing[column][row];
          wanted.sort((a, b) => (value(a) === value(b) ? 0 : value(a) < value(b) ? -sign : sign));
        } else if (descending) wanted.reverse();
        if (directoriesFirst)
          wanted.sort((a, b) => Number(listing.directory[a] === 0) - Number(listing.directory[b] === 0));
        assert.deepEqual([...orderOf(listing, { by, descending, directoriesFirst }, filter)], wanted);
        for (const [row, name] of names.entries()) assert.equal(rowOf(listing, name), row);
      },
    ),
    { numRuns: Number(process.env['DISKWHY_RUNS'] ?? 300) },
  );
});
