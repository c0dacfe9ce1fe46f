/** Looking into a file does not make it look used: what was unused for long is so still when `diskwhy tmp` judges it. */
import assert from 'node:assert/strict';
import { statSync, utimesSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { ByteString } from '../../src/model/byte-string.ts';
import { openFile, unpackedPieces } from '../../src/system/files/file-pieces.ts';
import { readFileStart } from '../../src/system/files/file-start.ts';
import { readSmallFile, readTail } from '../../src/system/files/file-tail.ts';
import { needsLinux } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';

const LONG_AGO = Date.now() / 1000 - 40 * 86_400;

/** A file of `bytes` last used long ago, and how to ask when it was read last. */
function oldFile(path: string, bytes: Uint8Array): () => number {
  writeFileSync(path, bytes);
  utimesSync(path, LONG_AGO, LONG_AGO);
  return () => statSync(path).atimeMs / 1000;
}

async function all(pieces: AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0;
  for await (const piece of pieces) bytes += piece.length;
  return bytes;
}

suite('reading leaves the time of reading', { skip: needsLinux }, () => {
  const ways: Readonly<Record<string, (path: ByteString) => unknown>> = {
    'its start': (path) => readFileStart(path, 4),
    'its end': (path) => readTail(path, 4),
    'all of a small one': (path) => readSmallFile(path),
    'in pieces': async (path) => {
      await using opened = await openForPieces(path);
      return (await opened.head(0, 4)).length + (await all(opened.pieces(0, 4)));
    },
    unpacked: (path) => all(unpackedPieces(path, 'gzip')),
  };
  for (const [name, read] of Object.entries(ways))
    test(name, async () => {
      using folder = tempFolder();
      const path = `${folder.path}/old.gz`;
      const readAt = oldFile(path, gzipSync('some text that is read\n'.repeat(100)));
      assert.ok(await read(path as ByteString));
      assert.ok(Math.abs(readAt() - LONG_AGO) < 1);
    });
});

async function openForPieces(
  path: ByteString,
): Promise<Extract<Awaited<ReturnType<typeof openFile>>, { kind: 'file' }>> {
  const opened = await openFile(path);
  assert.ok(opened.kind === 'file');
  return opened;
}
