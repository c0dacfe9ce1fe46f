/** Reading: tail and head, whole, packed files, streams, and everything that is not a proper log. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import * as fc from 'fast-check';
import { fromText } from '../../../src/model/byte-string.ts';
import type { LogReport } from '../../../src/model/log-report.ts';
import { defaultTailBytes, judgeLogFile, judgeLogStream } from '../../../src/logs/logs.ts';
import type { JudgeOptions } from '../../../src/logs/logs.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'diskwhy-log-'));
after(() => rmSync(folder, { recursive: true }));

const start = Date.UTC(2026, 10, 22, 12) / 1000;
const options: JudgeOptions = {
  tailBytes: defaultTailBytes,
  whole: false,
  nowSeconds: start + 86_400,
  zoneMinutes: 0,
  topPatterns: 10,
};

function logText(lines: number): string {
  return Array.from(
    { length: lines },
    (_, n) =>
      `${new Date((start + n) * 1000).toISOString()} ERROR connect to 127.0.0.1:5432 failed: Connection refused\n`,
  ).join('');
}

function judge(
  name: string,
  content: Uint8Array | string,
  changed: Partial<JudgeOptions> = {},
): Promise<LogReport> {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return judgeLogFile(fromText(file), { ...options, ...changed });
}

test('a small file is read whole', async () => {
  const report = await judge('small.log', logText(100));
  assert.deepEqual([report.lines, report.whole, report.verdict], [100, true, 'retry-loop']);
  assert.deepEqual(report.span, { fromSeconds: start, toSeconds: start + 99 });
});

test('of a large file the tail is read, from a whole line on, and the head says when it began', async () => {
  const text = logText(5000);
  const report = await judge('large.log', text, { tailBytes: 10_000 });
  const perLine = text.length / 5000;
  assert.equal(report.lines, Math.floor(10_000 / perLine));
  assert.equal(report.whole, false);
  assert.deepEqual(report.span, { fromSeconds: start, toSeconds: start + 4999 });
  assert.ok(Math.abs((report.linesPerSecond ?? 0) - 1) < 0.02);
});

test('--whole reads everything', async () => {
  const report = await judge('whole.log', logText(5000), { tailBytes: 10_000, whole: true });
  assert.equal(report.lines, 5000);
});

for (const [kind, pack] of [
  ['gzip', gzipSync],
  ['zstd', zstdCompressSync],
] as const) {
  test(`${kind} is read by its content, whatever its name`, async () => {
    const report = await judge(`packed-${kind}.log`, pack(Buffer.from(logText(300))));
    assert.deepEqual([report.lines, report.problem], [300, null]);
  });

  test(`a ${kind} file of several parts, one behind the other`, async () => {
    const parts = Buffer.concat([100, 200, 300].map((lines) => pack(Buffer.from(logText(lines)))));
    const report = await judge(`parts-${kind}.log`, parts, { whole: true });
    assert.deepEqual([report.lines, report.problem], [600, null]);
  });

  test(`the tail of a ${kind} file, and its span`, async () => {
    const report = await judge(`packed-tail-${kind}.log`, pack(Buffer.from(logText(3000))), {
      tailBytes: 20_000,
    });
    assert.ok(report.lines < 300 && report.lines > 200 && !report.whole);
    assert.equal(report.span?.fromSeconds, start);
  });

  test(`a ${kind} file that is cut short is judged by what is there, and says so`, async () => {
    const packed = pack(
      Buffer.from(Array.from({ length: 20_000 }, (_, n) => `${n * 7919} failed ${n}\n`).join('')),
    );
    const report = await judge(`cut-${kind}.log`, packed.subarray(0, packed.length / 2));
    assert.match(report.problem?.code ?? '', /^(?:cut-short|damaged)$/u);
  });
}

test('xz, bzip2 and lz4 are refused by name', async () => {
  const xz = await judge('a.log', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 1, 2, 3]));
  assert.equal(xz.verdict, 'unknown');
  assert.deepEqual(xz.problem, { code: 'packed', packing: 'xz' });
  const bzip2 = await judge('b.log', 'BZh91AY');
  assert.deepEqual(bzip2.problem, { code: 'packed', packing: 'bzip2' });
});

test('a binary journal is read through journalctl, or said to be unknown', async () => {
  const report = await judge('system.journal', Buffer.concat([Buffer.from('LPKSHHRH'), Buffer.alloc(500)]));
  assert.equal(report.verdict, 'unknown');
  assert.match(report.problem?.code ?? '', /^(?:no-journalctl|unreadable-journal)$/u);
});

test('a real journal file is read', async (t) => {
  const find =
    'command -v journalctl >/dev/null && find /var/log/journal /run/log/journal -name "*.journal" -size +8k';
  const { stdout } = spawnSync('sh', ['-c', find], { encoding: 'utf8' });
  const [found = ''] = stdout.split('\n');
  if (found === '') {
    t.skip('no journal file or no journalctl here');
    return;
  }
  const report = await judgeLogFile(fromText(found), options);
  assert.ok(report.problem !== null || report.lines > 0);
});

test('what is not text is not guessed at', async () => {
  const report = await judge('wtmp', Buffer.from(Array.from({ length: 4000 }, (_, n) => (n * 31) % 13)));
  assert.deepEqual([report.verdict, report.problem], ['unknown', { code: 'not-text' }]);
});

test('an empty file', async () => {
  const report = await judge('empty.log', '');
  assert.deepEqual([report.verdict, report.lines, report.patterns, report.span], ['unknown', 0, [], null]);
});

test('CRLF and no final newline', async () => {
  const report = await judge('crlf.log', `${logText(60).replaceAll('\n', '\r\n')}last`);
  assert.equal(report.lines, 61);
  assert.ok(!report.patterns.some(({ sample }) => sample.includes('\r')));
});

test('a hole that copytruncate left is skipped and told', async () => {
  const report = await judge('hole.log', Buffer.concat([Buffer.alloc(300_000), Buffer.from(logText(80))]));
  assert.equal(report.lines, 80);
  assert.ok(report.facts.some((fact) => fact.kind === 'hole' && fact.bytes === 300_000));
});

test('one line of 20 MB', async () => {
  const report = await judge(
    'long.log',
    Buffer.concat([Buffer.alloc(20 << 20, 'failed '), Buffer.from('\n'), Buffer.from(logText(50))]),
    { whole: true },
  );
  assert.equal(report.lines, 51);
  assert.ok(report.patterns.every(({ sample }) => sample.length <= 2048));
});

test('bytes that are not UTF-8 are shown as what they are', async () => {
  const report = await judge('latin1.log', Buffer.from('caf\xe9 failed\n', 'latin1'));
  assert.equal(report.patterns[0]?.sample, String.raw`caf\xe9 failed`);
});

test('a missing file and a directory are the caller’s errors', async () => {
  await assert.rejects(judgeLogFile(fromText(path.join(folder, 'nowhere')), options), { code: 'ENOENT' });
  await assert.rejects(judgeLogFile(fromText(folder), options), { code: 'EISDIR' });
});

async function* pieces(fails: boolean): AsyncGenerator<Buffer> {
  yield Buffer.from(logText(90));
  await Promise.resolve();
  if (fails) throw new Error('gone');
}

test('a stream is judged to its end, and a failing one as far as it came', async () => {
  const report = await judgeLogStream(fromText('-'), pieces(false), options);
  assert.deepEqual([report.lines, report.verdict, report.fileBytes], [90, 'retry-loop', null]);
  const broken = await judgeLogStream(fromText('-'), pieces(true), options);
  assert.deepEqual(broken.problem, { code: 'read-failed', message: 'gone' });
  assert.equal(broken.lines, 90);
});

test('an abort ends the reading with what was read', async () => {
  const report = await judge('aborted.log', Buffer.alloc(3 << 20, 'a line that goes on\n'), {
    whole: true,
    signal: AbortSignal.abort(),
  });
  assert.deepEqual(report.problem, { code: 'interrupted' });
  assert.ok(report.bytesRead < 3 << 20);
});

test('any bytes, also packed ones cut anywhere, end in a verdict', async () => {
  const anyBytes = fc.oneof(
    fc.uint8Array({ maxLength: 3000 }),
    fc
      .array(
        fc.constantFrom(
          '\n',
          ' ',
          '"',
          "'",
          '\\',
          '{',
          '}',
          '{"log":"',
          '{"__REALTIME_TIMESTAMP":"',
          '\u001B[31m',
          'failed',
          '[1]: ',
          '2026-11-22T17:42:26Z',
          'message repeated 9 times: [ ',
          ']',
          '\0',
          '1',
          'é',
        ),
        { maxLength: 400 },
      )
      .map((parts) => Buffer.from(parts.join(''))),
    fc
      .tuple(fc.string({ maxLength: 4000 }), fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([text, part]) => {
        const packed = gzipSync(text);
        return packed.subarray(0, Math.ceil(packed.length * part));
      }),
  );
  await fc.assert(
    fc.asyncProperty(anyBytes, fc.boolean(), async (bytes, whole) => {
      const report = await judge('any.log', bytes, { whole, tailBytes: 1024 });
      assert.ok(report.confidence >= 0 && report.confidence <= 1);
      assert.ok(report.facts.length > 0 || report.problem !== null);
      for (const { share, count } of report.patterns) assert.ok(share >= 0 && share <= 1 && count > 0);
      JSON.stringify(report);
    }),
    { numRuns: 400 },
  );
});
