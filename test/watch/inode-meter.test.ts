/** The counter of one inode's growth, against a model: what was written is told, holes and reserved blocks are not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fromText } from '../../src/model/byte-string.ts';
import type { FileId } from '../../src/model/file-id.ts';
import type { LookedAt } from '../../src/system/files/file-look.ts';
import { InodeMeter, NOTHING } from '../../src/watch/growth/inode-meter.ts';

const MIB = 2 ** 20;
const blocks = (bytes: number): number => Math.ceil(bytes / 4096) * 4096;

function look(apparentBytes: number, diskBytes = blocks(apparentBytes)): LookedAt {
  return {
    id: '1:1' as FileId,
    isRegular: true,
    isDirectory: false,
    links: 1,
    diskBytes,
    apparentBytes,
    changedAt: 0,
    bornAt: 1,
  };
}

const meterOf = (first: LookedAt, base = NOTHING): InodeMeter =>
  new InodeMeter(fromText('/log'), first, base, 0);

test('appends and truncations add up to what was written', () => {
  const step = fc.record({ written: fc.integer({ min: 0, max: MIB }), truncates: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 0, max: 5 * MIB }), (steps, held) => {
      const meter = meterOf(look(held), look(held));
      let size = held;
      let written = 0;
      for (const [index, { written: more, truncates }] of steps.entries()) {
        if (truncates) {
          size = 0;
          meter.see(look(0), index + 0.001);
        }
        size += more;
        written += more;
        meter.see(look(size), index + 1);
      }
      // The last block of each segment may hold a little that is not there yet.
      assert.ok(Math.abs(meter.writtenBytes - written) <= 8192 * (steps.length + 1));
    }),
  );
});

test('what a steady writer wrote unseen before a truncation is counted', () => {
  const meter = meterOf(look(0));
  for (let tenth = 1; tenth <= 50; tenth++) meter.see(look((MIB * tenth) / 10), tenth / 10);
  // 90 ms after the last look it was emptied, 10 ms before this one.
  meter.see(look(MIB / 100), 5.1);
  assert.ok(Math.abs(meter.writtenBytes - 5.1 * MIB) <= 0.02 * MIB, `${meter.writtenBytes}`);
});

test('a writer without O_APPEND leaves a hole, which is not growth', () => {
  const meter = meterOf(look(0));
  for (let second = 1; second <= 10; second++) meter.see(look(second * MIB), second);
  // Emptied and written on between two looks.
  assert.equal(meter.see(look(11 * MIB, MIB), 11), 'truncated');
  meter.see(look(12 * MIB, 2 * MIB), 12);
  assert.ok(Math.abs(meter.writtenBytes - 12 * MIB) <= 3 * 8192, `${meter.writtenBytes}`);
});

test('blocks reserved ahead and given back are not growth', () => {
  const meter = meterOf(look(0));
  // XFS allocates ahead of a growing file, and takes the rest back when it is closed.
  meter.see(look(10 * MIB, 16 * MIB), 1);
  assert.equal(meter.see(look(10 * MIB, 10 * MIB), 2), 'same');
  assert.equal(meter.writtenBytes, 10 * MIB);
});

test('what a truncation left in the file is not growth', () => {
  const meter = meterOf(look(50 * MIB), look(50 * MIB));
  meter.see(look(10 * MIB), 1);
  meter.see(look(11 * MIB), 2);
  assert.equal(meter.writtenBytes, MIB);
});
