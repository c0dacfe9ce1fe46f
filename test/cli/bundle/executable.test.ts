/** The single executable on machines that have nothing: no Node, no disk that can be written to, no free byte. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, statSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, suite, test } from 'node:test';
import { loopDisk } from '../../support/mounted.ts';
import { needsLoopDisk, needsTool, unless } from '../../support/requirements.ts';
import { needsSandbox } from '../../support/sandbox.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const executable = path.join(root, `dist/diskwhy-linux-${process.arch}`);
const MEBIBYTE = 2 ** 20;

/**
 * Processes of its own, and a root in memory, read-only, that has the C library and /dev/shm and nothing else; the disk is /full. `$PACKAGE` runs
 * the package there (from /checkout, with its Node) and `$EXECUTABLE` the executable, which was copied to /dev/shm.
 */
const SET_UP = `
  set -e
  disk=$1 checkout=$2 executable=$3 node=$4 image=$5
  shift 5
  mount -t tmpfs none $image
  cd $image
  mkdir -p proc dev/shm full checkout etc tmp usr/lib node
  for place in lib lib64; do
    if [ -L /$place ]; then cp -P /$place $place; elif [ -d /$place ]; then mkdir $place; mount --bind /$place $place; fi
  done
  [ ! -d /usr/lib64 ] || { mkdir usr/lib64; mount --bind /usr/lib64 usr/lib64; }
  mount --bind /usr/lib usr/lib
  mount --bind "$disk" full
  mount --bind "$checkout" checkout
  mount --bind "$node" node
  mount -t proc none proc
  mount -t tmpfs -o mode=1777 none dev/shm
  cp "$executable" dev/shm/diskwhy
  cp "$executable" diskwhy
  touch dev/null && mount --bind /dev/null dev/null
  mount -o remount,ro,bind full
  mount -o remount,ro $image
  EXECUTABLE=/dev/shm/diskwhy PACKAGE="/node/node /checkout/bin/diskwhy.js"
  in_image() { chroot $image "$@"; }
  nobody_in_image() { chroot --userspec=65534:65534 $image "$@"; }
`;

function inImage(script: string, disk: string, words: readonly string[] = []) {
  using image = tempFolder();
  const node = path.dirname(process.execPath);
  const { status, stdout, stderr } = spawnSync(
    'unshare',
    [
      '-mpf',
      '--kill-child',
      'sh',
      '-c',
      `${SET_UP}\n${script}`,
      'sh',
      disk,
      root,
      executable,
      node,
      image.path,
      ...words,
    ],
    { encoding: 'utf8', env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/full', LANG: 'C.UTF-8' } },
  );
  return { status, stdout, stderr };
}

/** A disk with a log and a little more, without a free byte or inode. */
function fill(disk: string): void {
  writeFileSync(`${disk}/worker.log`, 'worker[1]: exit 1, restarting\n'.repeat(4000));
  const untilFull = (write: () => void) => {
    assert.throws(
      () => {
        for (;;) write();
      },
      { code: 'ENOSPC' },
    );
  };
  const takeBytes = (bytes: number) =>
    untilFull(() => appendFileSync(`${disk}/ballast`, Buffer.alloc(bytes, 'x')));
  takeBytes(65_536);
  takeBytes(1024);
  let count = 0;
  untilFull(() => writeFileSync(`${disk}/inode${count++}`, ''));
  // What was set aside while blocks were handed out comes back when they are written.
  for (let round = 0; statfsSync(disk).bavail > 0 && round < 10; round++) {
    execFileSync('sync', ['-f', disk]);
    takeBytes(1024);
  }
  const { bavail, ffree } = statfsSync(disk);
  assert.deepEqual([bavail, ffree], [0, 0]);
}

/** What no two runs have in common: when they were, and how long they took. */
function withoutTimes(text: string): string {
  return text
    .replaceAll(/"(?:generatedAt|[A-Za-z]*[sS]econds|[A-Za-z]*Ms)": [^\n]+/gu, '')
    .replaceAll(/[\d.]+ s ·|\d+ seconds? ago/gu, '');
}

suite('the executable', { skip: unless(needsSandbox, needsLoopDisk('ext4'), needsTool('chroot')) }, () => {
  before(() => {
    execFileSync(process.execPath, [path.join(root, 'build/executable.ts')], { stdio: 'ignore' });
  });

  test('is no larger than what fits beside a full disk', () => {
    assert.ok(statSync(executable).size <= 140 * MEBIBYTE);
  });

  test('says what the package says, on a full disk, without Node and without a place to write', () => {
    using disk = loopDisk('ext4', { megabytes: 4, format: ['-N', '64', '-m', '0'] });
    fill(disk.path);
    for (const words of [
      // How many threads are worth it depends on what else the machine does.
      ['/full', '--threads', '1'],
      ['/full', '--threads', '1', '--json', '--top', '3'],
      ['tmp', '/full', '--older', '0'],
      ['log', '/full/worker.log'],
      ['--version'],
      ['--nosuch'],
    ]) {
      const own = inImage('in_image $EXECUTABLE "$@"', disk.path, words);
      const packaged = inImage('in_image $PACKAGE "$@"', disk.path, words);
      assert.equal(own.status, packaged.status, own.stderr);
      assert.equal(own.stderr, packaged.stderr);
      assert.equal(withoutTimes(own.stdout), withoutTimes(packaged.stdout));
      assert.notEqual(own.stdout + own.stderr, '');
    }
  });

  for (const [situation, prefix, source] of [
    ['as root', 'in_image', 'walk'],
    ['as an ordinary user', 'nobody_in_image', 'walk'],
    ['without /proc', 'umount -l $image/proc; in_image', 'walk'],
    ['where memory may not be run from', 'mount -o remount,noexec,bind $image/dev/shm; in_image', 'portable'],
  ] as const)
    test(`${situation}: reads by ${source}`, () => {
      using disk = loopDisk('ext4', { megabytes: 4, format: ['-N', '64', '-m', '0'] });
      fill(disk.path);
      // Not the one in /dev/shm: where that is noexec it could not be started at all.
      const { status, stdout, stderr } = inImage(`${prefix} /diskwhy /full --json --depth 0`, disk.path);
      // lost+found is root's: a report without it is a part, and says so.
      assert.equal(status, situation === 'as an ordinary user' ? 3 : 0, stderr);
      const { roots } = JSON.parse(stdout) as { roots: { source: string }[] };
      assert.equal(roots[0].source, source);
    });

  test('leaves no name behind in memory', () => {
    using folder = tempFolder();
    const { stdout } = inImage(
      'in_image $EXECUTABLE /full >$image/dev/shm/out; umount -l $image/proc; in_image $EXECUTABLE /full >$image/dev/shm/out; ls -A $image/dev/shm',
      folder.path,
    );
    assert.deepEqual(stdout.trim().split('\n'), ['diskwhy', 'out']);
  });

  test('the lines of the README that need no Node work on a full disk', () => {
    const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
    const lines = readme.match(/```sh\n(scp [^`]+)```/u)![1];
    using disk = loopDisk('ext4', { megabytes: 4, format: ['-N', '64', '-m', '0'] });
    fill(disk.path);
    // The other machine is this one, where everything but /dev/shm is read-only and the home has no free byte.
    const others = `
      export HOME=$1 TMPDIR=$1
      mount -t tmpfs none /mnt && mount -t tmpfs none /dev/shm && mkdir /mnt/bin && cd /mnt && ln -s "$2" .
      cd bin
      printf '#!/bin/sh\\ncp "$1" "$\{2#*:}"\\n' >scp
      printf '#!/bin/sh\\n[ "$1" != -t ] || shift\\nshift\\nexec sh -c "$*"\\n' >ssh
      printf '#!/bin/sh\\nexec "$@"\\n' >sudo
      chmod +x *
      cd ..
      mount -o remount,ro,bind "$1" 2>/dev/null; mount -o remount,bind,ro / && mount -o remount,ro /mnt
      export PATH=/mnt/bin:/usr/sbin:/usr/bin:/sbin:/bin`;
    const target = lines.replaceAll('/dev/shm/diskwhy /', `/dev/shm/diskwhy ${disk.path}`);
    assert.notEqual(target, lines);
    const { status, stdout, stderr } = spawnSync(
      'unshare',
      [
        '-m',
        'bash',
        '-c',
        `${others}\nset -ex\n${target.replaceAll(`${disk.path};`, `${disk.path} ;`)}`,
        'bash',
        disk.path,
        executable,
      ],
      { encoding: 'utf8' },
    );
    assert.equal(status, 0, stderr);
    assert.equal(stdout.match(/^\/dev\/loop\d+ .* 100 % used/gmu)?.length, 2, stdout);
  });
});
