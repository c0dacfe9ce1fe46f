/** What people call for help about, each built for real: a disk, what lies on it and who holds it. */
import { execFileSync } from 'node:child_process';
import assert from 'node:assert/strict';
import { closeSync, openSync, unlinkSync, writeFileSync, writeSync } from 'node:fs';
import { loopDisk } from '../support/mounted.ts';
import type { Mounted } from '../support/mounted.ts';
import { buildTree, content, directory, file } from '../support/tree.ts';
import type { TreeDescription } from '../support/tree.ts';
import { needsLoopDisk, needsTool, unless } from '../support/requirements.ts';
import { FEATURES } from '../golden/world.ts';
import { buildAt, screensOf } from './stage.ts';

export interface Situation {
  /** Of its file in docs/screens, too. */
  readonly name: string;
  /** What was done, for a reader. */
  readonly what: string;
  readonly skip: string | false;
  /** Each screen says at least this: what, why, and what to type. */
  readonly says: readonly RegExp[];
  readonly screens: () => Promise<readonly string[]>;
}

const GIB = 2 ** 30;
const DAY = 86_400;

/** Open before it is removed, and in one process only. */
const HOLD_DELETED = 'exec 5<"$1/var/log/trace.bin"; sleep 600 & exec 5<&-; rm "$1/var/log/trace.bin"';

const EXTENDED = 'hash_seed=6b1c4a52-7d3e-4f7a-9c55-0d1e2f3a4b5c,lazy_itable_init=1,lazy_journal_init=1';
const ID = '6b1c4a52-7d3e-4f7a-9c55-0d1e2f3a4b5c';

/** A large disk in a small file: what is put on it as reserved blocks takes none of it. */
function largeDisk(gibibytes: number, inodes = 65_536): Mounted {
  const format = [
    '-b',
    '4096',
    '-m',
    '1',
    '-O',
    FEATURES,
    '-U',
    ID,
    '-J',
    'size=16',
    '-E',
    EXTENDED,
    '-N',
    String(inodes),
  ];
  return loopDisk('ext4', { megabytes: gibibytes * 1024, format });
}

/** Blocks without content; `daysAgo` it was written. */
function fill(disk: Mounted, name: string, bytes: number, daysAgo: number): void {
  const path = `${disk.path}/${name}`;
  execFileSync('sh', [
    '-c',
    'mkdir -p "$(dirname "$1")" && fallocate -l "$2" "$1"',
    'sh',
    path,
    String(Math.round(bytes)),
  ]);
  execFileSync('touch', ['-d', `@${Math.floor(Date.now() / 1000 - daysAgo * DAY)}`, path]);
}

/** A worker that cannot bind its port and is started again, each line with its time, up to now. */
function loopText(seconds: number): string {
  const now = Math.floor(Date.now() / 1000);
  const lines: string[] = [];
  for (let at = now - seconds; at < now; at += 0.5) {
    const stamp = new Date(at * 1000).toISOString();
    const pid = 10_000 + (Math.round(at * 2) % 89_999);
    lines.push(
      `${stamp} web worker[${pid}]: starting worker 2.4.1`,
      `${stamp} web worker[${pid}]: bind 0.0.0.0:8080: Address already in use`,
      `${stamp} web worker[${pid}]: exit status 1`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function endWith(path: string, text: string): void {
  const descriptor = openSync(path, 'a');
  writeSync(descriptor, text);
  closeSync(descriptor);
}

const small: TreeDescription = {
  etc: directory({
    passwd: content('root:x:0:0:root:/root:/bin/sh\nalice:x:1000:1000::/home/alice:/bin/sh\n'),
    'os-release': content('ID=debian\nPRETTY_NAME="Debian GNU/Linux 12"\n'),
  }),
  home: directory({ alice: directory({ 'notes.txt': file(2000) }) }),
  root: directory({}),
  srv: directory({}),
  usr: directory({ bin: directory({}) }),
  tmp: directory({}),
  var: directory({
    cache: directory({}),
    lib: directory({ dpkg: directory({ status: file(1000) }) }),
    log: directory({ 'dpkg.log': file(5000) }),
  }),
};

async function usualDisk(disk: Mounted): Promise<void> {
  await buildAt(disk, small);
  fill(disk, 'var/cache/apt/archives/linux-image_6.1.0-28_amd64.deb', 0.9 * GIB, 20);
  fill(disk, 'home/alice/.cache/pip/http/a', 0.7 * GIB, 40);
}

export const situations: readonly Situation[] = [
  {
    name: 'log-loop',
    what: 'a worker that cannot bind its port is started again and again and fills /var/log',
    skip: needsLoopDisk('ext4'),
    says: [/restart loop/u, /\/var\/log\/worker\.log/u, /truncate -s 0 \/var\/log\/worker\.log/u],
    screens: async () => {
      using disk = largeDisk(40);
      await usualDisk(disk);
      fill(disk, 'var/log/worker.log', 30 * GIB, 0);
      endWith(`${disk.path}/var/log/worker.log`, loopText(3600 * 5));
      return await screensOf({ disk, type: 'ext4', mountPoint: '/', words: ['/'] });
    },
  },
  {
    name: 'deleted-open',
    what: 'somebody removed a large file, and the program that writes it still has it open',
    skip: needsLoopDisk('ext4'),
    says: [/deleted, still open/u, /held by sleep/u, /restart sleep/u],
    screens: async () => {
      using disk = largeDisk(40);
      await usualDisk(disk);
      fill(disk, 'var/log/trace.bin', 28 * GIB, 2);
      return await screensOf({ disk, type: 'ext4', mountPoint: '/', words: ['/'], before: HOLD_DELETED });
    },
  },
  {
    name: 'docker',
    what: 'layers, volumes and a container’s log take the disk of a Docker host',
    skip: needsLoopDisk('ext4'),
    says: [/[Dd]ocker/u, /docker (?:system|builder|volume|image)/u],
    screens: async () => {
      using disk = largeDisk(60);
      await usualDisk(disk);
      await buildDocker(disk);
      return await screensOf({ disk, type: 'ext4', mountPoint: '/', words: ['/'] });
    },
  },
  {
    name: 'inodes',
    what: 'no space left on device, with half of the bytes free: a program never removes its sessions',
    skip: needsLoopDisk('ext4'),
    says: [/inodes/u, /srv\/app\/sessions/u],
    screens: async () => {
      using disk = largeDisk(1, 6000);
      await buildAt(disk, small);
      await buildTree(`${disk.path}/srv/app`, { sessions: directory({}) });
      useUpInodes(`${disk.path}/srv/app/sessions`);
      return await screensOf({ disk, type: 'ext4', mountPoint: '/', words: ['/'] });
    },
  },
  {
    name: 'ordinary-user',
    what: 'the same full disk, looked at by somebody who may not see all of it',
    skip: needsLoopDisk('ext4'),
    says: [/not looked at/u, /As root it shows more: sudo/u],
    screens: async () => {
      using disk = largeDisk(40);
      await usualDisk(disk);
      fill(disk, 'root/dump.sql', 20 * GIB, 5);
      fill(disk, 'var/log/trace.bin', 8 * GIB, 2);
      execFileSync('chmod', ['700', `${disk.path}/root`]);
      return await screensOf({
        disk,
        type: 'ext4',
        mountPoint: '/',
        words: ['/'],
        before: HOLD_DELETED,
        isOrdinaryUser: true,
      });
    },
  },
  {
    name: 'foreign-root',
    what: 'a rescue system, with the disk of the machine that does not start on /mnt',
    skip: needsLoopDisk('ext4'),
    says: [/\/mnt\/var\/log\/worker\.log/u, /\/mnt/u],
    screens: async () => {
      using disk = largeDisk(40);
      await usualDisk(disk);
      fill(disk, 'var/log/worker.log', 30 * GIB, 1);
      endWith(`${disk.path}/var/log/worker.log`, loopText(3600 * 5));
      execFileSync('touch', ['-d', '1 day ago', `${disk.path}/var/log/worker.log`]);
      return await screensOf({ disk, type: 'ext4', mountPoint: '/mnt', words: ['/mnt'] });
    },
  },
  {
    name: 'btrfs-metadata',
    what: 'btrfs says no space left, with a third of the bytes free: all chunks are dealt out',
    skip: unless(needsLoopDisk('btrfs'), needsTool('python3')),
    says: [/btrfs's metadata is full/u, /btrfs balance start -dusage=5 \/srv/u],
    screens: async () => {
      using disk = loopDisk('btrfs', { megabytes: 280, format: ['-m', 'single'] });
      dealOut(disk.path);
      return await screensOf({ disk, type: 'btrfs', mountPoint: '/srv', words: ['/srv'] });
    },
  },
  {
    name: 'nothing-wrong',
    what: 'a disk with room, and nothing on it that stands out',
    skip: needsLoopDisk('ext4'),
    says: [/nothing stands out/u, /--full/u],
    screens: async () => {
      using disk = largeDisk(40);
      await buildAt(disk, small);
      await buildTree(`${disk.path}/usr/lib`, { app: directory(photos(12)) });
      await buildTree(`${disk.path}/srv/www`, { images: directory(photos(30)) });
      return await screensOf({ disk, type: 'ext4', mountPoint: '/', words: ['/'] });
    },
  },
];

function photos(count: number): TreeDescription {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`${index}.jpg`, file(400_000)]));
}

/** As a program does that makes a file per visitor, until none can be made; the stage needs a few to be built. */
function useUpInodes(path: string): void {
  let made = 0;
  assert.throws(
    () => {
      for (; ; made++) writeFileSync(`${path}/sess_${made}`, 'x');
    },
    { code: 'ENOSPC' },
  );
  for (let index = made - 40; index < made; index++) unlinkSync(`${path}/sess_${index}`);
}

async function buildDocker(disk: Mounted): Promise<void> {
  const id = 'a1'.repeat(32);
  const config = { ID: id, Name: '/web', State: { Running: true }, Config: { Image: 'nginx:1.27' } };
  await buildAt(disk, {
    docker: directory({
      buildkit: directory({ 'cache.db': file(100_000) }),
      containers: directory({ [id]: directory({ 'config.v2.json': content(JSON.stringify(config)) }) }),
      image: directory({ overlay2: directory({ 'repositories.json': file(2000) }) }),
      overlay2: directory({}),
      volumes: directory({ 'metadata.db': file(30_000) }),
    }),
  });
  execFileSync('sh', ['-c', 'mv "$1/docker" "$1/var/lib/docker"', 'sh', disk.path]);
  for (const [index, layer] of ['c', 'd', 'e'].entries())
    fill(disk, `var/lib/docker/overlay2/${layer.repeat(64)}/diff/lib`, (8 + index) * GIB, 30);
  fill(disk, 'var/lib/docker/volumes/shop_data/_data/dump', 7 * GIB, 60);
}

/** Data in all chunks, then half of it deleted, then metadata until its chunks are nearly full. */
function dealOut(path: string): void {
  const script = `
import os, subprocess, sys
os.chdir(sys.argv[1])
for n in range(57): subprocess.run(['fallocate', '-l', '4M', 'large-%d' % n], check=True)
for n in range(0, 57, 2): os.unlink('large-%d' % n)
for n in range(1, 57, 2): open('large-%d' % n, 'r+b').write(b'x' * (4 << 20))
os.mkdir('small')
try:
    for n in range(2000):
        os.close(os.open('small/%d' % n, os.O_CREAT | os.O_WRONLY))
        os.setxattr('small/%d' % n, b'user.state', b'x' * 15000)
except OSError as error:
    if error.errno != 28: raise
`;
  execFileSync('python3', ['-c', script, path]);
  execFileSync('sync', ['-f', path]);
}
