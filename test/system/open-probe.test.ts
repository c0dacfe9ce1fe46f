/** Asking the kernel by a write lease whether anybody has a file open. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, statSync } from 'node:fs';
import { suite, test } from 'node:test';
import { fromText } from '../../src/model/byte-string.ts';
import { loadLibc } from '../../src/system/calls/libc.ts';
import { OpenProbe } from '../../src/system/files/open-probe.ts';
import { startHolder, startProgram } from '../support/holder.ts';
import { needsLoopDisk, needsMount, needsTool, unless } from '../support/requirements.ts';
import { loopDisk, mountTmpfs } from '../support/mounted.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { buildTree, chain, directory, fifo, file, socket, symlink } from '../support/tree.ts';

const libc = loadLibc();

function answer(path: string): string {
  const probe = new OpenProbe(libc!);
  probe.begin(fromText(path), statSync(path).isDirectory());
  while (probe.advance(performance.now() + 10));
  return probe.answer;
}

suite('open files as the kernel tells', { skip: libc ? false : 'needs libc' }, () => {
  test('nobody has any open, and reading leaves no trace', async () => {
    using folder = tempFolder();
    await buildTree(`${folder.path}/root`, {
      deep: chain(
        Array.from({ length: 40 }, () => 'd'),
        { a: file(1) },
      ),
      many: directory(Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`f${i}`, file(0)]))),
      odd: directory({ pipe: fifo(), socket: socket(), link: symlink('/etc/passwd'), '\xff\n': file(1) }),
    });
    const before = statSync(`${folder.path}/root/many/f1`, { bigint: true });
    assert.equal(answer(`${folder.path}/root`), 'free');
    const after = statSync(`${folder.path}/root/many/f1`, { bigint: true });
    assert.deepEqual([after.atimeNs, after.ctimeNs], [before.atimeNs, before.ctimeNs]);
  });

  for (const [how, redirect] of [
    ['reading', '5<'],
    ['writing', '5>>'],
  ]) {
    test(`one that a process has open for ${how}`, async () => {
      using folder = tempFolder();
      await buildTree(`${folder.path}/root`, { a: directory({ b: file(10) }), c: file(10) });
      using _ = await startHolder(`exec ${redirect}"$1"`, [`${folder.path}/root/a/b`]);
      assert.deepEqual(
        ['', '/a', '/a/b', '/c'].map((path) => answer(`${folder.path}/root${path}`)),
        ['open', 'open', 'open', 'free'],
      );
    });
  }

  test(
    'one that is mapped, its descriptor closed; a program that runs',
    { skip: needsTool('python3') },
    async () => {
      using folder = tempFolder();
      await buildTree(`${folder.path}/root`, { mapped: file(10), free: file(1) });
      const script =
        'import ctypes,os,sys; f=os.open(sys.argv[1],0); c=ctypes.CDLL(None); c.mmap.restype=ctypes.c_void_p; c.mmap.argtypes=[ctypes.c_void_p,ctypes.c_size_t]+[ctypes.c_int]*3+[ctypes.c_long]; c.mmap(None,4096,1,2,f,0); os.close(f); print("ready",flush=True); sys.stdin.readline()';
      const child = spawn('python3', ['-c', script, `${folder.path}/root/mapped`], { stdio: 'pipe' });
      const program = `${folder.path}/root/app`;
      copyFileSync('/bin/cat', program);
      chmodSync(program, 0o755);
      using _ = await startProgram(program);
      try {
        await once(child.stdout, 'data');
        assert.deepEqual(
          ['mapped', 'app', 'free'].map((name) => answer(`${folder.path}/root/${name}`)),
          ['open', 'open', 'free'],
        );
      } finally {
        child.kill('SIGKILL');
      }
    },
  );

  test('one in another PID namespace', { skip: unless(needsMount, needsTool('unshare')) }, async () => {
    using folder = tempFolder();
    await buildTree(`${folder.path}/root`, { a: file(10) });
    const child = spawn(
      'unshare',
      [
        '--pid',
        '--fork',
        '--mount-proc',
        '--kill-child',
        'sh',
        '-c',
        'exec 5<"$1"; echo ready; read -r _',
        'sh',
        `${folder.path}/root/a`,
      ],
      { stdio: 'pipe' },
    );
    try {
      await once(child.stdout, 'data');
      assert.equal(answer(`${folder.path}/root`), 'open');
    } finally {
      child.kill('SIGKILL');
    }
  });

  test('a program that opens a file meanwhile is not held up', async () => {
    using folder = tempFolder();
    await buildTree(`${folder.path}/root`, { a: file(10) });
    assert.equal(answer(`${folder.path}/root`), 'free');
    // The lease was given back: a blocking open returns at once, and this process is alive.
    execFileSync('cat', [`${folder.path}/root/a`]);
  });

  for (const type of ['xfs', 'btrfs'] as const) {
    test(`on ${type}`, { skip: needsLoopDisk(type) }, async () => {
      using disk = loopDisk(type);
      await buildTree(`${disk.path}/root`, { a: file(10), b: file(10) });
      using _ = await startHolder('exec 5<"$1"', [`${disk.path}/root/a`]);
      assert.deepEqual([answer(`${disk.path}/root/a`), answer(`${disk.path}/root/b`)], ['open', 'free']);
    });
  }

  test('on tmpfs', { skip: needsMount }, async () => {
    using folder = tempFolder();
    using memory = mountTmpfs(folder.path);
    await buildTree(`${memory.path}/root`, { a: file(10), b: file(10) });
    using _ = await startHolder('exec 5<"$1"', [`${memory.path}/root/a`]);
    assert.deepEqual([answer(`${memory.path}/root/a`), answer(`${memory.path}/root/b`)], ['open', 'free']);
  });
});
