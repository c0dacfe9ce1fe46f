/** Real processes that write: each is found, named, and told from who merely holds the file or hands lines on. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { suite, test } from 'node:test';
import { behindText } from '../support/behind-text.ts';
import type { Writer } from '../../src/model/watch-event.ts';
import { Looking } from '../support/looking.ts';
import { needsTool } from '../support/requirements.ts';
import { needsSessions } from '../support/sessions.ts';

const steadyLoop = 'exec >> log; while :; do echo line; read -t 0.01 <> <(:); done';

suite('writers', { concurrency: 4, skip: needsSessions, timeout: 60_000 }, () => {
  test('a process whose offset moves is writing; its memory is told', async () => {
    await using here = new Looking();
    const child = here.bash(steadyLoop);
    const [writer, ...more] = await here.until(
      await here.growing('log'),
      ([first]) => first?.confidence === 'writing',
    );
    assert.equal(writer.pid, child.pid);
    assert.equal(writer.command, 'bash');
    assert.ok(writer.residentBytes > 100_000 && writer.virtualBytes >= writer.residentBytes);
    assert.deepEqual(more, []);
  });

  test('a process that has the file open and does not write is holding it', async () => {
    await using here = new Looking();
    const child = here.bash('exec >> log; read <> <(:)');
    const [writer] = await here.until(await here.growing('log'), (writers) => writers.length > 0);
    assert.deepEqual([writer.pid, writer.confidence], [child.pid, 'holding']);
  });

  test('who has it open for reading only is not named', async () => {
    await using here = new Looking();
    writeFileSync(`${here.path}/log`, 'x');
    here.start('tail', '-f', 'log');
    const child = here.bash(steadyLoop);
    const writers = await here.until(await here.growing('log'), ([first]) => first?.confidence === 'writing');
    assert.deepEqual(
      writers.map(({ pid }) => pid),
      [child.pid],
    );
  });

  test('parent and child share an offset: the one that writes is named', async () => {
    await using here = new Looking();
    const parent = here.bash(
      "exec >> log; bash -c 'while :; do echo line; read -t 0.01 <> <(:); done'; exit",
    );
    const writers = await here.until(await here.growing('log'), ([first]) => first?.confidence === 'writing');
    assert.ok(
      writers.every(({ pid }) => pid !== parent.pid),
      JSON.stringify(writers),
    );
    assert.equal(writers[0].parentPid, parent.pid);
  });

  test('a writer of a mapping is found without a descriptor', { skip: needsTool('python3') }, async () => {
    await using here = new Looking();
    const child = here.start(
      'python3',
      '-c',
      `import ctypes, os, time
fd = os.open('log', os.O_RDWR | os.O_CREAT); os.ftruncate(fd, 1 << 20)
libc = ctypes.CDLL(None); libc.mmap.restype = ctypes.c_void_p
at = libc.mmap(None, ctypes.c_size_t(1 << 20), 3, 1, fd, ctypes.c_long(0)); os.close(fd)
ctypes.memmove(at, b'text', 4)
open('ready', 'w').close()
time.sleep(60)`,
    );
    await here.growing('ready');
    const [writer] = await here.until(await here.growing('log'), (writers) => writers.length > 0);
    assert.deepEqual([writer.pid, writer.confidence], [child.pid, 'holding']);
  });

  test('short-lived writers: counted, and who starts them is named', async () => {
    await using here = new Looking();
    const child = here.bash('while :; do sh -c "echo one; read -t 1 < /dev/null; sleep 0.02" >> log; done');
    const one = await here.growing('log');
    const [writer] = await here.until(one, ([first]) => (first?.respawns ?? 0) >= 3);
    assert.match(behindText(writer), new RegExp(`^bash .*\\(${child.pid}\\)$`, 'u'));
  });

  test('tee is looked through', async () => {
    await using here = new Looking();
    here.bash('while :; do echo line; read -t 0.01 <> <(:); done | tee -a log > /dev/null');
    // At first its subshells, which hold the pipe and write nothing, may pass for writers.
    const isScript = ([first]: readonly Writer[]): boolean => behindText(first).startsWith('bash -c while');
    const [writer] = await here.until(await here.growing('log'), isScript);
    assert.equal(writer.command, 'tee');
  });

  test('filters one behind the other are looked through', async () => {
    await using here = new Looking();
    here.bash('while :; do echo line; read -t 0.01 <> <(:); done | cat | sed -u s/l/L/ >> log');
    const [writer] = await here.until(await here.growing('log'), ([first]) =>
      behindText(first).startsWith('bash'),
    );
    assert.equal(writer.command, 'sed');
  });

  test(
    'a program that dies again and again behind a logger',
    { skip: needsTool('svlogd', 'perl') },
    async () => {
      await using here = new Looking();
      mkdirSync(`${here.path}/logs`);
      here.bash('while :; do perl -e "print 1; sleep 1"; done | svlogd logs');
      const one = await here.growing('logs/current');
      const [writer] = await here.until(one, ([first]) => /perl.*starts/u.test(behindText(first)));
      assert.equal(writer.command, 'svlogd');
      assert.match(behindText(writer), /^perl, \d+ starts ← bash/u);
    },
  );
});

// By itself: children that live for a tenth of a second must be seen.
test('short-lived writers that fanotify saw', { skip: needsSessions, timeout: 60_000 }, async () => {
  await using here = new Looking();
  const directory = await here.growing(here.path);
  writeFileSync(`${here.path}/log`, '');
  const log = await here.growing('log');
  const parent = here.bash(
    'for i in 1 2 3 4 5 6; do bash -c "echo $$; read -r -t 0.1 <> <(:)" >> log; done; read <> <(:)',
  );
  const seen = new Set<number>();
  while (seen.size < 6) {
    for (const pid of childPids(parent.pid!)) {
      seen.add(pid);
      here.finder.sawWrites([{ pid, id: log.id, path: log.path }], Date.now() / 1000);
    }
    await pause(2);
  }
  for (const place of [log, directory]) {
    const {
      writers: [writer],
    } = here.finder.writersOf(place);
    assert.equal(writer.confidence, 'writing');
    assert.ok(writer.respawns >= 5, String(writer.respawns));
    assert.match(behindText(writer), new RegExp(`\\(${parent.pid}\\)$`, 'u'));
  }
});

function childPids(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}
