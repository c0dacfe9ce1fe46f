/** File servers that are gone, and a FUSE process that is stopped: every command ends after --timeout and tells them. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { runDiskwhy } from '../../support/diskwhy.ts';
import { needsThrowaway } from '../../support/requirements.ts';
import { loopDevice, shell } from '../../support/virtual-machine/machine-shell.ts';

const skip = needsThrowaway;
const DEAD = ['fuse', 'hard', 'old', 'soft'];
/** What a mount costs, and an emulated processor. */
const MOST_MS = 60_000;

before(() => {
  if (skip) return;
  shell(
    `modprobe -a nfsd fuse; mkdir -p /mnt/disk /mnt/served; mkfs.ext4 -q "$1"; mount "$1" /mnt/disk
    mkfs.ext4 -q "$2"; mount "$2" /mnt/served; mkdir /mnt/disk/old /mnt/disk/soft /mnt/disk/hard /mnt/disk/fuse /mnt/disk/unit
    dd if=/dev/zero of=/mnt/disk/unit/file bs=1M count=30 2>/dev/null
    mount -t nfsd nfsd /proc/fs/nfsd; mkdir -p /run/rpcbind; rpcbind -w; rpc.nfsd 1; rpc.mountd
    exportfs -o rw,insecure,fsid=0 localhost:/mnt/served
    mount -t nfs -o vers=4,hard,actimeo=1 localhost:/ /mnt/disk/hard
    mount -t nfs -o vers=4,soft,timeo=600,actimeo=1 localhost:/ /mnt/disk/soft
    mount -t nfs -o vers=3,hard,nolock,actimeo=1 localhost:/mnt/served /mnt/disk/old
    truncate -s 20M /tmp/image; mkfs.ext4 -q /tmp/image; fuse2fs -o ro /tmp/image /mnt/disk/fuse`,
    loopDevice('/tmp/disk', 200),
    loopDevice('/tmp/served', 100),
  );
});

const problemsIn = (text: string): string[] => {
  const { problems } = JSON.parse(text) as {
    problems: { items: { path: string; operation: string; code: string }[] };
  };
  return problems.items.map(({ path, code }) => `${code} ${path}`).toSorted();
};

test('alive, nothing is wrong with them', { skip }, async () => {
  const { code, stdout } = await runDiskwhy(['/mnt/disk', '--json']);
  assert.deepEqual([code, problemsIn(stdout)], [0, []]);
});

/** Long enough that the attributes that clients know are out of date. */
const kill = (): string => shell('rpc.nfsd 0; kill -STOP $(pidof fuse2fs); sleep 3');

test('the server is gone and the process stands still', { skip }, async (t) => {
  kill();
  const commands: Readonly<Record<string, readonly string[]>> = {
    report: ['/mnt/disk'],
    tmp: ['tmp', '/mnt/disk', '--older', '0'],
    'tmp --delete': ['tmp', '/mnt/disk', '--older', '0', '--delete', '--yes'],
    free: ['free', '1G', '/mnt/disk'],
  };
  for (const [name, words] of Object.entries(commands))
    await t.test(name, { timeout: MOST_MS }, async () => {
      const { code, stdout, stderr } = await runDiskwhy([...words, '--json', '--timeout', '2s']);
      assert.equal(code, 3, stderr);
      if (name === 'free') for (const one of DEAD) assert.match(stderr + stdout, new RegExp(`/${one}`, 'u'));
      else
        assert.deepEqual(
          problemsIn(stdout),
          DEAD.map((one) => `ETIMEDOUT /mnt/disk/${one}`),
        );
    });
  for (const one of DEAD)
    await t.test(`${one}, named`, { timeout: MOST_MS }, async () => {
      const { code, stderr } = await runDiskwhy([`/mnt/disk/${one}`, '--timeout', '2s']);
      assert.equal(code, 3, stderr);
      assert.match(stderr, new RegExp(`/mnt/disk/${one}: its filesystem does not answer`, 'u'));
    });
});
