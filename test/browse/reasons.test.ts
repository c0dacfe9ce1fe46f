/** Which finding is told of a path: what only informs of the whole filesystem is no part of the answer further down. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reasonsFor } from '../../src/browse/state/reasons.ts';
import { fromText } from '../../src/model/byte-string.ts';
import type { Finding } from '../../src/model/finding.ts';

const about = (path: string, claimedBytes: number): Finding => ({
  rule: 'trash',
  places: [],
  isFinders: false,
  diskBytes: claimedBytes,
  claimedBytes,
  freeableBytes: 0,
  paths: [fromText(path)],
  risk: 'review',
  remedies: [],
  refusals: [],
});

test('a mounted disk whose reserve is told, and a file below', () => {
  const reserve = about('/srv', 0);
  const file = about('/srv/home/film', 5);
  const where = (path: string): unknown => {
    const { found } = reasonsFor([file, reserve], fromText(path));
    return found && [found.finding === file ? 'file' : 'reserve', found.where];
  };
  assert.deepEqual(where('/srv'), ['reserve', 'itself']);
  assert.deepEqual(where('/srv/home'), ['file', 'inside']);
  assert.equal(where('/srv/other'), undefined);
  assert.deepEqual(where('/srv/home/film'), ['file', 'itself']);
});
