/** C libraries that have no name for a system call: glibc 2.28 and musl have none for getdents64. */
import assert from 'node:assert/strict';
import { closeSync, openSync } from 'node:fs';
import { suite, test } from 'node:test';
import { namedCall } from '../../../src/system/calls/named-call.ts';
import { openNativeLibrary } from '../../../src/system/calls/native-library.ts';
import { needsLinux } from '../../support/requirements.ts';

/** getdents64(2) by processor. */
const GETDENTS64 = { x64: 217, arm64: 61 }[process.arch as 'x64' | 'arm64'];

suite('a system call', { skip: needsLinux }, () => {
  const koffi = needsLinux ? undefined : openNativeLibrary();
  const libc = koffi?.load(null);

  test('without a name is made by its number', () => {
    const call = namedCall(libc!, 'intptr_t no_such_name(int, uintptr_t, size_t)', GETDENTS64);
    const buffer = Buffer.alloc(4096);
    const descriptor = openSync(import.meta.dirname, 'r');
    try {
      assert.ok(call(descriptor, Number(koffi!.address(buffer)), buffer.length) > 0);
      assert.ok(buffer.includes('named-call.test.ts\0'));
    } finally {
      closeSync(descriptor);
    }
  });

  test('without name or number is an error', () => {
    assert.throws(() => namedCall(libc!, 'int no_such_name(int)'), /no_such_name/u);
  });
});
