/** What explains the growth of a disk: every file made since the watch began, however it came by its name. */
import assert from 'node:assert/strict';
import { appendFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fromText } from '../../src/model/byte-string.ts';
import { deviceOf } from '../../src/model/file-id.ts';
import { createFileLook } from '../../src/system/files/file-look.ts';
import { GrowthBook } from '../../src/watch/growth/growth.ts';
import { noBookHooks } from '../support/book-hooks.ts';
import { needsLinux } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';

const MIB = 2 ** 20;

test('a file written aside and moved over a growing one is explained', { skip: needsLinux }, () => {
  using folder = tempFolder();
  const look = createFileLook();
  const startedAt = Date.now() / 1000;
  const book = new GrowthBook(look, noBookHooks, startedAt);
  const file = fromText(`${folder.path}/state.bin`);
  let now = startedAt;
  const see = (): void => {
    now += 0.5;
    book.touch(file);
    book.beat(now);
  };
  writeFileSync(file, 'x'.repeat(2 * MIB));
  see();
  appendFileSync(file, 'x'.repeat(8192));
  see();
  // By then it is quiet: so much more behind its name was not written to it.
  now += 30;
  see();
  const device = deviceOf(look.entry(file)!.id);
  const before = book.register.takenBytes(device);
  writeFileSync(`${file}.new`, 'y'.repeat(4 * MIB));
  renameSync(`${file}.new`, file);
  see();
  const more = book.register.takenBytes(device) - before;
  assert.ok(more >= statSync(file).blocks * 512, `${more}`);
});
