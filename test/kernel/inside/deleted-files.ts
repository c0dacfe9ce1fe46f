/** Deleted files that only the kernel holds are accounts with names, on both filesystems that list them. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { before, test } from 'node:test';
import type { AccountDetail, Ledger } from '../../../src/model/ledger.ts';
import { explainTree } from '../../support/explain-tree.ts';
import { NOBODY, needsThrowaway } from '../../support/requirements.ts';
import { explainJson } from '../../support/diskwhy.ts';
import { loopDevice, shell } from '../../support/virtual-machine/machine-shell.ts';

const skip = needsThrowaway;
const MIB = 2 ** 20;

before(() => {
  if (skip) return;
  for (const type of ['ext4', 'xfs'])
    shell(
      `mkfs.$1 -q "$2"; mkdir -p "/mnt/$1" "/mnt/$1-file" "/mnt/$1-nfs"; mount "$2" "/mnt/$1"; cd "/mnt/$1"
      fill() { dd if=/dev/urandom of="$1" bs=1M count="$2" 2>/dev/null; }
      fill image 20; losetup -f image; rm image
      fill swap 24; chmod 600 swap; mkswap -q swap; swapon swap
      fill file 12; : >/mnt/$1-target; mount --bind file /mnt/$1-target; rm file
      mkdir -p gone; mkdir /mnt/$1-gone; mount --bind gone /mnt/$1-gone; rmdir gone
      fill visible 4; mkdir share; fill share/open 16`,
      type,
      loopDevice(`/tmp/${type}`, 800),
    );
  shell(
    `modprobe nfsd; mount -t nfsd nfsd /proc/fs/nfsd; mkdir -p /run/rpcbind; rpcbind -w; rpc.nfsd 1; rpc.mountd
    exportfs -o rw,no_root_squash,insecure,fsid=0 localhost:/mnt/ext4/share
    mount -t nfs -o vers=4 localhost:/ /mnt/ext4-nfs
    exec 9</mnt/ext4-nfs/open; sleep 600 >/dev/null 2>&1 & exec 9<&-
    rm /mnt/ext4/share/open /mnt/xfs/share/open; sync`,
  );
});

const detailOf = ({ accounts }: Ledger): readonly AccountDetail[] =>
  accounts.find(({ account }) => account === 'deleted-open')!.detail;

for (const type of ['ext4', 'xfs'])
  test(`loop image, mounted file and NFS client on ${type}`, { skip }, async () => {
    const { filesystems } = await explainTree(`/mnt/${type}`);
    const detail = detailOf(filesystems[0].ledger);
    const told = detail.map(({ path, bytes, part }) => {
      assert.equal(part?.code, 'held-by-kernel');
      return [path, Math.round(bytes! / MIB), part.by];
    });
    assert.deepEqual(told.slice(0, type === 'ext4' ? 3 : 2), [
      [`/mnt/${type}/image`, 20, 'loop'],
      ...(type === 'ext4' ? [[undefined, 16, 'nfs-server']] : []),
      [`/mnt/${type}/file`, 12, 'bind-mount'],
    ]);
    const rest = filesystems[0].ledger.accounts.at(-1)!;
    assert.equal(rest.account, 'unexplained');
    assert.ok(Math.abs(rest.bytes!) < MIB, `${rest.bytes} unexplained`);
  });

test('what is swapped to cannot lose its name', { skip }, () => {
  assert.throws(() => rmSync('/mnt/ext4/swap'), { code: 'EPERM' });
  shell(
    `cd /mnt/ext4; swapoff swap; exec 9<>swap; rm swap
    ! perl -e '$place = "/proc/self/fd/9"; syscall(167, $place, 0) == 0 or die' 2>/dev/null`,
  );
});

test('an ordinary user is told what is mounted, and of the rest that it is not known', { skip }, async () => {
  const { json, stdout } = await explainJson(['/mnt/xfs'], NOBODY);
  const { accounts } = json.filesystems[0].ledger;
  const account = accounts.find((one) => one.account === 'deleted-open')!;
  assert.equal(account.bytes, 12 * MIB);
  assert.equal(account.complete, false);
  assert.equal(accounts.at(-1)!.account, 'unseen');
  assert.match(stdout, /mounted on \/mnt\/xfs-target/u);
});
