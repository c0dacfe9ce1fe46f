/** Packed generations of logs: what is in them says whether they are logs, not what they are called. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { fromText } from '../../src/model/byte-string.ts';
import { isPackedLogText } from '../../src/remedies/remedies.ts';
import { findingsOf } from '../support/explain-tree.ts';
import { needsMount } from '../support/requirements.ts';
import { ruleDisk } from '../support/rule-disk.ts';
import { content, directory } from '../support/tree.ts';
import { tempFolder } from '../support/temp-folder.ts';

const lines = (line: (index: number) => string, count = 30_000): string =>
  Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');
const log = lines((at) => `2026-01-02 03:04:05 INFO request ${at * 7919} served`);
const loop = lines(() => '2026-01-02 03:04:05 ERROR cannot connect, retrying', 2_000_000);
const dump = lines((at) => `INSERT INTO orders VALUES (${at}, ${at * 7919}, 'paid');`);

test('packed logs are told by their lines, whole or cut short', () => {
  using folder = tempFolder();
  const said = (name: string, bytes: Uint8Array): boolean | undefined => {
    writeFileSync(`${folder.path}/${name}`, bytes);
    return isPackedLogText(fromText(`${folder.path}/${name}`));
  };
  for (const pack of [gzipSync, zstdCompressSync]) {
    assert.equal(said('a.log.1', pack(log)), true);
    assert.equal(said('a.log.2', pack('2026-01-02 03:04:05 INFO started\n'.repeat(3))), true);
    // Much of it in few bytes.
    assert.equal(said('a.log.3', pack(loop)), true);
    assert.equal(said('a.log.4', pack(dump)), false);
    assert.equal(said('a.log.5', pack(randomBytes(300_000))), false);
    assert.equal(said('000012.log.gz', pack(log)), false, 'a name of stores');
    assert.equal(said('a.log.6', pack(log).fill(7, 20, 400)), false, 'damaged');
  }
  assert.equal(said('a.log.7', Buffer.from('\u00FD7zXZ\0…', 'latin1')), undefined);
  assert.equal(said('a.log.8', new Uint8Array()), false);
});

test('no packed data is deleted as old logs', { skip: needsMount }, async () => {
  const mtime = Math.floor(Date.now() / 1000) - 60 * 86_400;
  const packed = (text: string | Uint8Array): ReturnType<typeof content> =>
    content(gzipSync(text, { level: 0 }).toString('latin1'), 0, { mtime });
  using disk = await ruleDisk({
    out: directory({
      'app.log.1.gz': packed(log),
      'app.log.2.gz': packed(log.slice(1000)),
      'app.log.3.gz': packed(log.slice(2000)),
      // A dump and write-ahead logs beside them.
      'orders.log.1.gz': packed(dump),
      'wal.log-20260101.gz': packed(randomBytes(1_000_000)),
      // What nobody here can unpack.
      'shop.log.1.xz': content('\u00FD7zXZ\0', 1_000_000, { mtime }),
    }),
  });
  const [{ remedies }] = await findingsOf('rotated-logs-kept', disk.path);
  const removal = remedies.find(({ action }) => action.kind === 'delete-files')?.line ?? '';
  assert.deepEqual(
    [...removal.matchAll(/(?<name>[a-z]+)\.log/gu)].map(({ groups }) => groups?.name),
    ['app', 'app', 'app'],
    removal,
  );
});
