/** Findings on a screen: numbers whole, commands whole, nothing that moves a terminal, every line within the width. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fromText } from '../../src/model/byte-string.ts';
import type { ExplainReport } from '../../src/model/explain-report.ts';
import type { Filesystem } from '../../src/model/filesystem.ts';
import type { Remedy } from '../../src/model/action.ts';
import type { Finding, FindingOf } from '../../src/model/finding.ts';
import { ledgerLines } from '../../src/render/screens/explain/ledger.ts';
import type { Screen } from '../../src/render/terminal/screen.ts';
import { createStyle } from '../../src/render/terminal/style.ts';
import { whyLines } from '../../src/render/screens/explain/why.ts';
import { UNSAFE } from '../support/colours.ts';
import { displayColumns } from '../support/display-columns.ts';

const screenOf = (width: number): Screen => ({
  width,
  style: createStyle(false),
  sizes: { exact: false },
  apparent: false,
  top: 10,
});

const finding = (more: Partial<FindingOf<'big-file'>> = {}): Finding => ({
  rule: 'big-file',
  count: 1,
  form: fromText('/srv/backup.img'),
  content: { kind: 'archive', format: 'tar-archive' },
  uid: 0,
  owner: fromText('root'),
  oldestAt: NOW - 3 * 86_400,
  newestAt: NOW - 3 * 86_400,
  holders: [],
  moreHolders: 0,
  kernelUser: undefined,
  machine: undefined,
  namedPlace: undefined,
  links: 1,
  place: undefined,
  isRemovedByClient: false,
  isPackaged: false,
  diskBytes: 5 * 2 ** 30,
  claimedBytes: 5 * 2 ** 30,
  freeableBytes: 0,
  paths: [fromText('/srv/backup.img')],
  risk: 'review',
  remedies: [remedy('ls -la /srv/backup.img')],
  refusals: [],
  ...more,
});

const remedy = (line: string | undefined): Remedy => ({
  action: {
    kind: 'look',
    argv: [],
    frees: { bytes: 0, certainty: 'exact' },
    loses: 'nothing',
    risk: 'safe',
  },
  commands: [],
  line,
  missingTool: undefined,
});

const NOW = 1_790_000_000;

const recent: Finding = {
  rule: 'recent-growth',
  hourBytes: 1,
  dayBytes: 2,
  weekBytes: 3,
  places: [],
  isSpread: false,
  directory: fromText('/srv'),
  diskBytes: 2,
  claimedBytes: 0,
  freeableBytes: 0,
  paths: [],
  risk: 'review',
  remedies: [],
  refusals: [],
};

const why = (findings: readonly Finding[], width: number): string[] =>
  whyLines(
    {
      findings,
      generatedAt: NOW,
      explained: { scope: 'path', bytes: 5 * 2 ** 30, ofBytes: 10 * 2 ** 30 },
      freeable: {
        safeBytes: 2 ** 30,
        reviewBytes: 3 * 2 ** 30,
        safeCommands: 1,
        reviewCommands: 2,
        openCommands: 0,
        isExact: false,
      },
    } as unknown as ExplainReport,
    screenOf(width),
  );

test('size, title, place, evidence, what to do, and how much is explained', () => {
  assert.deepEqual(why([finding()], 100), [
    'WHY',
    ' 1  5.0 GiB  large tar archive  /srv/backup.img',
    '             tar archive, owned by root, last written 3 days ago',
    '             → it is called a backup, and no other of its form lies beside it: only when a newer one',
    '               elsewhere can be restored may its owner move or delete it',
    '               ls -la /srv/backup.img',
    '    findings explain 5.0 GiB of 10.0 GiB here (50 %)',
    '    safe to free now: at least 1.0 GiB with 1 command; after review: at least 3.0 GiB more with 2',
    '    commands',
  ]);
});

test('what only informs has no size; what was written lately stands with the times', () => {
  const lines = why([finding({ claimedBytes: 0 }), recent], 100);
  assert.match(lines[1], /^ 1 {2}– {2}large tar archive/u);
  assert.equal(lines.filter((line) => line.includes('large tar archive')).length, 1);
  assert.deepEqual(why([recent], 100), []);
});

test('a long command goes on behind a backslash, and is the same command', () => {
  const command = `rm -rf -- ${Array.from({ length: 12 }, (_, index) => `/srv/cache/part-${index}`).join(' ')}`;
  const lines = why([finding({ remedies: [remedy(command)] })], 60);
  const start = lines.findIndex((line) => line.includes('rm -rf'));
  const end = lines.findIndex((line) => line.includes('findings explain'));
  const shown = lines.slice(start, end).map((line) => line.trim().replace(/ \\$/u, ''));
  assert.equal(shown.join(' '), command);
});

test('a command whose program is not there says so', () => {
  const without = finding({ remedies: [{ ...remedy('file /srv/backup.img'), missingTool: 'file' }] });
  assert.match(why([without], 80).join('\n'), /file \/srv\/backup\.img\n +file is not on this machine/u);
});

test('whatever names and sentences hold, lines fit and are safe', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 120 }));
  fc.assert(
    fc.property(
      fc.array(fc.record({ path: text, owner: text, form: text, count: fc.integer({ min: 1, max: 9 }) })),
      fc.integer({ min: 60, max: 200 }),
      (rows, width) => {
        const findings = rows.map(({ path, owner, form, count }) =>
          finding({
            paths: [fromText(path)],
            owner: fromText(owner),
            form: fromText(form),
            count,
            remedies: [],
          }),
        );
        for (const line of why(findings, width)) {
          assert.ok(displayColumns(line) <= width, `${displayColumns(line)} of ${width}: ${line}`);
          assert.doesNotMatch(line, UNSAFE);
        }
      },
    ),
  );
});

test('the ledger adds up on the screen, and says what was not seen', () => {
  const filesystem = {
    usedBytes: 100 * 2 ** 20,
    ledger: {
      scope: 'filesystem',
      accounts: [
        { account: 'walked', bytes: 90 * 2 ** 20, complete: true, note: undefined, detail: [] },
        {
          account: 'deleted-open',
          bytes: undefined,
          complete: false,
          note: { code: 'processes-hidden', hidden: 214, of: 260, isRoot: false },
          detail: [],
        },
        { account: 'hidden-under-mounts', bytes: 0, complete: true, note: undefined, detail: [] },
        { account: 'filesystem-metadata', bytes: 12 * 2 ** 20, complete: true, note: undefined, detail: [] },
        { account: 'unreadable', bytes: 0, complete: true, note: undefined, detail: [] },
        { account: 'unexplained', bytes: -2 * 2 ** 20, complete: true, note: undefined, detail: [] },
      ],
    },
  } as unknown as Filesystem;
  assert.deepEqual(ledgerLines(filesystem, screenOf(80)), [
    'LEDGER  100.0 MiB used = walked 90.0 MiB   + deleted, still open ?',
    "        + filesystem's own 12.0 MiB   − unexplained 2.0 MiB (2.0 %)",
    '        deleted, still open: 214 of 260 processes are not visible to you; sudo',
    '        shows them',
  ]);
});
