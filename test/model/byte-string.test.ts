/** Byte strings: nothing is lost on the way to bytes and back, and paths are cut and joined by whole components. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import {
  baseName,
  components,
  fromBytes,
  fromText,
  isInside,
  isText,
  joinPath,
  parentPath,
  toBuffer,
  toText,
} from '../../src/model/byte-string.ts';
import type { ByteString } from '../../src/model/byte-string.ts';
import { nameArbitrary } from '../support/tree-arbitrary.ts';

test('bytes come back as they were', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const name = fromBytes(bytes);
      assert.equal(name.length, bytes.length);
      assert.deepEqual(new Uint8Array(toBuffer(name)), bytes);
    }),
  );
});

test('a part of a buffer that is itself a part', () => {
  const bytes = Buffer.from('0123456789').subarray(2, 8);
  assert.equal(fromBytes(bytes, 1, 4), '345');
  assert.equal(fromBytes(bytes), '234567');
});

test('text comes back as it was, and is known as text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const name = fromText(text);
      assert.ok(isText(name));
      assert.equal(toText(name), text);
    }),
  );
});

test('bytes are text exactly where decoding them loses nothing', () => {
  fc.assert(
    fc.property(nameArbitrary, (name) => {
      const lossless = Buffer.from(toText(name as ByteString)).equals(toBuffer(name as ByteString));
      assert.equal(isText(name as ByteString), lossless);
    }),
  );
});

test('a path is its parent and its name', () => {
  fc.assert(
    fc.property(fc.array(nameArbitrary, { minLength: 1, maxLength: 5 }), (names) => {
      const path = names.reduce<ByteString>(
        (above, name) => joinPath(above, name as ByteString),
        '/' as ByteString,
      );
      assert.deepEqual(components(path), names);
      assert.equal(baseName(path), names.at(-1));
      assert.equal(joinPath(parentPath(path), baseName(path)), path);
      assert.ok(isInside(path, parentPath(path)));
      assert.ok(isInside(path, '/') && isInside(path, path));
      assert.ok(!isInside(`${path}x`, path));
      assert.ok(!isInside(parentPath(path), path) || parentPath(path) === path);
    }),
  );
  assert.equal(parentPath('/a' as ByteString), '/');
  assert.equal(parentPath('/a/b' as ByteString), '/a');
  assert.ok(!isInside('/scan-2', '/scan'));
});
