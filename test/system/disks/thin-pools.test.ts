/** What dmsetup prints of thin pools, as the kernel's documentation and its source write it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseThinPools, readThinPools } from '../../../src/system/disks/thin-pools.ts';

const status = [
  'vg0-pool0-tpool: 0 209715200 thin-pool 1 2310/4096 159900/163840 - rw discard_passdown queue_if_no_space - 1024',
  'vg1-thin-tpool: 0 131072 thin-pool 0 13/128 1024/1024 - out_of_data_space discard_passdown error_if_no_space needs_check 1024',
  'broken: 0 131072 thin-pool Fail',
  '',
].join('\n');
const table =
  'vg0-pool0-tpool: 0 209715200 thin-pool 253:1 253:2 1280 0 0\nvg1-thin-tpool: 0 131072 thin-pool 253:4 253:5 128 0 1 skip_block_zeroing\n';

test('shares, sizes and states', () => {
  assert.deepEqual(
    parseThinPools(status, table).map(({ name, usedShare, totalBytes, state }) => [
      name,
      Math.round(usedShare * 1000),
      totalBytes,
      state,
    ]),
    [
      ['vg0-pool0-tpool', 976, 163_840 * 1280 * 512, 'ok'],
      ['vg1-thin-tpool', 1000, 1024 * 128 * 512, 'out-of-space'],
      ['broken', 0, 0, 'failed'],
    ],
  );
});

test('a machine without device mapper has none', () => {
  assert.ok(Array.isArray(readThinPools()));
});
