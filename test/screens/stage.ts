/**
 * A machine on a disk of its own that looks the same wherever it is built: its disk is /dev/vda1, its processes are
 * numbered from 1, and diskwhy is run in it on terminals of several sizes. All of it is gone when its process ends.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { minor } from '../support/device-number.ts';
import { libraryPlaces } from '../support/other-root.ts';
import type { Mounted } from '../support/mounted.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { buildTree } from '../support/tree.ts';
import type { TreeDescription } from '../support/tree.ts';

const checkout = realpathSync(resolve(import.meta.dirname, '../..'));

/** That a machine has; here they are only found. */
const COMMANDS = ['apt-get', 'btrfs', 'chroot', 'docker', 'file', 'ls', 'pip', 'rm', 'su', 'truncate'];

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export const SIZES: readonly Size[] = [
  { columns: 80, rows: 24 },
  { columns: 100, rows: 30 },
  { columns: 60, rows: 20 },
  { columns: 200, rows: 60 },
];

export interface Stage {
  readonly disk: Mounted;
  readonly type: string;
  /** Where the disk is in the machine: "/", or below a small root in memory. */
  readonly mountPoint: string;
  /** A line of shell run in the machine before diskwhy, with its root directory as "$1"; what it starts may hold files. */
  readonly before?: string;
  readonly words: readonly string[];
  readonly isOrdinaryUser?: true;
}

/** Puts a tree at the top of a mounted disk. */
export async function buildAt(disk: Mounted, tree: TreeDescription): Promise<void> {
  await buildTree(`${disk.path}/.new`, tree);
  execFileSync('sh', ['-c', 'cd "$1/.new" && mv -- * .. && cd / && rmdir "$1/.new"', 'sh', disk.path]);
}

/** What is on the screen after the command, size by size; without colours. */
export async function screensOf(stage: Stage): Promise<string[]> {
  using folder = tempFolder();
  makeOld(stage.disk.path);
  mkdirSync(`${folder.path}/root`);
  writeFileSync(`${folder.path}/stage.sh`, script(stage, folder.path));
  const child = spawn(
    'unshare',
    ['--mount', '--pid', '--fork', '--mount-proc', 'sh', '-eu', `${folder.path}/stage.sh`],
    {
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', TERM: 'xterm', SHELL: '/bin/sh' },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const ended = once(child, 'close') as Promise<[number | null]>;
  const stderr = await text(child.stderr);
  const [status] = await ended;
  if (status !== 0) throw new Error(`the stage ended with ${status}: ${stderr}`);
  return SIZES.map((size) => execFileSync('cat', [`${folder.path}/${nameOf(size)}`], { encoding: 'utf8' }));
}

/** Nothing is as young as the test; what is being written was written two minutes ago. */
function makeOld(place: string): void {
  const touch = (age: string, ...which: readonly string[]): void => {
    execFileSync('find', [place, '-xdev', '-mmin', '-60', ...which, '-exec', 'touch', '-d', age, '{}', '+']);
  };
  touch('3 days ago', '-not', '-name', '*.log');
  touch('2 minutes ago', '-name', '*.log');
}

const nameOf = ({ columns, rows }: Size): string => `${columns}x${rows}`;

function script(
  { disk, type, mountPoint, before = '', words, isOrdinaryUser }: Stage,
  folder: string,
): string {
  const root = `${folder}/root`;
  const device = statSync(disk.path).dev;
  const node = `b ${type === 'btrfs' ? loopOf(disk.path) : `7 ${minor(device)}`}`;
  const user = isOrdinaryUser ? '--userspec=65534:65534 ' : '';
  const command = `exec chroot ${user}${root} /usr/bin/node /usr/bin/diskwhy ${words.join(' ')} --no-color`;
  return [
    // No device of this machine is seen but what is made here.
    'mount -t tmpfs -o mode=755 tmpfs /dev && mkdir /dev/pts',
    'mount -t devpts -o newinstance,ptmxmode=0666 devpts /dev/pts && ln -s pts/ptmx /dev/ptmx',
    `mknod -m 666 /dev/null c 1 3 && mknod -m 666 /dev/tty c 5 0 && mknod -m 600 /dev/vda1 ${node}`,
    mountPoint === '/' ? '' : `mount -t tmpfs -o mode=755 tmpfs ${root} && mkdir -p ${root}${mountPoint}`,
    `mount -t ${type} /dev/vda1 ${root}${mountPoint}`,
    // Wherever they are here, the program and its Node are in the same places there.
    `mkdir -p ${root}/opt/diskwhy ${root}/usr/bin && mount --bind ${checkout} ${root}/opt/diskwhy`,
    `touch ${root}/usr/bin/node && mount --bind ${realpathSync(process.execPath)} ${root}/usr/bin/node`,
    `ln -s /opt/diskwhy/bin/diskwhy.js ${root}/usr/bin/diskwhy`,
    ...libraryPlaces().map((place) => `mkdir -p ${root}${place} && mount --bind ${place} ${root}${place}`),
    ...COMMANDS.map((name) => `ln -s node ${root}/usr/bin/${name}`),
    `mkdir -p ${root}/proc ${root}/dev && mount -t proc proc ${root}/proc && mount --bind /dev ${root}/dev`,
    `set -- ${root}`,
    before,
    ...SIZES.map(
      (size) =>
        `script --quiet --return --command 'stty cols ${size.columns} rows ${size.rows}; ${command}' ${folder}/typescript >${folder}/${nameOf(size)} || [ $? = 3 ]`,
    ),
    '',
  ].join('\n');
}

/** A filesystem of several devices has a number of its own: the loop device is asked for. */
function loopOf(path: string): string {
  const source = execFileSync('findmnt', ['--noheadings', '--output', 'SOURCE', path], {
    encoding: 'latin1',
  });
  return `7 ${minor(statSync(source.trim()).rdev)}`;
}
