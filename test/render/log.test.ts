/** The screen of `diskwhy log`: nothing wider than the terminal, nothing that could move its cursor, JSON as promised. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fromBytes, fromText } from '../../src/model/byte-string.ts';
import type { LogReport } from '../../src/model/log-report.ts';
import { logJson } from '../../src/render/json/log.ts';
import { logLines } from '../../src/render/screens/log/log.ts';
import type { Screen } from '../../src/render/terminal/screen.ts';
import { createStyle } from '../../src/render/terminal/style.ts';
import { readDocument } from '../support/document.ts';
import { textWidth } from '../../src/render/terminal/text-width.ts';

const report: LogReport = {
  path: fromText('/var/log/worker.log'),
  fileBytes: 87_412_310_016,
  verdict: 'restart-loop',
  confidence: 0.97,
  facts: [
    {
      kind: 'cycle',
      patterns: 2,
      share: 0.99,
      lines: 41_300,
      together: 'always',
      everySeconds: 0.17,
      spreadSeconds: 0.002,
    },
    { kind: 'variation', values: 'none', processes: 20_514 },
  ],
  step: {
    program: 'worker',
    message: 'bind <*>:8080: Address already in use',
    count: 20_650,
    sample: '',
    tells: 'failure',
    own: null,
    cause: null,
  },
  lines: 41_300,
  bytesRead: 4 << 20,
  whole: false,
  span: {
    fromSeconds: Date.UTC(2026, 10, 22, 2, 14) / 1000,
    toSeconds: Date.UTC(2026, 10, 22, 3, 12) / 1000,
  },
  linesPerSecond: 11.9,
  patterns: [
    {
      template: 'worker[<pid>]: bind <*>:8080: Address already in use',
      headline: 'worker[<pid>]: bind <*>:8080: Address already in use',
      count: 20_650,
      share: 0.5,
      everySeconds: 0.17,
      sample: 'Nov 22 02:14:00 vm worker[9]: bind 0.0.0.0:8080: Address already in use',
    },
    {
      template: 'worker[<pid>]: exit 1',
      headline: 'worker[<pid>]: exit 1',
      count: 20_240,
      share: 0.49,
      everySeconds: null,
      sample: 'x',
    },
  ],
  morePatterns: 3,
  rate: [1, 1, 0, 5, 9],
  cycle: ['Nov 22 02:14:00 vm worker[9]: bind 0.0.0.0:8080: Address already in use'],
  problem: null,
};

function screen(width: number, color = false): Screen {
  return { width, style: createStyle(color), sizes: { exact: false }, apparent: false, top: 10 };
}

test('at 80 columns', () => {
  assert.deepEqual(logLines([report], screen(80)), [
    '/var/log/worker.log   81.4 GiB',
    'last 4.0 MiB read: 41,300 lines   11.9 lines/s',
    '2026-11-22 02:14:00 – 03:12:00 UTC',
    '▂▂▁▅█',
    '',
    'RESTART LOOP   confidence 97 %   a program dies and is started again',
    '  · the step of worker that fails: "bind <*>:8080: Address already in use",',
    '    20,650 times',
    '  · 2 patterns make 99 % of the 41,300 lines read, always together, every',
    '    0.17 s ± 0.01',
    '  · nothing but times, counters and ids varies; 20,514 different pids, one after',
    '    the other',
    '',
    '   50 %  █████       worker[<pid>]: bind <*>:8080: Address alrea…   every 0.17 s',
    '   49 %  ████▉       worker[<pid>]: exit 1',
    '    1 %  ▏           3 more patterns',
    '',
    '  one life of it:',
    '    Nov 22 02:14:00 vm worker[9]: bind 0.0.0.0:8080: Address already in use',
  ]);
});

test('at 60 columns the bars are gone', () => {
  const text = logLines([report], screen(60)).join('\n');
  assert.ok(!/[▁-█]/u.test(text));
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.constantFrom('\u001B[2J\u001B]0;x\u0007', '\u202Eevil', '日本語 エラー', 'a\nb\rc', ''),
);

test('whatever stands in the log, lines fit and hold no control characters', () => {
  fc.assert(
    fc.property(
      anyText,
      fc.uint8Array({ minLength: 1, maxLength: 60 }),
      fc.integer({ min: 50, max: 120 }),
      (text, path, width) => {
        const hostile: LogReport = {
          ...report,
          path: fromBytes(path),
          step: {
            program: text,
            message: text,
            count: 1,
            sample: '',
            tells: 'failure',
            own: null,
            cause: null,
          },
          facts: [...report.facts, { kind: 'supervisor', message: text }],
          cycle: [text],
          patterns: report.patterns.map((pattern) => ({ ...pattern, headline: text })),
        };
        for (const line of logLines([hostile], screen(width))) {
          assert.ok(textWidth(line) <= width, `${textWidth(line)} > ${width}: ${line}`);
          assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        }
      },
    ),
  );
});

test('JSON holds exactly what the schema promises', () => {
  const json: unknown = readDocument(JSON.stringify(logJson([report], [])));
  assert.deepEqual(json, {
    schema: 'diskwhy/log@2',
    files: [
      {
        path: '/var/log/worker.log',
        verdict: 'restart-loop',
        confidence: 0.97,
        step: report.step,
        facts: report.facts,
        evidence: [
          'the step of worker that fails: "bind <*>:8080: Address already in use", 20,650 times',
          '2 patterns make 99 % of the 41,300 lines read, always together, every 0.17 s ± 0.01',
          'nothing but times, counters and ids varies; 20,514 different pids, one after the other',
        ],
        lines: 41_300,
        bytesRead: 4 << 20,
        span: { from: '2026-11-22T02:14:00.000Z', to: '2026-11-22T03:12:00.000Z' },
        linesPerSecond: 11.9,
        patterns: report.patterns.map(({ template, count, share, everySeconds, sample }) => ({
          template,
          count,
          share,
          everySeconds,
          sample,
        })),
      },
    ],
  });
});

test('JSON names what could not be read', () => {
  const text = JSON.stringify(
    logJson([{ ...report, problem: { code: 'cut-short' } }], [{ path: fromText('/x'), code: 'ENOENT' }]),
  );
  assert.match(
    text,
    /"problems":\[\{"path":"\/x","code":"ENOENT","reason":"no such file or directory"\},\{"path":"\/var\/log\/worker.log","code":"cut-short","reason":"the compressed file is cut short"\}\]/u,
  );
});
