/** A snapshot's file may be anything: it is read, or refused in one line with the byte where it goes wrong. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { UsageError } from '../../src/model/errors.ts';
import { fromText } from '../../src/model/byte-string.ts';
import { readSnapshot } from '../../src/snapshot/snapshot.ts';
import { takeSnapshot } from '../support/snapshots.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { buildTree, directory, file, link, symlink } from '../support/tree.ts';

const mutations = Number(process.env['SNAPSHOT_MUTATIONS'] ?? 1500);

/** Reads bytes that come in pieces of `pieceBytes`. */
async function read(bytes: Uint8Array, pieceBytes = 64 * 1024): ReturnType<typeof readSnapshot> {
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  };
  return await readSnapshot(
    { path: fromText('-'), pieces: pieces() },
    { nowSeconds: 0, largestCount: 10, rankByApparent: false },
  );
}

const text = (tree: string): Buffer => Buffer.from(`[1,2,{"progname":"x"},${tree}]`, 'latin1');

const deep = 20_000;
/** In text, `§` says where it goes wrong; it is not part of it. */
const cases: readonly (readonly [what: string, bytes: Buffer | string, message: RegExp])[] = [
  ['nothing', '§', /ends too soon/u],
  ['no JSON', '§hello', /expected \[/u],
  ['another format', '[§2,0,{},[{"name":"/"}]]', /another major version/u],
  ['no tree', '[1,2,{}§]', /expected ,/u],
  ['the end missing', '[1,2,{},[{"name":"/"}]§', /ends too soon/u],
  ['more behind the end', '[1,2,{},[{"name":"/"}]] §1', /behind the end/u],
  ['a key twice', '[1,2,{},[{"name":"/","asize":1,§"asize":2}]]', /a second "asize"/u],
  ['no name', '[1,2,{},[§{"asize":1}]]', /without a name/u],
  ['an empty name', '[1,2,{},[{"name":§""}]]', /an empty name/u],
  ['a way out', '[1,2,{},[{"name":"/"},{"name":§"../etc"}]]', /no file can have/u],
  ['the directory above', '[1,2,{},[{"name":"/"},{"name":§".."}]]', /no file can have/u],
  ['a NUL', String.raw`[1,2,{},[{"name":"/"},{"name":§"a\u0000"}]]`, /no file can have/u],
  ['a raw control character', '[1,2,{},[{"name":"a§\n"}]]', /raw control character/u],
  ['half a character', String.raw`[1,2,{},[{"name":"/§\ud800a"}]]`, /half a character/u],
  ['an unknown escape', String.raw`[1,2,{},[{"name":"/§\x41"}]]`, /unknown escape/u],
  ['a negative size', '[1,2,{},[{"name":"/","dsize":§-1}]]', /whole number/u],
  ['half a byte', '[1,2,{},[{"name":"/","dsize":§1.5}]]', /whole number/u],
  ['a huge size', `[1,2,{},[{"name":"/","dsize":§${'9'.repeat(30)}}]]`, /beyond all sizes/u],
  ['2^64', '[1,2,{},[{"name":"/","dsize":§18446744073709551616}]]', /beyond all sizes/u],
  ['a huge number', '[1,2,{},[{"name":"/","dsize":§1e400}]]', /whole number/u],
  ['a file for a root', '[1,2,{},§{"name":"/"}]', /expected \[/u],
  ['too deep', text('[{"name":"a"},'.repeat(deep)), /nested too deeply/u],
  ['too deep in what is passed over', text(`[{"name":"/","x":${'['.repeat(deep)}}]`), /nested too deeply/u],
  ['an endless name', text(`[{"name":"${'a'.repeat(3 * 2 ** 20)}"}]`), /too long/u],
  ['half of gzip', gzipSync(randomBytes(10_000)).subarray(0, 5000), /snapshot/u],
  ['damaged zstd', zstdCompressSync(text('[{"name":"/"}]')).fill(255, 12, 20), /snapshot/u],
  ['half of zstd', zstdCompressSync(randomBytes(10_000)).subarray(0, 5000), /snapshot/u],
];

for (const [what, marked, message] of cases)
  test(`refused: ${what}`, async () => {
    const offset = typeof marked === 'string' ? marked.indexOf('§') : undefined;
    const bytes = typeof marked === 'string' ? Buffer.from(marked.replace('§', ''), 'latin1') : marked;
    for (const pieceBytes of bytes.length > 100_000 ? [64 * 1024] : [1, 7, 64 * 1024]) {
      await assert.rejects(read(bytes, pieceBytes), (error) => {
        assert.ok(error instanceof UsageError, String(error));
        assert.match(error.message, message);
        assert.match(
          error.message,
          offset === undefined ? /, byte \d+/u : new RegExp(`, byte ${offset}$`, 'u'),
        );
        return true;
      });
    }
  });

test('whatever else is in it is passed over, and spaces are free', async () => {
  const bytes = text(
    ' [ { "name" : "/" , "new" : [ { "a" : [ null , true ] } , -1.5e3 ] , "mtime" : -5.25 } ,\r\n\t{ "name":"a", "asize":3 } ] ',
  );
  for (const pieceBytes of [1, 2, 1000]) {
    const { scan } = await read(bytes, pieceBytes);
    assert.equal(scan.roots[0].totals.apparentBytes, 3);
    assert.equal(scan.tree.columns.newest[1], -5);
  }
});

test('changed at random, it is read or refused, and nothing else', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/tree`, {
    a: file(10_000),
    'b\n"\\\u00FF': link('1', 5000),
    c: directory({ d: link('1', 5000), e: symlink('x'), f: directory({ g: file(1), h: file(2) }) }),
    i: directory({ j: file(3) }),
  });
  const [plain, packed] = [`${folder.path}/plain`, `${folder.path}/packed`];
  await takeSnapshot(`${folder.path}/tree`, plain);
  await takeSnapshot(`${folder.path}/tree`, packed, { compression: 3 });
  const originals = [readFileSync(plain), readFileSync(packed), gzipSync(readFileSync(plain))];
  let refused = 0;
  for (let run = 0; run < mutations; run++) {
    const bytes = mutated(originals[run % 4 < 2 ? 0 : (run % 4) - 1]);
    try {
      await read(bytes, 1 + Math.floor(Math.random() * bytes.length));
    } catch (error) {
      assert.ok(error instanceof UsageError, `${String(error)}: ${bytes.toString('base64')}`);
      assert.match(error.message, /^is no whole snapshot: .*, byte \d+/u);
      refused++;
    }
  }
  assert.ok(refused > mutations / 2);
  assert.ok(process.memoryUsage().rss < 2 ** 30);
});

/** Bytes changed, cut out, put in twice, or cut off. */
function mutated(original: Buffer): Buffer {
  const at = (): number => Math.floor(Math.random() * original.length);
  const [from, to] = [at(), at()].toSorted((a, b) => a - b);
  switch (Math.floor(Math.random() * 5)) {
    case 0:
      return original.subarray(0, from);
    case 1:
      return Buffer.concat([original.subarray(0, from), original.subarray(Math.min(to, from + 20))]);
    case 2:
      return Buffer.concat([original.subarray(0, to), original.subarray(from)]);
    default: {
      const bytes = Buffer.from(original);
      const interesting = '"[]{},:0123456789\\u-e \n'.split('').map((one) => one.charCodeAt(0));
      for (let count = 1 + Math.floor(Math.random() * 4); count > 0; count--)
        bytes[at()] =
          Math.random() < 0.5
            ? Math.floor(Math.random() * 256)
            : interesting[Math.floor(Math.random() * interesting.length)];
      return bytes;
    }
  }
}
