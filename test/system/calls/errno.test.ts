/** Names of errno values are those that node:fs gives: what is compared with a name must not depend on which call failed. */
import assert from 'node:assert/strict';
import { constants } from 'node:os';
import { test } from 'node:test';
import { getSystemErrorName } from 'node:util';
import { errnoName } from '../../../src/system/calls/errno.ts';

/** libuv has no names of its own for some values. */
const UNNAMED = /^Unknown system error/u;

test('each value has the name that node:fs gives it', () => {
  for (const errno of new Set(Object.values(constants.errno))) {
    const name = getSystemErrorName(-errno);
    if (!UNNAMED.test(name)) assert.equal(errnoName(errno), name);
  }
  assert.equal(errnoName(constants.errno.EWOULDBLOCK), 'EAGAIN');
});
