/** The signature that macOS asks of an executable, read back by offsets of its format (xnu, osfmk/kern/cs_blobs.h). */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { signAdHoc } from '../../build/mach-o-signature.ts';

const PAGE_BYTES = 4096;
const COMMANDS = 32;
const SEGMENT_BYTES = 72;

/** A file of two segments, each of `pages` pages; what is in them does not matter. */
function executable(pages: number, restBytes = 0): Buffer {
  const bytes = pages * PAGE_BYTES;
  const file = Buffer.alloc(2 * bytes + restBytes, 'x');
  file.fill(0, 0, PAGE_BYTES);
  for (const [at, word] of [0xfeedfacf, 0x0100000c, 0, 2, 2, 2 * SEGMENT_BYTES].entries())
    file.writeUInt32LE(word, 4 * at);
  for (const [index, name] of ['__TEXT', '__LINKEDIT'].entries()) {
    const at = COMMANDS + index * SEGMENT_BYTES;
    file.writeUInt32LE(0x19, at);
    file.writeUInt32LE(SEGMENT_BYTES, at + 4);
    file.write(name, at + 8);
    file.writeBigUInt64LE(BigInt(index * bytes), at + 40);
    file.writeBigUInt64LE(BigInt(bytes + index * restBytes), at + 48);
  }
  return file;
}

test('every page is hashed, and the signature is the end of the last segment', () => {
  const unsigned = executable(3, 100);
  const signed = signAdHoc(unsigned, 'name');
  const command = COMMANDS + 2 * SEGMENT_BYTES;
  const word = (at: number) => signed.readUInt32LE(at);
  assert.deepEqual(
    [word(16), word(20), word(command), word(command + 4)],
    [3, command + 16 - COMMANDS, 0x1d, 16],
  );
  const [start, length] = [word(command + 8), word(command + 12)];
  assert.equal(start % 16, 0);
  assert.equal(start + length, signed.length);
  const linkEdit = COMMANDS + SEGMENT_BYTES;
  assert.equal(
    Number(signed.readBigUInt64LE(linkEdit + 40) + signed.readBigUInt64LE(linkEdit + 48)),
    signed.length,
  );
  assert.ok(signed.readBigUInt64LE(linkEdit + 32) >= signed.readBigUInt64LE(linkEdit + 48));
  assert.ok(signed.subarray(command + 16, unsigned.length).equals(unsigned.subarray(command + 16)));

  assert.equal(signed.readUInt32BE(start), 0xfade0cc0);
  const directory = signed.subarray(start + signed.readUInt32BE(start + 16));
  assert.equal(directory.readUInt32BE(0), 0xfade0c02);
  assert.equal(directory.toString('latin1', directory.readUInt32BE(20)).split('\0')[0], 'name');
  assert.equal(directory.readUInt32BE(32), start);
  const hashes = directory.readUInt32BE(16);
  assert.equal(directory.readUInt32BE(28), Math.ceil(start / PAGE_BYTES));
  for (let page = 0; page * PAGE_BYTES < start; page++) {
    const bytes = signed.subarray(page * PAGE_BYTES, Math.min((page + 1) * PAGE_BYTES, start));
    const hash = directory.subarray(hashes + 32 * page, hashes + 32 * (page + 1));
    assert.ok(hash.equals(createHash('sha256').update(bytes).digest()));
  }
});

test('what is no such executable, or is signed, is refused', () => {
  assert.throws(() => signAdHoc(Buffer.from('#!/bin/sh\n'.padEnd(PAGE_BYTES)), 'name'), /Mach-O/u);
  assert.throws(() => signAdHoc(signAdHoc(executable(2), 'name'), 'name'), /signed already/u);
});
