/**
 * Random command lines from the options' table: never a stack, a hang, an exit code above 3, or a deletion. Most are
 * only read, in this process; some are run, in a sandbox. DISKWHY_FUZZ=100000 reads so many and runs one in a hundred.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { readRequest } from '../../src/cli/command-line/read-request.ts';
import { fromText } from '../../src/model/byte-string.ts';
import { UsageError } from '../../src/model/errors.ts';
import { needsTool, unless } from '../support/requirements.ts';
import { anyLine, likelyLine } from '../support/command-lines.ts';
import { inSandbox, needsSandbox } from '../support/sandbox.ts';
import { tempFolder } from '../support/temp-folder.ts';

const asked = Number(process.env['DISKWHY_FUZZ'] ?? 0);
const READ = asked > 0 ? asked : 10_000;
const RUN = asked > 0 ? Math.ceil(asked / 100) : 40;

/** In the sandbox's working directory. */
const OPERANDS = [
  '.',
  'tree',
  'tree/file',
  'app.log',
  'fifo',
  'nowhere',
  '-',
  '/tmp',
  'odd\nname',
  '',
  "it's",
  '*',
  'tmp',
];

test('any line is read or refused in one line', () => {
  fc.assert(
    fc.property(fc.oneof(anyLine, likelyLine(OPERANDS)), (line) => {
      try {
        readRequest(line.map(fromText));
      } catch (error) {
        assert.ok(error instanceof UsageError, String(error));
        assert.ok(error.message.length > 0 && error.message.length < 600 + line.join('').length);
      }
    }),
    { numRuns: READ },
  );
});

/** Whoever deletes says so; here nobody may. */
function harmless(line: readonly string[]): string[] {
  const acts = line.some((word) => /^--(?:delete|apply|restore|quarantine)/u.test(word));
  return acts ? ['--dry-run', ...line] : [...line];
}

/** Whoever names a file to be written gets it. */
function writesNothing(line: readonly string[]): boolean {
  return !line.some((word) => /^(?:--(?:output|to|textfile)\b|-[a-z]*o)/u.test(word));
}

function snapshot(folder: string): string {
  return execFileSync('find', [folder, '-printf', String.raw`%P %y %i %s %T@ %m\n`], { encoding: 'utf8' });
}

test(
  'lines that are run',
  { skip: unless(needsSandbox, needsTool('find', 'mkfifo')), timeout: 3_600_000 },
  async () => {
    using folder = tempFolder();
    for (const name of ['home', 'tmp', 'var-tmp', 'cwd', 'cwd/tree', 'cwd/odd\nname', "cwd/it's"])
      mkdirSync(`${folder.path}/${name}`);
    for (const name of ['cwd/tree/file', 'tmp/one', 'var-tmp/two', 'cwd/odd\nname/x'])
      writeFileSync(`${folder.path}/${name}`, 'x'.repeat(3_000_000));
    writeFileSync(`${folder.path}/cwd/app.log`, '2026-01-01 00:00:00 line\n'.repeat(100));
    execFileSync('mkfifo', [`${folder.path}/cwd/fifo`]);
    const before = snapshot(folder.path);
    await fc.assert(
      fc.asyncProperty(likelyLine(OPERANDS).filter(writesNothing).map(harmless), async (line) => {
        const { code, signal, stderr } = await runIn(folder.path, line);
        const isEnded = code === null && signal !== null && ['SIGTERM', 'SIGKILL'].includes(signal);
        assert.ok(isEnded || [0, 1, 2, 3, 130].includes(code!), `${code} ${signal}: ${stderr}`);
        assert.doesNotMatch(stderr, /internal error|^\s+at |node:internal/mu);
        assert.equal(snapshot(folder.path), before);
      }),
      { numRuns: RUN, endOnFailure: true },
    );
  },
);

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stderr: string;
}

/** Runs it where the temporary directories are the folder's own; ends what does not end by itself. */
async function runIn(folder: string, line: readonly string[]): Promise<Ended> {
  const script = `mount --bind /mnt/world/tmp /tmp && mount --bind /mnt/world/var-tmp /var/tmp || exit 99
    export HOME=/mnt/world/home; cd /mnt/world/cwd; exec diskwhy "$@"`;
  const [command, ...words] = inSandbox(script, line, folder);
  const child = spawn(command, words, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
  });
  const stderr = text(child.stderr);
  const end = once(child, 'exit') as Promise<[number | null, string | null]>;
  let hangs = false;
  const patience = setTimeout(() => child.kill('SIGTERM'), 4000);
  const hang = setTimeout(() => {
    hangs = true;
    child.kill('SIGKILL');
  }, 20_000);
  const [code, signal] = await end;
  clearTimeout(patience);
  clearTimeout(hang);
  assert.ok(!hangs, `beyond TERM: ${JSON.stringify(line)}`);
  return { code, signal, stderr: await stderr };
}
