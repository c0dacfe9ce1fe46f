/** Thresholds: what holds is told and fails the run, and --check says it as monitoring systems want it. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, statfsSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { checkLine, checkState } from '../../src/cli/conditions/check-line.ts';
import { parseCondition } from '../../src/cli/conditions/condition.ts';
import { judgeConditions } from '../../src/cli/conditions/judgements.ts';
import type { Measure } from '../../src/cli/conditions/measures.ts';
import type { Condition } from '../../src/cli/conditions/condition.ts';
import { explainJson, runDiskwhy } from '../support/diskwhy.ts';
import { loopDisk } from '../support/mounted.ts';
import { needsLoopDisk } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';

const condition = (text: string): Condition => {
  const read = parseCondition(text);
  assert.ok(typeof read !== 'string', text);
  return read;
};

test('conditions as they are written', () => {
  for (const [text, subject, limit] of [
    ['used>85%', 'used', 85],
    [' used > 85.5 % ', 'used', 85.5],
    ['inodes>90%', 'inodes', 90],
    ['full<6h', 'full', 6 * 3600],
    ['full<2 days', 'full', 2 * 86_400],
    ['growth>1GiB/h', 'growth', 2 ** 30 / 3600],
    ['unexplained>5%', 'unexplained', 5],
    ['finding>10GiB', 'finding', 10 * 2 ** 30],
  ] as const) {
    const { subject: what, limit: threshold } = condition(text);
    assert.deepEqual([what, threshold], [subject, limit], text);
  }
  for (const text of [
    '',
    'used',
    'used>',
    'used>85',
    'used<85%',
    'used>101%',
    'used>-1%',
    'full>6h',
    'full<1M',
    'free>3%',
    'finding>x',
    'growth>x/h',
    '>5%',
  ])
    assert.equal(typeof parseCondition(text), 'string', text);
});

const MEASURES: readonly Measure[] = [
  { subject: 'used', of: '/', value: 87.34 },
  { subject: 'used', of: '/data', value: 20 },
  { subject: 'full', of: '/', value: 3 * 3600 },
  { subject: 'full', of: '/data', value: Infinity },
  { subject: 'inodes', of: "/a|b'=\n", value: 1 },
  { subject: 'unexplained', of: '/', value: undefined, unknown: 'not all was walked' },
];
const judged = (fail: readonly string[], warn: readonly string[] = []) => [
  ...judgeConditions(fail.map(condition), 'fail', MEASURES),
  ...judgeConditions(warn.map(condition), 'warn', MEASURES),
];

test('the worst of several decides, and what could not be told only where nothing holds', () => {
  for (const [fail, warn, state] of [
    [['used>90%'], [], 'OK'],
    [['used>80%'], [], 'CRITICAL'],
    [['used>90%'], ['used>80%'], 'WARNING'],
    [['used>90%', 'full<6h'], ['used>80%'], 'CRITICAL'],
    [['unexplained>5%'], [], 'UNKNOWN'],
    [['unexplained>5%'], ['used>80%'], 'WARNING'],
    [['finding>1K'], [], 'OK'],
    [['full<1h'], [], 'OK'],
  ] as const)
    assert.equal(checkState(judged(fail, warn)), state, JSON.stringify([fail, warn]));
});

test('the line: one, with performance data that cannot be broken by a name', () => {
  const line = (fail: readonly string[], warn: readonly string[], note = ''): string =>
    checkLine(judged(fail, warn), MEASURES, note);
  assert.equal(
    line(['used>90%'], ['used>80%']),
    "DISKWHY WARNING - used>80%: / 87.3 % | '/ used'=87.34%;80;90;0;100 '/data used'=20%;80;90;0;100",
  );
  assert.equal(
    line(['full<6h'], [], '2 paths could not be read'),
    "DISKWHY CRITICAL - full<6h: / 3 h, 2 paths could not be read | '/ full'=10800s;;21600:;0",
  );
  assert.equal(
    line(['inodes>90%'], []),
    "DISKWHY OK - inodes>90%: /a/b'=  1.0 % | '/a/b__  inodes'=1%;;90;0;100",
  );
});

suite('a disk', { skip: needsLoopDisk('ext4'), timeout: 60_000 }, () => {
  test('used and inodes as df has them; findings; what holds is told, and fails', async () => {
    using disk = loopDisk('ext4', { format: ['-m', '0'] });
    writeFileSync(`${disk.path}/big.bin`, Buffer.alloc(30_000_000, 'x'));
    execFileSync('sync');
    const df = execFileSync('df', ['--output=pcent', disk.path], { encoding: 'utf8' });
    const used = Number(/(\d+)%/u.exec(df)![1]);
    const args = [
      '--fail-if',
      `used>${used - 2}%`,
      '--fail-if',
      `used>${used + 2}%`,
      '--fail-if',
      'finding>1M',
      '--fail-if',
      'inodes>99%',
    ];
    const { code, stdout } = await runDiskwhy([disk.path, ...args]);
    assert.equal(code, 1);
    const fails = stdout.split('\n').filter((line) => line.startsWith('FAILS'));
    assert.equal(fails.length, 2, stdout);
    assert.match(fails[0], new RegExp(`^FAILS {2}used>${used - 2}%: ${disk.path} [\\d.]+ %$`, 'u'));
    assert.match(fails[1], /^FAILS {2}finding>1M: big file in .*big\.bin 28\.6 MiB$/u);
    const { json } = await explainJson([disk.path, ...args]);
    const { conditions } = json as unknown as {
      conditions: { condition: string; state: string; value: number }[];
    };
    assert.deepEqual(
      conditions.map(({ state }) => state),
      ['holds', 'clear', 'holds', 'clear'],
    );
    const { bavail, blocks, bfree } = statfsSync(disk.path);
    assert.ok(Math.abs(conditions[0].value - ((blocks - bfree) / (blocks - bfree + bavail)) * 100) < 0.01);
    const check = await runDiskwhy([
      disk.path,
      '--check',
      '--warn-if',
      `used>${used - 2}%`,
      '--fail-if',
      'used>99%',
    ]);
    assert.equal(check.code, 1);
    assert.match(check.stdout, /^DISKWHY WARNING - [^|\n]+\| '[^']+ used'=[\d.]+%;\d+;99;0;100\n$/u);
    const whole = await runDiskwhy([
      disk.path,
      '--check',
      '--fail-if',
      'unexplained>50%',
      '--fail-if',
      'finding>1M',
    ]);
    assert.equal(whole.code, 2, whole.stdout);
  });

  test('growth and the time until it is full, while somebody writes', async () => {
    using disk = loopDisk('ext4', { format: ['-m', '0'] });
    mkdirSync(`${disk.path}/logs`);
    const file = `${disk.path}/logs/app.log`;
    const writer = setInterval(() => {
      appendFileSync(file, Buffer.alloc(400_000, 'x'));
      spawn('sync', ['-f', file]);
    }, 200);
    try {
      const { code, stdout } = await runDiskwhy([
        disk.path,
        '--check',
        '--fail-if',
        'growth>100M/h',
        '--fail-if',
        'full<1h',
        '--for',
        '3s',
      ]);
      assert.equal(code, 2, stdout);
      assert.match(stdout, /CRITICAL - growth>100M\/h: \S+ [\d.]+ [MG]iB\/h, full<1h: \S+ \d+ s \|/u);
      const watched = await runDiskwhy([
        'watch',
        disk.path,
        '--for',
        '3s',
        '--fail-if',
        'growth>100M/h',
        '--json',
      ]);
      assert.equal(watched.code, 1);
      assert.match(
        watched.stdout,
        /\{"type":"condition","at":"[^"]+Z","schema":"diskwhy\/watch@2","condition":"growth>100M\/h","subject":"growth","level":"fail","state":"holds"/u,
      );
    } finally {
      clearInterval(writer);
      await once(spawn('sync', ['-f', file]), 'exit');
    }
  });
});

test('what cannot be judged is refused, for a monitoring system in its own words', async () => {
  using folder = tempFolder();
  for (const [args, says] of [
    [['--check'], /^DISKWHY UNKNOWN - --check has nothing to check/u],
    [['--check', '--fail-if', 'x'], /^DISKWHY UNKNOWN - --fail-if x: not a condition; there are 'used>85%'/u],
    [['--check', '--json', '--fail-if', 'used>3%'], /^DISKWHY UNKNOWN - .*leave out --json/u],
    [
      ['--check', '--fail-if', 'unexplained>5%'],
      /^DISKWHY UNKNOWN - unexplained>5%: .* only a part of it was walked/u,
    ],
    [['watch', '--check', '--for', '1s', '--fail-if', 'finding>3M'], /^DISKWHY UNKNOWN - watch judges used/u],
    [['watch', '--check', '--fail-if', 'used>3%'], /^DISKWHY UNKNOWN - .*add --for/u],
  ] as const) {
    const { code, stdout, stderr } = await runDiskwhy(args, { cwd: folder.path });
    assert.deepEqual([code, stderr, stdout.split('\n').length], [3, '', 2]);
    assert.match(stdout, says);
  }
  const { code, stderr } = await runDiskwhy(['--warn-if', 'used>3%'], { cwd: folder.path });
  assert.deepEqual([code, stderr], [2, 'diskwhy: --warn-if is for --check; --fail-if sets the exit code\n']);
  for (const args of [
    ['--for', '10s'],
    ['--for', '10s', '--fail-if', 'used>3%'],
  ])
    assert.match(
      (await runDiskwhy(args, { cwd: folder.path })).stderr,
      /^diskwhy: --for says how long growth/u,
    );
  const unknown = await runDiskwhy(['--fail-if', 'unexplained>5%'], { cwd: folder.path });
  assert.equal(unknown.code, 3);
  assert.match(unknown.stdout, /^CANNOT TELL {2}unexplained>5%: /mu);
});
