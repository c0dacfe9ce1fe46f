/** The tag's signature is the MD5 of a name the specification gives, so a typing error cannot hide. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { cacheDirectoryTag } from '../../src/model/cache-directory-tag.ts';

test('the signature is the MD5 hash of ".IsCacheDirectory"', () => {
  const hash = createHash('md5').update('.IsCacheDirectory').digest('hex');
  assert.equal(cacheDirectoryTag.signature, `Signature: ${hash}`);
  assert.equal(cacheDirectoryTag.name, 'CACHEDIR.TAG');
});
