/** The single executable on machines that have nothing: no Node, no disk that can be written to, no free byte. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { before, suite, test } from 'node:test';
import { QUESTIONS, SITUATIONS, fill, inImage, sourceIn, withoutTimes } from '../../support/bare-image.ts';
import { loopDisk } from '../../support/mounted.ts';
import { needsLoopDisk, needsTool, unless } from '../../support/requirements.ts';
import { needsSandbox } from '../../support/sandbox.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const executable = path.join(root, `dist/diskwhy-linux-${process.arch}`);
const machine = { executable };
const MEBIBYTE = 2 ** 20;

const smallDisk = () => loopDisk('ext4', { megabytes: 4, format: ['-N', '64', '-m', '0'] });

suite('the executable', { skip: unless(needsSandbox, needsLoopDisk('ext4'), needsTool('chroot')) }, () => {
  before(() => {
    execFileSync(process.execPath, [path.join(root, 'build/executable.ts')], { stdio: 'ignore' });
  });

  test('is no larger than what fits beside a full disk', () => {
    assert.ok(statSync(executable).size <= 140 * MEBIBYTE);
  });

  test('says what the package says, on a full disk, without Node and without a place to write', () => {
    using disk = smallDisk();
    fill(disk.path);
    for (const words of QUESTIONS) {
      const own = inImage(machine, 'in_image $EXECUTABLE "$@"', disk.path, words);
      const packaged = inImage(machine, 'in_image $PACKAGE "$@"', disk.path, words);
      assert.equal(own.status, packaged.status, own.stderr);
      assert.equal(own.stderr, packaged.stderr);
      assert.equal(withoutTimes(own.stdout), withoutTimes(packaged.stdout));
      assert.notEqual(own.stdout + own.stderr, '');
      if (words[0] === '/mnt') assert.match(own.stdout, /pip cache of alice/u);
    }
  });

  for (const situation of SITUATIONS)
    test(`${situation[0]}: reads by ${situation[2]}`, () => {
      using disk = smallDisk();
      fill(disk.path);
      assert.equal(sourceIn(situation, machine, disk.path), situation[2]);
    });

  test('writes nothing, not even to a disk that it could write to and that home and temporary files are on', () => {
    using disk = loopDisk('ext4', {
      megabytes: 16,
      format: ['-E', 'lazy_itable_init=0,lazy_journal_init=0'],
      // A disk notes when it was read, unless it is told not to.
      options: 'loop,noatime',
    });
    const bytes = (): string => {
      execFileSync('sync', ['-f', disk.path]);
      return createHash('sha256')
        .update(readFileSync(`${path.dirname(disk.path)}/image`))
        .digest('hex');
    };
    const untouched = bytes();
    const { status, stderr } = inImage(
      machine,
      `mount -o remount,rw,bind,noatime $image/full
       export TMPDIR=/full
       ! [ -w $image/full ] && exit 99
       for words in /full "tmp /full" "watch /full --for 200ms" --help; do in_image $EXECUTABLE $words; done`,
      disk.path,
    );
    assert.equal(status, 0, stderr);
    assert.equal(bytes(), untouched);
  });

  test('leaves no name behind in memory', () => {
    using folder = tempFolder();
    const { stdout } = inImage(
      machine,
      'in_image $EXECUTABLE /full >$image/dev/shm/out; umount -l $image/proc; in_image $EXECUTABLE /full >$image/dev/shm/out; ls -A $image/dev/shm',
      folder.path,
    );
    assert.deepEqual(stdout.trim().split('\n'), ['diskwhy', 'out']);
  });

  test('the lines of the README that need no Node work on a full disk', () => {
    const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
    const lines = readme.match(/```sh\n(scp [^`]+)```/u)![1];
    using disk = smallDisk();
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
