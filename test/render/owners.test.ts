/** The owners' section: every line fits, whatever packages and places are called. */
import assert from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { ByteString } from '../../src/model/byte-string.ts';
import type { Owners } from '../../src/model/owners.ts';
import { ownerLines } from '../../src/render/screens/explain/owners.ts';
import { createStyle } from '../../src/render/terminal/style.ts';
import { UNSAFE, withoutColours } from '../support/colours.ts';
import { displayColumns } from '../support/display-columns.ts';
import { nameArbitrary } from '../support/tree-arbitrary.ts';

const name = nameArbitrary as fc.Arbitrary<ByteString>;
const share = {
  diskBytes: fc.oneof(fc.nat(10_000), fc.nat(2 ** 30)).map((blocks) => blocks * 512),
  entries: fc.nat(10_000_000),
};
const ownersArbitrary: fc.Arbitrary<Owners> = fc.record({
  users: fc.array(
    fc.record({ uid: fc.nat(2 ** 32 - 1), name: fc.option(name, { nil: undefined }), ...share }),
    { maxLength: 8 },
  ),
  byPackage: fc.option(
    fc.record({
      managers: fc.constantFrom(['dpkg'] as const, ['dpkg', 'rpm', 'pacman'] as const),
      packages: fc.array(fc.record({ name, ...share }), { maxLength: 8 }),
      generated: fc.record(share),
      unowned: fc.record(share),
      unownedPlaces: fc.array(
        fc.record({
          path: name.map((one) => `/usr/${one}` as ByteString),
          directory: fc.nat(100),
          whole: fc.boolean(),
          ...share,
        }),
        { maxLength: 8 },
      ),
      directories: fc.record(share),
    }),
    { nil: undefined },
  ),
});

test('random owners at 60, 80, 100 columns', () => {
  fc.assert(
    fc.property(
      ownersArbitrary,
      fc.constantFrom(60, 80, 100),
      fc.boolean(),
      fc.boolean(),
      (owners, width, color, exact) => {
        const screen = { width, style: createStyle(color), sizes: { exact }, apparent: false, top: 3 };
        for (const printed of ownerLines(owners, 2 ** 41, screen)) {
          const line = withoutColours(printed);
          assert.doesNotMatch(line, UNSAFE);
          assert.equal(line, stripVTControlCharacters(line));
          assert.ok(displayColumns(line) <= width, `${displayColumns(line)} columns of ${width}: ${line}`);
        }
      },
    ),
  );
});

test('what it says', () => {
  const owners: Owners = {
    users: [
      { uid: 0, name: 'root' as ByteString, diskBytes: 3 * 2 ** 20, entries: 30 },
      { uid: 1234, name: undefined, diskBytes: 2 ** 20, entries: 5 },
    ],
    byPackage: {
      managers: ['dpkg'],
      packages: [{ name: 'libc6:amd64' as ByteString, diskBytes: 2 * 2 ** 20, entries: 20 }],
      generated: { diskBytes: 0, entries: 0 },
      unowned: { diskBytes: 2 ** 20, entries: 3 },
      unownedPlaces: [
        { path: '/usr/x' as ByteString, directory: 2, whole: false, diskBytes: 2 ** 20, entries: 3 },
      ],
      directories: { diskBytes: 2 ** 20, entries: 12 },
    },
  };
  const screen = { width: 80, style: createStyle(false), sizes: { exact: false }, apparent: false, top: 10 };
  assert.deepEqual(ownerLines(owners, 4 * 2 ** 20, screen), [
    'OWNERS',
    '  1 package of dpkg 2.0 MiB (50 %)   made by their scripts 0 B (0 %)',
    '  in no package 1.0 MiB (25 %)   directories themselves 1.0 MiB (25 %)',
    '  PACKAGES                    entries',
    '  2.0 MiB  ██████       50 %       20  libc6:amd64',
    '  IN NO PACKAGE               entries',
    '  1.0 MiB  ███          25 %        3  /usr/x/*',
    '  USERS                       entries',
    '  3.0 MiB  █████████    75 %       30  root',
    '  1.0 MiB  ███          25 %        5  1234, no account',
  ]);
  assert.deepEqual(ownerLines(undefined, 0, screen), []);
});
