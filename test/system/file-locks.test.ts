/** The table of locks: its format, and a lock that is really taken. */
import assert from 'node:assert/strict';
import { lstatSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileIdOfStats } from '../../src/model/file-id.ts';
import { parseLocks, readFileLocks } from '../../src/system/files/file-locks.ts';
import { startHolder } from '../support/holder.ts';
import { needsLinux, needsTool, unless } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('the lines of proc_locks(5)', () => {
  const table = [
    '1: POSIX  ADVISORY  READ  5433 08:01:7864448 128 128',
    '2: FLOCK  ADVISORY  WRITE 2001 fe:00:7864554 0 EOF',
    '2: -> FLOCK  ADVISORY  WRITE 2002 fe:00:7864554 0 EOF',
    '3: OFDLCK ADVISORY  WRITE -1 00:2d:9007199254740993 0 EOF',
    'nonsense',
    '',
  ].join('\n');
  assert.deepEqual(parseLocks(table), [
    { id: `${(8 << 20) | 1}:7864448`, pid: 5433, kind: 'POSIX' },
    { id: `${0xfe * 2 ** 20}:7864554`, pid: 2001, kind: 'FLOCK' },
    { id: `${0xfe * 2 ** 20}:7864554`, pid: 2002, kind: 'FLOCK' },
    { id: '45:9007199254740993', pid: -1, kind: 'OFDLCK' },
  ]);
});

test('a lock that is taken is in it', { skip: unless(needsLinux, needsTool('flock')) }, async () => {
  using folder = tempFolder();
  const path = `${folder.path}/locked`;
  writeFileSync(path, 'x');
  using _ = await startHolder('exec 5<"$1"; flock -x 5', [path]);
  const id = fileIdOfStats(lstatSync(path, { bigint: true }));
  assert.ok(readFileLocks()?.some((lock) => lock.id === id));
});
