/** Whatever the names: the matcher claims exactly what the patterns say, and nothing makes it throw. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import { catalogue } from '../../src/catalogue/catalogue.ts';
import type { Part } from '../../src/catalogue/expand.ts';
import { isOwned, ownedDirectories } from '../../src/catalogue/ownership.ts';
import { placesOf } from '../../src/catalogue/places.ts';
import { linux, mac, matcherFor } from './household.ts';

/** A second opinion, written another way: components against components, stars by backtracking. */
function fitsComponent(name: string, glob: string): boolean {
  if (glob === '') return name === '';
  if (glob[0] === '*') {
    return fitsComponent(name, glob.slice(1)) || (name !== '' && fitsComponent(name.slice(1), glob));
  }
  if (name === '') return false;
  if (glob[0] === '[') {
    const end = glob.indexOf(']');
    const set = glob.slice(1, end);
    const [from, to] = set.split('-');
    const ranges = set === '0-9a-f' ? ['09', 'af'] : [`${from}${to}`];
    return (
      ranges.some((range) => name[0] >= range[0] && name[0] <= range[1]) &&
      fitsComponent(name.slice(1), glob.slice(end + 1))
    );
  }
  return name[0] === glob[0] && fitsComponent(name.slice(1), glob.slice(1));
}

function fitsParts(names: readonly string[], parts: readonly Part[]): boolean {
  const [part, ...rest] = parts;
  if (!part) return names.length === 0;
  if (part.glob && part.text === '**') {
    return fitsParts(names, rest) || (names.length > 0 && fitsParts(names.slice(1), parts));
  }
  const [name, ...others] = names;
  if (name === undefined) return false;
  return (part.glob ? fitsComponent(name, part.text) : name === part.text) && fitsParts(others, rest);
}

const households = [linux, mac].map((household) => {
  const places = placesOf(household, catalogue);
  return { matcher: matcherFor(household), places, owned: ownedDirectories(places) };
});

/** Any name a filesystem can hold, one byte per character, with the bytes that break things made likely. */
const byte = fc.oneof(
  fc
    .integer({ min: 1, max: 255 })
    .filter((code) => code !== 47)
    .map((code) => String.fromCharCode(code)),
  fc.constantFrom('*', '?', '[', ']', '\n', '\u001B', '\\', '.', '-', '$', '(', '\u0000', '\u00FF'),
);
const oddName = fc.string({ unit: byte, minLength: 1, maxLength: 12 });
const knownNames = [
  ...new Set(
    households.flatMap(({ places }) => places.flatMap(({ parts }) => parts.map((part) => part.text))),
  ),
];
const name = fc.oneof(fc.constantFrom(...knownNames), oddName);

/** A path near a pattern: its components, with globs filled in and sometimes one of them changed. */
const nearPath = fc
  .tuple(
    fc.constantFrom(...households.flatMap(({ places }) => places)),
    fc.array(oddName, { minLength: 1, maxLength: 4 }),
    fc.option(fc.tuple(fc.nat(8), name)),
  )
  .map(([place, fill, change]) => {
    const names = [
      ...(place.floating ? ['srv', fill[0]] : []),
      ...place.parts.map((part, index) =>
        part.glob && part.text !== '**'
          ? part.text.replaceAll('*', fill[index % fill.length]).replaceAll(/\[[^\]]*\]/gu, '7')
          : part.text,
      ),
    ].filter((one) => one !== '**');
    if (change) names.splice(change[0] % names.length, 1, change[1]);
    return `/${names.join('/')}`;
  });

suite('for any path', () => {
  const path = fc.oneof(
    nearPath,
    fc.array(name, { minLength: 1, maxLength: 8 }).map((names) => `/${names.join('/')}`),
  );

  test('the claims are exactly the entries whose pattern fits', () => {
    fc.assert(
      fc.property(path, fc.constantFrom('directory', 'file'), fc.nat(1), (asked, kind, which) => {
        const { matcher, places, owned } = households[which];
        const names = asked.split('/').slice(1);
        const expected = new Set(
          places
            .filter((place) => (place.entry.kind ?? 'directory') === kind)
            .filter(({ entry, parts, floating }) =>
              floating
                ? names.some((_, start) => fitsParts(names.slice(start), parts)) &&
                  (!'AC'.includes(entry.class) || !isOwned(asked, owned))
                : fitsParts(names, parts),
            )
            .map((place) => place.entry.id),
        );
        if (expected.size > 0) assert.ok(matcher.mayClaim(names.at(-1) ?? '', kind));
        assert.deepEqual(new Set(matcher.claims(asked, kind).map((entry) => entry.id)), expected);
      }),
      { numRuns: 1500 },
    );
  });

  test('odd input is nobody’s place, and no crash', () => {
    const odd = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('', '/', '//', '/.', '/..'),
    );
    fc.assert(
      fc.property(odd, (asked) => {
        for (const { matcher } of households) {
          for (const entry of matcher.claims(asked, 'directory')) assert.ok(catalogue.includes(entry));
          matcher.claim(asked, 'file', () => [asked]);
        }
      }),
    );
  });
});
