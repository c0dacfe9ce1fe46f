/** Lines come out the same however the bytes arrive, and no line makes memory grow. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { LineSplitter, maxCarriedBytes } from '../../../src/logs/lines/line-splitter.ts';

function split(pieces: readonly Uint8Array[]): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter((bytes, from, to) =>
    lines.push(Buffer.from(bytes.subarray(from, to)).toString('latin1')),
  );
  for (const piece of pieces) splitter.feed(piece);
  splitter.end();
  return lines;
}

test('newlines, CRLF, blank lines and a last line without newline', () => {
  assert.deepEqual(split([Buffer.from('a\r\nb\n\nc')]), ['a', 'b', '', 'c']);
  assert.deepEqual(split([Buffer.from('a\n')]), ['a']);
  assert.deepEqual(split([]), []);
});

test('pieces of any size give the same lines', () => {
  const anyPieces = fc.array(
    fc.uint8Array({ maxLength: 40 }).map((bytes) => bytes.map((byte) => (byte % 7 === 0 ? 10 : byte))),
  );
  fc.assert(
    fc.property(anyPieces, (pieces) => {
      assert.deepEqual(split(pieces), split([Buffer.concat(pieces)]));
    }),
  );
});

test('of a line of 100 MB the beginning is kept, and the next line is whole', () => {
  const piece = Buffer.alloc(1 << 20, 'x');
  const pieces = [...Array.from({ length: 100 }, () => piece), Buffer.from('\nnext\n')];
  const lines = split(pieces);
  assert.deepEqual([lines[0]?.length, lines[1]], [maxCarriedBytes, 'next']);
});
