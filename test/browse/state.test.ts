/** The state under random keys, clicks, sizes and answers: the cursor stays on the screen, and every frame fits the terminal. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { ListingBuilder, ROW_KIND } from '../../src/browse/listing/listing.ts';
import type { Listing } from '../../src/browse/listing/listing.ts';
import { deedOf } from '../../src/browse/state/keys.ts';
import {
  answered,
  deleted,
  firstState,
  judged,
  point,
  press,
  rescanned,
  resize,
  viewOf,
} from '../../src/browse/state/state.ts';
import type { BrowseState, Turn, Wish } from '../../src/browse/state/state.ts';
import { NO_FIGURES } from '../../src/browse/trees/trees.ts';
import { isInside } from '../../src/model/byte-string.ts';
import type { ByteString } from '../../src/model/byte-string.ts';
import { browseLines } from '../../src/render/screens/browse/browse.ts';
import { layoutOf } from '../../src/render/screens/browse/browse-layout.ts';
import { createStyle } from '../../src/render/terminal/style.ts';
import { displayColumns } from '../support/display-columns.ts';
import { nameArbitrary } from '../support/tree-arbitrary.ts';

const keys = [
  ...'kjgGhlsaCMnfvtwiu drR?qyD</éx日'.split(''),
  'up',
  'down',
  'page-up',
  'page-down',
  'ctrl-u',
  'ctrl-d',
  'home',
  'end',
  'enter',
  'left',
  'right',
  'backspace',
  'escape',
  'f1',
  'delete',
  'tab',
];

const happening = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...keys).map((key) => ({ key })) },
  {
    weight: 1,
    arbitrary: fc.record({
      width: fc.integer({ min: 1, max: 210 }),
      height: fc.integer({ min: 1, max: 70 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ line: fc.nat(70) }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('wheel-up' as const, 'wheel-down' as const).map((wheel) => ({ wheel })),
  },
  /** The desk answers, and tells the tree it is about to show. */
  { weight: 5, arbitrary: fc.array(nameArbitrary, { maxLength: 80 }).map((names) => ({ names })) },
);

function listingOf(names: readonly string[]): Listing {
  const builder = new ListingBuilder();
  for (const [at, name] of [...new Set(names)].entries())
    builder.add(name as ByteString, {
      kind: at % 4,
      flags: at % 16,
      diskBytes: at * 4096,
      apparentBytes: at ** 3,
      freeableBytes: at * 512,
      newest: at % 5 === 0 ? -Infinity : 1e9 - at * 1000,
      inode: at,
    });
  const listing = builder.listing();
  for (let row = 0; row < listing.count; row++)
    listing.directory[row] = listing.kind[row] === ROW_KIND.directory ? row + 2 : 0;
  return listing;
}

const FIGURES = {
  ...NO_FIGURES,
  diskBytes: 1e12,
  apparentBytes: 1e12,
  freeableBytes: 1e9,
  entries: 12_345_678,
};

/** The world of the state: it grants wishes at once, or by the next answer. */
function granted({ state, wishes }: Turn, asked: { list: boolean }): BrowseState {
  let next = state;
  for (const wish of wishes) next = grant(next, wish, asked);
  return next;
}

function grant(state: BrowseState, wish: Wish, asked: { list: boolean }): BrowseState {
  switch (wish.wish) {
    case 'list':
      assert.equal(wish.serial, state.serial);
      asked.list = true;
      return state;
    case 'judge':
      return judged(
        state,
        wish.marks.map(({ path }) => ({
          path,
          unit: undefined,
          refusal: 'it is a part of the system',
          isRegenerable: false,
        })),
      );
    case 'delete':
      return deleted(state, { outcomes: [], freedBytes: 0, undo: undefined });
    case 'rescan':
      return rescanned(state, wish.place.path, undefined);
    default:
      return state;
  }
}

function holds(state: BrowseState): void {
  const { order, cursor, top, width, height, listing, marks } = state;
  const { rows } = layoutOf(width, height, state.showsWhy);
  assert.ok(cursor >= 0 && (cursor < order.length || (order.length === 0 && cursor === 0)));
  assert.ok(top >= 0 && top <= cursor && cursor < top + Math.max(1, rows), `${top} ${cursor} ${rows}`);
  assert.equal(new Set(order).size, order.length);
  for (const row of order) assert.ok(listing !== undefined && row < listing.count);
  const marked = [...marks.keys()];
  for (const path of marked) assert.ok(!marked.some((other) => other !== path && isInside(path, other)));
  const screen = {
    width,
    height,
    style: createStyle(false),
    sizes: { exact: false },
    apparent: false,
    top: 0,
  };
  const lines = browseLines(viewOf(state, 1e9), screen);
  assert.equal(lines.length, height);
  // eslint-disable-next-line no-control-regex -- what must not be there
  for (const line of lines) assert.doesNotMatch(line, /[\u0000-\u001F\u007F-\u009F]/u);
  if (width >= 30)
    for (const line of lines)
      assert.ok(displayColumns(line) <= width, `${displayColumns(line)} > ${width}: ${line}`);
}

function listingTold(serial: number, place: BrowseState['place'], listing: Listing) {
  return {
    tell: 'listing',
    serial,
    place,
    own: FIGURES,
    listing,
    growth: undefined,
    trouble: undefined,
  } as const;
}

test('random keys, clicks, sizes and answers', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 60 }), fc.boolean(), (happenings, isDone) => {
      let state = firstState(
        '/var/log' as ByteString,
        { by: 'disk', descending: true, directoriesFirst: false },
        80,
        24,
      );
      if (isDone) state = { ...state, progress: { phase: 'done' } };
      const asked = { list: true };
      holds(state);
      for (const one of happenings) {
        if ('key' in one) state = granted(press(state, one.key), asked);
        else if ('width' in one) state = resize(state, one.width, one.height);
        else if ('line' in one) state = granted(point(state, { mouse: 'click', line: one.line }), asked);
        else if ('wheel' in one) state = granted(point(state, { mouse: one.wheel }), asked);
        else {
          const { place, serial } = state;
          const listing = listingOf(one.names);
          state = granted(answered(state, listingTold(serial, place, listing)), asked);
        }
        holds(state);
      }
    }),
    { numRuns: Number(process.env['DISKWHY_RUNS'] ?? 150) },
  );
});

test('an answer to an older question changes nothing', () => {
  const state = firstState(
    '/a' as ByteString,
    { by: 'disk', descending: true, directoriesFirst: false },
    80,
    24,
  );
  const { place } = state;
  const listing = listingOf(['one', 'two']);
  const late = listingTold(state.serial - 1, place, listing);
  assert.equal(answered(state, late).state, state);
});

test('the cursor stays at its entry when figures change and rows change places', () => {
  let state = firstState(
    '/a' as ByteString,
    { by: 'disk', descending: true, directoriesFirst: false },
    80,
    24,
  );
  const { place, serial } = state;
  const tell = (names: readonly string[]): void => {
    const listing = listingOf(names);
    state = answered(state, listingTold(serial, place, listing)).state;
  };
  tell(['one', 'two', 'three', 'four']);
  state = press(state, 'down').state;
  const name = viewOf(state, 0).why!.row.name;
  tell(['four', 'three', 'two', 'one', 'five']);
  assert.equal(viewOf(state, 0).why!.row.name, name);
});

test('keys that are typed before the listing has come are meant for it', () => {
  let state = firstState(
    '/a' as ByteString,
    { by: 'name', descending: false, directoriesFirst: false },
    80,
    24,
  );
  const { place, serial } = state;
  for (const key of ['G', 'up', ' ']) state = press(state, key).state;
  const listing = listingOf(['one', 'two', 'three', 'four']);
  state = answered(state, listingTold(serial, place, listing)).state;
  assert.deepEqual([...state.marks.keys()], ['/a/three']);
});

test('help can be asked for in the list of findings, and leads back to it', () => {
  let state: BrowseState = firstState(
    '/a' as ByteString,
    { by: 'disk', descending: true, directoriesFirst: false },
    80,
    24,
  );
  state = press({ ...state, mode: { at: 'why', cursor: 0, top: 0 } }, '?').state;
  assert.equal(state.mode.at, 'help');
  state = press(state, 'q').state;
  assert.equal(state.mode.at, 'why');
});

test('every key of ncdu that browsing has stands for something', () => {
  for (const key of [
    'up',
    'k',
    'down',
    'j',
    'right',
    'enter',
    'l',
    'left',
    '<',
    'h',
    'n',
    's',
    'C',
    'M',
    'd',
    't',
    'i',
    'r',
    'a',
    'q',
    '?',
  ])
    assert.notEqual(deedOf(key), undefined, key);
});
