/** Paths in a tree, however deep it is and in whatever order they are asked for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromText } from '../../src/model/byte-string.ts';
import { ABOVE_ROOTS, DirectoryTree } from '../../src/model/tree.ts';
import type { TreeColumns } from '../../src/model/tree.ts';

/** A root /r and one directory "d" in another, so many levels. */
function deepTree(levels: number): DirectoryTree {
  const count = levels + 2;
  const parent = Uint32Array.from({ length: count }, (_, id) => (id < 2 ? ABOVE_ROOTS : id - 1));
  const numbers = new Float64Array(count);
  const columns: TreeColumns = {
    count,
    parent,
    names: Uint8Array.of(0x64),
    nameStart: new Uint32Array(count),
    nameLength: new Uint16Array(count).fill(1),
    incomplete: new Uint8Array(count),
    diskBytes: numbers,
    apparentBytes: numbers,
    freeableBytes: numbers,
    entries: numbers,
    newest: numbers,
    hourBytes: numbers,
    dayBytes: numbers,
    weekBytes: numbers,
  };
  return new DirectoryTree(columns, [{ path: fromText('/r'), isDirectory: true }]);
}

test('a path of 20,000 levels', () => {
  const tree = deepTree(20_000);
  assert.equal(tree.path(20_001), `/r${'/d'.repeat(20_000)}`);
  assert.equal(tree.path(1), '/r');
});

test('the deepest first, or the topmost, or again', () => {
  const tree = deepTree(3);
  for (const id of [4, 2, 3, 4, 1, 3]) assert.equal(tree.path(id), `/r${'/d'.repeat(id - 1)}`);
});
