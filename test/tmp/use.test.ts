/**
 * Whether a unit is in use: real processes hold, map, lock and listen (facts of the project §7, cases 31–40 and 63–64).
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { suite, test } from 'node:test';
import { startHolder, startProgram } from '../support/holder.ts';
import { DAY_MS, judged } from '../support/judged.ts';
import type { Judged } from '../support/judged.ts';
import { mount, mountTmpfs } from '../support/mounted.ts';
import { needsLoopDisk, needsMount, needsRoot, needsTool, unless } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { buildTree, directory, file, socket } from '../support/tree.ts';

/** A holder that goes on until its input ends. */
function startShell(script: string, args: readonly string[], under: readonly string[] = []) {
  const [command, ...rest] = [...under, 'sh', '-c', `${script}\necho ready\nread -r _`, 'sh', ...args];
  const child = spawn(command, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
  return {
    child,
    ready: once(child.stdout, 'data'),
    [Symbol.dispose]: () => {
      child.kill('SIGKILL');
    },
  };
}

/** A process that has mapped "$1" and closed its descriptor. */
const mapping = `
import ctypes, os, sys
f = os.open(sys.argv[1], os.O_RDONLY)
libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
assert libc.mmap(None, 4096, 1, 2, f, 0) != ctypes.c_void_p(-1).value
os.close(f)
print("ready", flush=True)
sys.stdin.readline()
`;

test('31: an open descriptor, of a file, of a directory, and by another name', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/root`, {
    file: directory({ deep: directory({ a: file(1) }) }),
    directory: directory({ deep: directory() }),
    linked: directory({ a: file(1) }),
    top: file(1),
    free: directory({ a: file(1) }),
  });
  linkSync(`${folder.path}/root/linked/a`, `${folder.path}/elsewhere`);
  const at = (path: string): string => `${folder.path}/root/${path}`;
  using holder = await startHolder('exec 5<"$1" 6<"$2" 7<"$3" 8<"$4"', [
    at('file/deep/a'),
    at('directory/deep'),
    `${folder.path}/elsewhere`,
    at('top'),
  ]);
  for (const source of ['walk', 'portable'] as const) {
    const { verdicts, unit } = await judged(`${folder.path}/root`, { source });
    assert.deepEqual(verdicts, {
      file: 'in-use',
      directory: 'in-use',
      linked: 'in-use',
      top: 'in-use',
      free: 'deletable',
    });
    const { holders, reason, keepReason } = unit('file');
    assert.deepEqual([holders.map(({ pid }) => pid), keepReason], [[holder.pid], 'in-use']);
    assert.equal(reason, `sh (pid ${holder.pid}) has it open`);
  }
});

test('32: a mapping whose descriptor is closed', { skip: needsTool('python3') }, async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/root`, { mapped: directory({ a: file(5000) }), free: file(1) });
  const child = spawn('python3', ['-c', mapping, `${folder.path}/root/mapped/a`], { stdio: 'pipe' });
  try {
    await once(child.stdout, 'data');
    const { verdicts, unit } = await judged(`${folder.path}/root`);
    assert.deepEqual(verdicts, { mapped: 'in-use', free: 'deletable' });
    assert.match(unit('mapped').reason, /has it mapped/u);
  } finally {
    child.kill('SIGKILL');
  }
});

test('33 and 34: a working directory in it, a program that runs from it', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/root`, {
    cwd: directory({ deep: directory() }),
    program: directory({ bin: directory() }),
    free: file(1),
  });
  const program = `${folder.path}/root/program/bin/app`;
  copyFileSync('/bin/cat', program);
  chmodSync(program, 0o755);
  using _shell = await startHolder('', [], { cwd: `${folder.path}/root/cwd/deep` });
  using running = await startProgram(program);
  const { verdicts, unit } = await judged(`${folder.path}/root`);
  assert.deepEqual(verdicts, { cwd: 'in-use', program: 'in-use', free: 'deletable' });
  assert.match(unit('cwd').reason, /^sh \(pid \d+\) works in it$/u);
  assert.equal(unit('program').reason, `app (pid ${running.pid}) runs from it`);
});

suite('35 and 36: locks', { skip: needsTool('flock') }, () => {
  test('shared and exclusive flock, on a directory too', async () => {
    using folder = tempFolder();
    await buildTree(`${folder.path}/root`, {
      shared: directory({ a: file(1) }),
      exclusive: directory({ a: file(1) }),
      directory: directory(),
      free: file(1),
    });
    const at = (path: string): string => `${folder.path}/root/${path}`;
    using _ = await startHolder('exec 5<"$1" 6<"$2" 7<"$3"; flock -s 5; flock -x 6; flock -x 7', [
      at('shared/a'),
      at('exclusive/a'),
      at('directory'),
    ]);
    const { verdicts, unit } = await judged(`${folder.path}/root`);
    assert.deepEqual(verdicts, {
      shared: 'in-use',
      exclusive: 'in-use',
      directory: 'in-use',
      free: 'deletable',
    });
    assert.ok(unit('shared').holders.length > 0);
  });

  test('a lock whose taker is dead, but another has inherited it', async () => {
    using folder = tempFolder();
    await buildTree(`${folder.path}/root`, { locked: directory({ a: file(1) }) });
    // flock(1) takes the lock on the shell's descriptor and ends.
    using _ = await startHolder('exec 5<"$1"; flock -x 5', [`${folder.path}/root/locked/a`]);
    const { unit } = await judged(`${folder.path}/root`);
    assert.equal(unit('locked').verdict, 'in-use');
  });

  test('a POSIX lock', { skip: needsTool('python3') }, async () => {
    using folder = tempFolder();
    await buildTree(`${folder.path}/root`, { locked: directory({ a: file(1) }) });
    const script =
      'import fcntl,sys; f=open(sys.argv[1],"r+"); fcntl.lockf(f, fcntl.LOCK_EX); print("ready",flush=True); sys.stdin.readline()';
    const child = spawn('python3', ['-c', script, `${folder.path}/root/locked/a`], { stdio: 'pipe' });
    try {
      await once(child.stdout, 'data');
      assert.match(readFileSync('/proc/locks', 'latin1'), new RegExp(`POSIX .*${child.pid!}`, 'u'));
      const { unit } = await judged(`${folder.path}/root`);
      assert.equal(unit('locked').verdict, 'in-use');
    } finally {
      child.kill('SIGKILL');
    }
  });
});

test('37 and 38: a socket that somebody listens on, and one nobody does', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/root`, {
    live: directory({ deep: directory() }),
    stale: directory({ socket: socket() }),
    'stale.sock': socket(),
  });
  const path = `${folder.path}/root/live/deep/agent.sock`;
  const server = createServer().listen(path);
  await once(server, 'listening');
  try {
    for (const source of ['walk', 'portable'] as const) {
      const { verdicts, unit } = await judged(`${folder.path}/root`, { source });
      assert.deepEqual(verdicts, { live: 'in-use', stale: 'deletable', 'stale.sock': 'deletable' });
      assert.equal(unit('live').keepReason, 'live-socket');
    }
  } finally {
    server.close();
  }
});

test(
  '37: a socket bound by a relative name may be any of that name',
  { skip: needsTool('python3') },
  async () => {
    using folder = tempFolder();
    mkdirSync(`${folder.path}/root/unit`, { recursive: true });
    const script =
      'import os,socket,sys; os.chdir(sys.argv[1]); s=socket.socket(socket.AF_UNIX); s.bind("rel.sock"); s.listen(); os.chdir("/"); print("ready",flush=True); sys.stdin.readline()';
    const child = spawn('python3', ['-c', script, `${folder.path}/root/unit`], { stdio: 'pipe' });
    try {
      await once(child.stdout, 'data');
      const { unit } = await judged(`${folder.path}/root`);
      assert.deepEqual([unit('unit').verdict, unit('unit').keepReason], ['unknown', 'live-socket']);
    } finally {
      child.kill('SIGKILL');
    }
  },
);

test(
  '39: a socket in another network namespace',
  { skip: unless(needsMount, needsTool('unshare', 'python3')) },
  async () => {
    using folder = tempFolder();
    mkdirSync(`${folder.path}/root/unit`, { recursive: true });
    const path = `${folder.path}/root/unit/app.sock`;
    const script =
      'import socket,sys; s=socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]); s.listen(); print("ready",flush=True); sys.stdin.readline()';
    const child = spawn('unshare', ['--net', 'python3', '-c', script, path], { stdio: 'pipe' });
    try {
      await once(child.stdout, 'data');
      assert.ok(!readFileSync('/proc/net/unix', 'latin1').includes(path));
      const { unit } = await judged(`${folder.path}/root`);
      assert.deepEqual([unit('unit').verdict, unit('unit').keepReason], ['in-use', 'live-socket']);
    } finally {
      child.kill('SIGKILL');
    }
  },
);

test('40: a deleted file that is still open is no unit, and what is beside it is judged as ever', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/root`, { gone: file(1), unit: directory({ gone: file(1), a: file(1) }) });
  const at = (path: string): string => `${folder.path}/root/${path}`;
  using _ = await startHolder('exec 5<"$1" 6<"$2"', [at('gone'), at('unit/gone')]);
  unlinkSync(at('gone'));
  unlinkSync(at('unit/gone'));
  const { verdicts } = await judged(`${folder.path}/root`);
  assert.deepEqual(verdicts, { unit: 'deletable' });
});

test('a file behind a loop device', { skip: needsLoopDisk('ext4') }, async () => {
  using folder = tempFolder();
  mkdirSync(`${folder.path}/root/unit`, { recursive: true });
  const image = `${folder.path}/root/unit/image`;
  writeFileSync(image, '');
  truncateSync(image, 2 ** 22);
  execFileSync('mkfs.ext4', ['-q', '-F', image]);
  mkdirSync(`${folder.path}/disk`);
  using _ = mount(`${folder.path}/disk`, '-o', 'loop', image);
  const { unit } = await judged(`${folder.path}/root`);
  assert.equal(unit('unit').verdict, 'in-use');
  assert.match(unit('unit').reason, /^loop\d+ is a disk image in use$/u);
});

test('a swap file', { skip: unless(needsRoot, needsTool('mkswap', 'swapon')) }, async (t) => {
  using folder = tempFolder();
  mkdirSync(`${folder.path}/root/unit`, { recursive: true });
  const path = `${folder.path}/root/unit/swap`;
  execFileSync('dd', ['if=/dev/zero', `of=${path}`, 'bs=1M', 'count=2'], { stdio: 'ignore' });
  chmodSync(path, 0o600);
  execFileSync('mkswap', [path], { stdio: 'ignore' });
  if (spawnSync('swapon', [path], { stdio: 'ignore' }).status !== 0) {
    t.skip('this kernel takes no swap files');
    return;
  }
  try {
    const { unit } = await judged(`${folder.path}/root`);
    assert.deepEqual([unit('unit').verdict, unit('unit').reason], ['in-use', 'swap is swapped to']);
  } finally {
    execFileSync('swapoff', [path]);
  }
});

test(
  'a directory that another mount namespace shows elsewhere',
  { skip: unless(needsMount, needsTool('unshare')) },
  async () => {
    using folder = tempFolder();
    await buildTree(`${folder.path}/root`, { shown: directory({ part: directory() }), free: directory() });
    mkdirSync(`${folder.path}/view`);
    using shell = startShell(
      'mount --bind "$1" "$2"',
      [`${folder.path}/root/shown/part`, `${folder.path}/view`],
      ['unshare', '--mount', '--propagation', 'private'],
    );
    await shell.ready;
    const { verdicts, unit } = await judged(`${folder.path}/root`);
    assert.deepEqual(verdicts, { shown: 'in-use', free: 'deletable' });
    assert.match(unit('shown').reason, /has it mounted on/u);
  },
);

test(
  'a mount of another namespace on something in it',
  { skip: unless(needsMount, needsTool('unshare')) },
  async () => {
    using folder = tempFolder();
    await buildTree(`${folder.path}/root`, { covered: directory({ part: directory() }), free: directory() });
    using shell = startShell(
      'mount -t tmpfs tmpfs "$1"',
      [`${folder.path}/root/covered/part`],
      ['unshare', '--mount', '--propagation', 'private'],
    );
    await shell.ready;
    const { verdicts } = await judged(`${folder.path}/root`);
    assert.deepEqual(verdicts, { covered: 'in-use', free: 'deletable' });
  },
);

test('63: a SQLite database and its journals stay together', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/root`, {
    'a.db': file(10_000),
    'a.db-wal': file(1),
    'a.db-shm': file(1),
    'b.db': file(10_000),
    'b.db-journal': file(1),
    'c.db': file(10_000),
    'd.db-wal': file(1),
  });
  const at = (path: string): string => `${folder.path}/root/${path}`;
  using _ = await startHolder('exec 5<"$1"', [at('a.db-wal')]);
  const { verdicts, unit } = await judged(`${folder.path}/root`, { minBytes: 4096, keep: ['b.db-journal'] });
  assert.deepEqual(verdicts, {
    'a.db': 'in-use',
    'a.db-wal': 'in-use',
    'a.db-shm': 'in-use',
    'b.db': 'protected',
    'b.db-journal': 'protected',
    'c.db': 'deletable',
    'd.db-wal': 'deletable',
  });
  assert.match(unit('a.db').reason, /^a\.db-wal belongs to it and stays: sh /u);
});

test('63: a stale -shm beside a database is no proof of use', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/root`, { 'a.db': file(10), 'a.db-shm': file(1) });
  const { verdicts } = await judged(`${folder.path}/root`);
  assert.deepEqual(verdicts, { 'a.db': 'deletable', 'a.db-shm': 'deletable' });
});

suite('64: what its owner comes back to by name, with nothing open', () => {
  const tomcat = async (root: string): Promise<Judged> => judged(root, { olderMs: 2 * DAY_MS });

  test('stays while such a program runs', async () => {
    using folder = tempFolder();
    await buildTree(`${folder.path}/root`, {
      'tomcat.8080.123': directory({ work: directory() }),
      other: file(1),
    });
    // The kernel knows a program by its file's name.
    copyFileSync('/bin/cat', `${folder.path}/java`);
    chmodSync(`${folder.path}/java`, 0o755);
    using running = await startProgram(`${folder.path}/java`);
    const { verdicts, unit } = await tomcat(`${folder.path}/root`);
    assert.deepEqual(verdicts, { 'tomcat.8080.123': 'unknown', other: 'deletable' });
    assert.match(unit('tomcat.8080.123').reason, /java \(pid \d+\) runs.*come back to it by its name/u);
    assert.ok(unit('tomcat.8080.123').holders.some(({ pid }) => pid === running.pid));
    const assumed = await judged(`${folder.path}/root`, { assumeUnused: true });
    assert.equal(assumed.verdicts['tomcat.8080.123'], 'deletable');
  });

  test('goes when none runs', async (t) => {
    if (spawnSync('pgrep', ['-x', 'java']).status === 0) {
      t.skip('some java runs here');
      return;
    }
    using folder = tempFolder();
    await buildTree(`${folder.path}/root`, { 'tomcat.8080.123': directory({ work: directory() }) });
    assert.deepEqual((await tomcat(`${folder.path}/root`)).verdicts, { 'tomcat.8080.123': 'deletable' });
  });
});

test('a pid in a name, or as a name inside, that is alive', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/root`, {
    [`clr-debug-pipe-${process.pid}-1-in`]: file(1),
    'clr-debug-pipe-99999999-1-in': file(1),
    hsperfdata_ada: directory({ [process.pid]: file(1), 99999998: file(1) }),
    hsperfdata_bob: directory({ 99999998: file(1) }),
  });
  const { verdicts } = await judged(`${folder.path}/root`);
  assert.deepEqual(verdicts, {
    [`clr-debug-pipe-${process.pid}-1-in`]: 'in-use',
    'clr-debug-pipe-99999999-1-in': 'deletable',
    hsperfdata_ada: 'in-use',
    hsperfdata_bob: 'deletable',
  });
});

test('tmpfs holds what is held as any other', { skip: needsMount }, async () => {
  using folder = tempFolder();
  using memory = mountTmpfs(folder.path);
  await buildTree(`${memory.path}/root`, {
    held: directory({ a: file(1) }),
    free: directory({ a: file(1) }),
  });
  using _ = await startHolder('exec 5<"$1"', [`${memory.path}/root/held/a`]);
  const { verdicts, report } = await judged(`${memory.path}/root`);
  assert.deepEqual(verdicts, { held: 'in-use', free: 'deletable' });
  assert.deepEqual([report.roots[0].filesystemKind, report.roots[0].filesystemType], ['memory', 'tmpfs']);
});

test('a directory that an overlay is made of', { skip: needsMount }, async (t) => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/root`, {
    layers: directory({ upper: directory(), work: directory() }),
    lower: directory(),
    free: directory(),
  });
  mkdirSync(`${folder.path}/view`);
  const at = (path: string): string => `${folder.path}/root/${path}`;
  const options = `upperdir=${at('layers/upper')},workdir=${at('layers/work')},lowerdir=${at('lower')}`;
  let overlay: Disposable;
  try {
    overlay = mount(`${folder.path}/view`, '-t', 'overlay', '-o', options, 'overlay');
  } catch {
    t.skip('no overlays here');
    return;
  }
  using _ = overlay;
  const { verdicts, unit } = await judged(`${folder.path}/root`);
  assert.deepEqual(verdicts, { layers: 'in-use', lower: 'in-use', free: 'deletable' });
  assert.match(unit('layers').reason, /is an overlay over it/u);
});

test('layers of an overlay that were named through a link which is gone', { skip: needsMount }, async (t) => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/root`, {
    upper: directory({ written: file(10) }),
    lower: directory({ below: file(10) }),
    work: directory(),
    free: directory({ other: file(10) }),
  });
  mkdirSync(`${folder.path}/view`);
  symlinkSync('root', `${folder.path}/link`);
  const [upper, work, lower] = ['upper', 'work', 'lower'].map((name) => `${folder.path}/link/${name}`);
  let overlay: Disposable;
  try {
    const options = `upperdir=${upper},workdir=${work},lowerdir=${lower}`;
    overlay = mount(`${folder.path}/view`, '-t', 'overlay', '-o', options, 'overlay');
  } catch {
    t.skip('no overlays here');
    return;
  }
  using _ = overlay;
  unlinkSync(`${folder.path}/link`);
  const { verdicts } = await judged(`${folder.path}/root`);
  assert.deepEqual([verdicts.upper, verdicts.lower, verdicts.free], ['in-use', 'in-use', 'deletable']);
});

test(
  'a directory from which an overlay was mounted, its layers by relative names',
  { skip: needsMount },
  async (t) => {
    using folder = tempFolder();
    const layers = { lower: directory(), upper: directory(), work: directory() };
    await buildTree(`${folder.path}/root`, { layers: directory(layers), free: directory() });
    mkdirSync(`${folder.path}/view`);
    const options = ['-t', 'overlay', '-o', 'lowerdir=lower,upperdir=upper,workdir=work', 'overlay'];
    const cwd = `${folder.path}/root/layers`;
    if (spawnSync('mount', [...options, `${folder.path}/view`], { cwd }).status !== 0) {
      t.skip('no overlays here');
      return;
    }
    using _ = { [Symbol.dispose]: () => void execFileSync('umount', [`${folder.path}/view`]) };
    const { verdicts } = await judged(`${folder.path}/root`);
    assert.deepEqual(verdicts, { layers: 'in-use', free: 'deletable' });
  },
);
