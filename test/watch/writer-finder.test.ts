/** Real processes that write: each is found, named, and told from who merely holds the file or hands lines on. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { fromText } from '../../src/model/byte-string.ts';
import { fileIdOfStats } from '../../src/model/file-id.ts';
import type { Writer } from '../../src/model/watch-event.ts';
import type { Growing, WriterFinder } from '../../src/watch/collaborators.ts';
import { createWriterFinder } from '../../src/watch/writer-finder.ts';
import { needsLinux, needsTool } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';
import type { TempFolder } from '../support/temp-folder.ts';

let folder: TempFolder;
let finder: WriterFinder;
let started: ChildProcess[];

/** Each in a process group of its own, so that what a shell starts ends with it. */
function start(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  const child = spawn(command, args, { detached: true, stdio: 'ignore', cwd: folder.path, ...options });
  started.push(child);
  return child;
}

const shell = (script: string, ...args: string[]): ChildProcess =>
  start('bash', ['-c', script, 'bash', ...args]);

async function stopAll(): Promise<void> {
  for (const child of started) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    process.kill(-child.pid!, 'SIGKILL');
    await once(child, 'exit');
  }
}

async function growing(name: string): Promise<Growing> {
  const path = `${folder.path}/${name}`;
  while (!existsSync(path)) await pause(5);
  return growingAt(path);
}

function growingAt(path: string): Growing {
  const stats = statSync(path, { bigint: true });
  return {
    growth: Number(stats.ino),
    what: stats.isDirectory() ? 'directory' : 'file',
    id: fileIdOfStats(stats),
    path: fromText(path),
    openPath: fromText(path),
    isUnlinked: false,
    apparentBytes: Number(stats.size),
    bytesPerSecond: 1,
  };
}

/** Looks, as the engine does, until the writers are as expected. */
async function lookUntil(
  one: Growing,
  expected: (writers: readonly Writer[]) => boolean,
): Promise<readonly Writer[]> {
  const deadline = performance.now() + 20_000;
  for (;;) {
    finder.look([one], Date.now() / 1000);
    await pause(50);
    const { writers } = finder.writersOf(one);
    if (expected(writers)) return writers;
    assert.ok(performance.now() < deadline, `found ${JSON.stringify(writers)}`);
  }
}

const steadyLoop = 'exec >> log; while :; do echo line; read -t 0.01 <> <(:); done';

suite('writers', { skip: needsLinux, timeout: 60_000 }, () => {
  beforeEach(() => {
    folder = tempFolder();
    finder = createWriterFinder();
    started = [];
  });
  afterEach(async () => {
    finder[Symbol.dispose]();
    await stopAll();
    folder[Symbol.dispose]();
  });

  test('a process whose offset moves is writing; its memory is told', async () => {
    const child = shell(steadyLoop);
    const [writer, ...more] = await lookUntil(
      await growing('log'),
      ([first]) => first?.confidence === 'writing',
    );
    assert.equal(writer.pid, child.pid);
    assert.equal(writer.command, 'bash');
    assert.ok(writer.residentBytes > 100_000 && writer.virtualBytes >= writer.residentBytes);
    assert.deepEqual(more, []);
  });

  test('a process that has the file open and does not write is holding it', async () => {
    const child = shell('exec >> log; read <> <(:)');
    const [writer] = await lookUntil(await growing('log'), (writers) => writers.length > 0);
    assert.deepEqual([writer.pid, writer.confidence], [child.pid, 'holding']);
  });

  test('who has it open for reading only is not named', async () => {
    writeFileSync(`${folder.path}/log`, 'x');
    start('tail', ['-f', 'log']);
    const child = shell(steadyLoop);
    const writers = await lookUntil(await growing('log'), ([first]) => first?.confidence === 'writing');
    assert.deepEqual(
      writers.map(({ pid }) => pid),
      [child.pid],
    );
  });

  test('parent and child share an offset: the one that writes is named', async () => {
    const parent = shell("exec >> log; bash -c 'while :; do echo line; read -t 0.01 <> <(:); done'; exit");
    const writers = await lookUntil(await growing('log'), ([first]) => first?.confidence === 'writing');
    assert.ok(
      writers.every(({ pid }) => pid !== parent.pid),
      JSON.stringify(writers),
    );
    assert.equal(writers[0].parentPid, parent.pid);
  });

  test('a writer of a mapping is found without a descriptor', { skip: needsTool('python3') }, async () => {
    const child = start('python3', [
      '-c',
      `import ctypes, os, time
fd = os.open('log', os.O_RDWR | os.O_CREAT); os.ftruncate(fd, 1 << 20)
libc = ctypes.CDLL(None); libc.mmap.restype = ctypes.c_void_p
at = libc.mmap(None, ctypes.c_size_t(1 << 20), 3, 1, fd, ctypes.c_long(0)); os.close(fd)
ctypes.memmove(at, b'text', 4)
open('ready', 'w').close()
time.sleep(60)`,
    ]);
    await growing('ready');
    const [writer] = await lookUntil(await growing('log'), (writers) => writers.length > 0);
    assert.deepEqual([writer.pid, writer.confidence], [child.pid, 'holding']);
  });

  test('short-lived writers: counted, and who starts them is named', async () => {
    const child = shell('while :; do sh -c "echo one; read -t 1 < /dev/null; sleep 0.02" >> log; done');
    const one = await growing('log');
    const [writer] = await lookUntil(one, ([first]) => (first?.respawns ?? 0) >= 3);
    assert.match(writer.behind ?? '', new RegExp(`^bash .*\\(${child.pid}\\)$`, 'u'));
  });

  test('short-lived writers that fanotify saw', async () => {
    const one = growingAt(folder.path);
    const log = growingAt((writeFileSync(`${folder.path}/log`, ''), `${folder.path}/log`));
    const parent = shell(
      'for i in 1 2 3 4 5 6; do bash -c "echo $$; read -r -t 0.1 <> <(:)" >> log; done; read <> <(:)',
    );
    const seen = new Set<number>();
    while (seen.size < 6) {
      for (const pid of childPids(parent.pid!)) {
        seen.add(pid);
        finder.sawWrites([{ pid, id: log.id, path: log.path }], Date.now() / 1000);
      }
      await pause(2);
    }
    for (const place of [log, one]) {
      const {
        writers: [writer],
      } = finder.writersOf(place);
      assert.equal(writer.confidence, 'writing');
      assert.ok(writer.respawns >= 5, String(writer.respawns));
      assert.match(writer.behind ?? '', new RegExp(`\\(${parent.pid}\\)$`, 'u'));
    }
  });

  test('tee is looked through', async () => {
    shell('while :; do echo line; read -t 0.01 <> <(:); done | tee -a log > /dev/null');
    const [writer] = await lookUntil(await growing('log'), ([first]) => first?.behind !== undefined);
    assert.equal(writer.command, 'tee');
    assert.match(writer.behind ?? '', /^bash -c while/u);
  });

  test('filters one behind the other are looked through', async () => {
    shell('while :; do echo line; read -t 0.01 <> <(:); done | cat | sed -u s/l/L/ >> log');
    const [writer] = await lookUntil(
      await growing('log'),
      ([first]) => first?.behind?.startsWith('bash') === true,
    );
    assert.equal(writer.command, 'sed');
  });

  test(
    'a program that dies again and again behind a logger',
    { skip: needsTool('svlogd', 'perl') },
    async () => {
      mkdirSync(`${folder.path}/logs`);
      shell('while :; do perl -e "print 1; sleep 1"; done | svlogd logs');
      const one = await growing('logs/current');
      const [writer] = await lookUntil(one, ([first]) => /perl.*starts/u.test(first?.behind ?? ''));
      assert.equal(writer.command, 'svlogd');
      assert.match(writer.behind ?? '', /^perl, \d+ starts ← bash/u);
    },
  );
});

function childPids(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}
