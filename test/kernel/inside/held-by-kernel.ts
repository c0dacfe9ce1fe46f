/** What the kernel itself stands on is kept by `tmp --delete`, however it is held and whatever it is called there. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { before, test } from 'node:test';
import { runDiskwhy } from '../../support/diskwhy.ts';
import { needsThrowaway } from '../../support/requirements.ts';
import { loopDevice, shell } from '../../support/virtual-machine/machine-shell.ts';

const skip = needsThrowaway;
const ROOT = '/mnt/disk/tree';

/** Lines that make one entry of the tree that is held; `fill FILE MEGABYTES` writes, `attach FILE` prints a loop device. */
const held: Readonly<Record<string, string>> = {
  image: 'fill image 4; attach image',
  'image-in-directory':
    'mkdir image-in-directory; fill image-in-directory/image 4; attach image-in-directory/image',
  'image-by-link': 'fill image-by-link 4; ln image-by-link ../name; attach ../name',
  'image-by-namespace': `fill image-by-namespace 4
    unshare -m sh -ec "mkdir -p /mnt/elsewhere; mount --bind $PWD /mnt/elsewhere; losetup -f /mnt/elsewhere/image-by-namespace"`,
  mapped: 'fill mapped 4; echo "0 8192 linear $(attach mapped) 0" | dmsetup create linear0',
  mirrored: `mkdir mirrored; fill mirrored/one 16; fill mirrored/two 16
    mdadm -q --create /dev/md0 --run --level=1 --raid-devices=2 --metadata=1.2 --assume-clean $(attach mirrored/one) $(attach mirrored/two)`,
  swap: 'fill swap 4; chmod 600 swap; mkswap -q swap; swapon swap',
  'swap-on-image': 'fill swap-on-image 4; device=$(attach swap-on-image); mkswap -q $device; swapon $device',
  'behind-zram': `fill behind-zram 16
    attach behind-zram >/sys/block/zram0/backing_dev; echo 32M >/sys/block/zram0/disksize`,
  layers: `mkdir -p layers/lower layers/upper layers/work /mnt/layers; fill layers/lower/file 2
    mount -t overlay -o lowerdir=$PWD/layers/lower,upperdir=$PWD/layers/upper,workdir=$PWD/layers/work layers /mnt/layers`,
  'layers-relative': `mkdir -p layers-relative/lower layers-relative/upper layers-relative/work /mnt/relative; fill layers-relative/lower/file 2
    (cd layers-relative; mount -t overlay -o lowerdir=lower,upperdir=upper,workdir=work relative /mnt/relative)`,
  'layers-deep': `mkdir -p layers-deep/a/lower layers-deep/a/upper layers-deep/a/work /mnt/deep; fill layers-deep/a/lower/file 2
    (cd layers-deep/a; mount -t overlay -o lowerdir=lower,upperdir=upper,workdir=work deep /mnt/deep)`,
  exported: 'mkdir exported; fill exported/file 2; exportfs -o rw,fsid=0,insecure localhost:$PWD/exported',
  'exported-inside':
    'mkdir -p exported-inside/share; fill exported-inside/share/file 2; exportfs -o rw,fsid=3,insecure localhost:$PWD/exported-inside/share',
  'bound-directory':
    'mkdir -p bound-directory /mnt/bound; fill bound-directory/file 2; mount --bind bound-directory /mnt/bound',
  'bound-file': 'fill bound-file 2; : >/mnt/file; mount --bind bound-file /mnt/file',
  'bound-elsewhere': `mkdir bound-elsewhere; fill bound-elsewhere/file 2; mkfifo /tmp/bound
    unshare -m sh -ec "mount --bind $PWD/bound-elsewhere /mnt/layers; echo >/tmp/bound; exec sleep 600" >/dev/null 2>&1 &
    read -r _ </tmp/bound`,
  'mounted-inside': `mkdir -p mounted-inside/on; mount -t tmpfs inside mounted-inside/on`,
};

/** More bytes than a page of each file, by which any change would show. */
const sums = (): string =>
  shell(
    'cd "$1"; find . -xdev -type f ! -path "./free*" ! -path "./.diskwhy*" ! -name image-by-namespace -exec sha1sum {} + | sort',
    ROOT,
  );

before(() => {
  if (skip) return;
  shell(
    `for module in dm-mod raid1 zram overlay nfsd; do modprobe $module; done
    mkfs.ext4 -q "$1"; mkdir /mnt/disk; mount "$1" /mnt/disk; mkdir "$2"; cd "$2"
    mount -t nfsd nfsd /proc/fs/nfsd; mkdir -p /run/rpcbind; rpcbind -w; rpc.nfsd 1; rpc.mountd
    fill() { dd if=/dev/urandom of="$1" bs=1M count="$2" 2>/dev/null; }
    attach() { losetup -f --show "$1"; }
    fill free 2; mkdir free-directory; fill free-directory/file 2
    ${Object.values(held).join('\n')}
    sync`,
    loopDevice('/tmp/disk', 600),
    ROOT,
  );
});

for (const options of [['--delete'], ['--delete', '--quarantine'], ['--delete', '--system']])
  test(`nothing that is held goes: tmp ${options.join(' ')}`, { skip }, async () => {
    shell('cd "$1"; mkdir -p free-directory; : >free; : >free-directory/file', ROOT);
    const canaries = sums();
    const all = ['tmp', ROOT, '--older', '0', '--min-size', '0', '--yes', '--json'];
    const { code, stdout, stderr } = await runDiskwhy([...all, ...options]);
    const { units } = JSON.parse(stdout) as {
      units: { path: string; verdict: string; reason: string; outcome: string | null }[];
    };
    const table = units.map((unit) => `${unit.path} ${unit.verdict} ${unit.outcome}: ${unit.reason}`);
    // 3: one that was judged deletable was found in use at the last moment.
    assert.equal(code, 3, [stderr, ...table].join('\n'));
    const told = new Map(units.map((unit) => [unit.path.slice(ROOT.length + 1), unit]));
    for (const name of Object.keys(held)) {
      const unit = told.get(name);
      assert.ok(unit, `${name} is told`);
      if (name === 'layers-deep') assert.equal(unit.outcome, 'skipped');
      else assert.equal(unit.verdict, name === 'mounted-inside' ? 'protected' : 'in-use', unit.reason);
      assert.ok(existsSync(`${ROOT}/${name}`), name);
    }
    assert.equal(sums(), canaries);
    for (const name of ['free', 'free-directory']) {
      assert.equal(told.get(name)?.verdict, 'deletable', told.get(name)?.reason);
      assert.ok(!existsSync(`${ROOT}/${name}`), name);
    }
  });
