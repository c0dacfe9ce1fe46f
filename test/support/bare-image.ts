/** Machines that have a C library, memory and nothing else, beside a disk without a free byte: what the executable is for. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { tempFolder } from './temp-folder.ts';

const root = path.resolve(import.meta.dirname, '../..');

export interface BareMachine {
  readonly executable: string;
  /** A folder with all that is in its /lib; this machine's own C library unless said. */
  readonly libraries?: string;
}

/**
 * Processes of its own, and a root in memory, read-only, that has the C library and /dev/shm and nothing else; the disk is
 * /full and /mnt. `$EXECUTABLE` is the executable, which was copied to /dev/shm, and `$PACKAGE` runs the package there (from
 * /checkout, with its Node) where the C library is this machine's.
 */
const SET_UP = `
  set -e
  disk=$1 checkout=$2 executable=$3 node=$4 image=$5 libraries=$6
  shift 6
  mount -t tmpfs none $image
  cd $image
  mkdir -p proc dev/shm full mnt checkout etc tmp usr/lib node
  if [ -n "$libraries" ]; then mkdir lib; cp "$libraries"/* lib; else
    for place in lib lib64; do
      if [ -L /$place ]; then cp -P /$place $place; elif [ -d /$place ]; then mkdir $place; mount --bind /$place $place; fi
    done
    [ ! -d /usr/lib64 ] || { mkdir usr/lib64; mount --bind /usr/lib64 usr/lib64; }
    mount --bind /usr/lib usr/lib
  fi
  for place in full mnt; do mount --bind "$disk" $place; mount -o remount,ro,bind $place; done
  mount --bind "$checkout" checkout
  mount --bind "$node" node
  mount -t proc none proc
  mount -t tmpfs -o mode=1777 none dev/shm
  cp "$executable" dev/shm/diskwhy
  cp "$executable" diskwhy
  touch dev/null && mount --bind /dev/null dev/null
  mount -o remount,ro $image
  EXECUTABLE=/dev/shm/diskwhy PACKAGE="/node/node /checkout/bin/diskwhy.js"
  in_image() { chroot $image "$@"; }
  nobody_in_image() { chroot --userspec=65534:65534 $image "$@"; }
`;

/** Runs a shell script beside the machine; `words` are its `$@`. */
export function inImage(
  { executable, libraries = '' }: BareMachine,
  script: string,
  disk: string,
  words: readonly string[] = [],
): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  using image = tempFolder();
  const places = [disk, root, executable, path.dirname(process.execPath), image.path, libraries];
  const { status, stdout, stderr } = spawnSync(
    'unshare',
    ['-mpf', '--kill-child', 'sh', '-c', `${SET_UP}\n${script}`, 'sh', ...places, ...words],
    { encoding: 'utf8', env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/full', LANG: 'C.UTF-8' } },
  );
  return { status, stdout, stderr };
}

/** The disk of a machine that does not run, without a free byte or inode: a log, a cache of a user's, and ballast. */
export function fill(disk: string): void {
  for (const folder of ['etc', 'usr', 'var/log', 'home/alice/.cache/pip'])
    mkdirSync(`${disk}/${folder}`, { recursive: true });
  writeFileSync(`${disk}/etc/os-release`, 'ID=debian\n');
  writeFileSync(`${disk}/etc/passwd`, 'alice:x:1000:1000::/home/alice:/bin/sh\n');
  writeFileSync(`${disk}/home/alice/.cache/pip/wheel`, Buffer.alloc(1_500_000, 1));
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
export function withoutTimes(text: string): string {
  return text
    .replaceAll(/"(?:generatedAt|[A-Za-z]*[sS]econds|[A-Za-z]*Ms)": [^\n]+/gu, '')
    .replaceAll(/[\d.]+ s ·|\d+ seconds? ago/gu, '');
}

/** Command lines that ask and change nothing. How many threads are worth it depends on what else the machine does. */
export const QUESTIONS: readonly (readonly string[])[] = [
  ['/full', '--threads', '1'],
  ['/full', '--threads', '1', '--json', '--top', '3'],
  // A rescue system: the homes, logs and caches below are another system's.
  ['/mnt', '--threads', '1'],
  ['tmp', '/full', '--older', '0'],
  ['log', '/full/worker.log'],
  ['--version'],
  ['--nosuch'],
];

export const SITUATIONS = [
  ['as root', 'in_image', 'walk'],
  ['as an ordinary user', 'nobody_in_image', 'walk'],
  ['without /proc', 'umount -l $image/proc; in_image', 'walk'],
  ['where memory may not be run from', 'mount -o remount,noexec,bind $image/dev/shm; in_image', 'portable'],
] as const;

/** Which source a report on the full disk reads by in one of the situations. */
export function sourceIn(situation: (typeof SITUATIONS)[number], machine: BareMachine, disk: string): string {
  const [name, prefix] = situation;
  // Not the one in /dev/shm: where that is noexec it could not be started at all.
  const { status, stdout, stderr } = inImage(machine, `${prefix} /diskwhy /full --json --depth 0`, disk);
  // lost+found is root's: a report without it is a part, and says so.
  assert.equal(status, name === 'as an ordinary user' ? 3 : 0, stderr);
  const { roots } = JSON.parse(stdout) as { roots: { source: string }[] };
  return roots[0].source;
}
