/** What the kernel's log says of an ext4 that an error stopped, as kernels print it that leave the mount table as it was. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLastStopped } from '../../src/system/mounts/stopped-mounts.ts';

const log = [
  'EXT4-fs (loop0): mounted filesystem with ordered data mode. Quota mode: none.',
  'EXT4-fs error (device loop0): trigger_test_error:126: comm sh: 1',
  'Aborting journal on device loop0-8.',
  'EXT4-fs (loop0): Remounting filesystem read-only',
  'EXT4-fs (loop1): mounted filesystem with ordered data mode. Quota mode: none.',
];

test('the last line about it counts', () => {
  assert.equal(isLastStopped('loop0', log), true);
  assert.equal(isLastStopped('loop1', log), false);
  assert.equal(isLastStopped('loop', log), false);
  assert.equal(isLastStopped('loop0', log.slice(1)), true, 'the log does not reach back to the mount');
  for (const line of ['EXT4-fs (loop0): re-mounted. Quota mode: none.', log[0]])
    assert.equal(isLastStopped('loop0', [...log, line]), false);
});
