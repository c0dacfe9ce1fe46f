/** `diskwhy log` as a person runs it: standard input, JSON, several files, errors in one line, exit codes. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { needsTool } from '../../support/requirements.ts';

const program = path.resolve(import.meta.dirname, '../../../bin/diskwhy.js');
const folder = mkdtempSync(path.join(tmpdir(), 'diskwhy-log-cli-'));
after(() => rmSync(folder, { recursive: true }));

const loop = Array.from(
  { length: 200 },
  (_, n) =>
    `${new Date(1_795_369_346_000 + n * 500).toISOString()} ERROR cannot connect to 10.0.0.9:5432: Connection refused\n`,
).join('');
const file = path.join(folder, 'worker.log');
writeFileSync(file, loop);

function run(args: readonly string[], input = ''): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'log', ...args], {
    cwd: folder,
    input,
    encoding: 'utf8',
    env: { NO_COLOR: '1' },
  });
  return { code: status, out: stdout, err: stderr };
}

test('a file, relative to the working directory', () => {
  const { code, out, err } = run(['worker.log']);
  assert.equal(code, 0);
  assert.equal(err, '');
  assert.match(out, /^worker\.log .*\n.*200 lines.*\n(?:.*\n)*RETRY LOOP {3}confidence 96 %/u);
});

test('standard input, alone or beside a file', () => {
  assert.match(run(['-'], loop).out, /^-\n.*200 lines/u);
  const { out } = run(['--json', 'worker.log', '-'], 'one line\n');
  assert.match(out, /"path": "worker\.log"(?:.*\n)*.*"path": "-"/u);
});

test('JSON for a script', () => {
  const { code, out } = run(['--json', '--top', '1', file]);
  assert.equal(code, 0);
  assert.match(out, /"schema": "diskwhy\/log@2"/u);
  assert.match(out, /"verdict": "retry-loop"/u);
});

test('a file that cannot be read is one line and exit 2; beside others it is exit 3', () => {
  const alone = run(['/vra']);
  assert.deepEqual([alone.code, alone.out, alone.err], [2, '', 'diskwhy: /vra: no such file or directory\n']);
  const beside = run(['/vra', file]);
  assert.deepEqual([beside.code, beside.err], [3, 'diskwhy: /vra: no such file or directory\n']);
  assert.match(beside.out, /RETRY LOOP/u);
  assert.equal(run([folder]).code, 2);
});

test('what can only be read in part is exit 3', () => {
  const xz = path.join(folder, 'old.log');
  writeFileSync(xz, Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]));
  const { code, out } = run([xz]);
  assert.equal(code, 3);
  assert.match(out, /UNKNOWN(?:.*\n)*.*cannot read xz here/u);
});

test('wrong usage', () => {
  for (const args of [
    [],
    ['--bytes-read', 'much', file],
    ['--bytes-read', '3', file],
    ['--nonsense', file],
    ['--whole', '--bytes-read', '1M', file],
  ]) {
    const { code, err } = run(args);
    assert.equal(code, 2, args.join(' '));
    assert.match(err, /^diskwhy: [^\n]+\n$/u);
  }
});

test(
  'what is no log is named as what it is, and never opened',
  { skip: needsTool('mkfifo', 'python3') },
  () => {
    const pipe = path.join(folder, 'pipe');
    const socket = path.join(folder, 'socket');
    spawnSync('mkfifo', [pipe]);
    spawnSync('python3', ['-c', `import socket; socket.socket(socket.AF_UNIX).bind("${socket}")`]);
    for (const [what, says] of [
      [pipe, /is a named pipe, not a log/u],
      [socket, /is a socket, not a log/u],
      ['/dev/null', /is a device, not a log/u],
      ['/dev/zero', /is a device, not a log/u],
      [folder, /is a directory/u],
    ] as const) {
      const { code, out, err } = run([what]);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, /^diskwhy: [^\n]+\n$/u);
      assert.match(err, says);
    }
    assert.match(run([pipe, file]).out, /RETRY LOOP/u);
  },
);

test(
  'a pipe that the shell made, and standard input under its other names',
  { skip: needsTool('bash') },
  () => {
    for (const line of [
      '"$0" "$1" log <(cat worker.log)',
      '"$0" "$1" log <(sleep 0.2; cat worker.log)',
      'cat worker.log | "$0" "$1" log /dev/stdin',
      '"$0" "$1" log /dev/stdin < worker.log',
      '"$0" "$1" log - < worker.log',
      'mkfifo p; cat worker.log > p & "$0" "$1" log - < p',
    ]) {
      const { stdout, stderr, status } = spawnSync('bash', ['-c', line, process.execPath, program], {
        cwd: folder,
        encoding: 'utf8',
      });
      assert.deepEqual([status, stderr], [0, ''], line);
      assert.match(stdout, /200 lines(?:.*\n)*.*RETRY LOOP/u, line);
    }
  },
);
