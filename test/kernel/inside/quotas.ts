/** Quotas that a kernel enforces, on both filesystems that have all three kinds: figures are those of repquota and xfs_quota. */
import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { findingsOf } from '../../support/explain-tree.ts';
import { needsThrowaway } from '../../support/requirements.ts';
import { loopDevice, shell } from '../../support/virtual-machine/machine-shell.ts';
import { runDiskwhy } from '../../support/diskwhy.ts';

const skip = needsThrowaway;
const KIB = 1024;

before(() => {
  if (skip) return;
  appendFileSync('/etc/passwd', 'ann:x:1234:100::/home/ann:/bin/sh\n');
  appendFileSync('/etc/group', 'staff2:x:2345:\n');
  appendFileSync('/etc/projid', 'webshop:77\n');
  shell(
    `modprobe quota_v2; mkdir -p /mnt/ext4 /mnt/xfs
    mkfs.ext4 -q -O quota,project -E quotatype=usrquota:grpquota:prjquota "$1"; mkfs.xfs -q "$2"
    mount -o usrquota,grpquota,prjquota "$1" /mnt/ext4; mount -o uquota,gquota,pquota "$2" /mnt/xfs
    for disk in /mnt/ext4 /mnt/xfs; do
      mkdir $disk/project; chmod 777 $disk $disk/project; echo "77:$disk/project" >>/etc/projects
    done
    chattr +P -p 77 /mnt/ext4/project
    xfs_quota -x -c 'project -s 77' /mnt/xfs >/dev/null`,
    loopDevice('/tmp/ext4', 400),
    loopDevice('/tmp/xfs', 600),
  );
});

/** Numbers of kibibytes and files by "kind id" as the tools print them: space used, soft, hard, files used, soft, hard. */
function oracle(disk: string): Map<string, number[]> {
  const table =
    disk === '/mnt/ext4'
      ? shell('for kind in u g P; do echo "kind $kind"; repquota -n$kind --raw-grace "$1"; done', disk)
      : shell(
          `for kind in u g p; do echo "kind $kind"; xfs_quota -x -c "report -n$kind -bi -N" "$1"; done`,
          disk,
        );
  const rows = new Map<string, number[]>();
  let kind = '';
  for (const line of table.split('\n')) {
    kind = /^kind (.)/u.exec(line)?.[1].toLowerCase() ?? kind;
    const [id, ...fields] = line
      .replaceAll(/\[.*?\]/gu, '')
      .trim()
      .split(/\s+/u);
    if (!/^#\d+$/u.test(id)) continue;
    const numbers = fields.filter((field) => /^\d+$/u.test(field) && field !== '00').map(Number);
    // repquota prints when grace ends behind each three.
    rows.set(`${kind} ${id.slice(1)}`, numbers.length > 6 ? numbers.toSpliced(3, 1) : numbers);
  }
  return rows;
}

for (const disk of ['/mnt/ext4', '/mnt/xfs'])
  test(`user, group and project at their limits on ${disk}`, { skip }, async () => {
    assert.deepEqual(await findingsOf('quota', disk), []);
    shell(
      `if [ "$1" = /mnt/ext4 ]; then
        setquota -u 1234 0 10240 0 0 $1; setquota -g 2345 0 0 0 10 $1; setquota -P 77 0 10240 0 0 $1; setquota -u 4343 0 102400 0 0 $1
      else
        xfs_quota -x -c 'limit -u bhard=10m 1234' -c 'limit -g ihard=10 2345' -c 'limit -p bhard=10m 77' -c 'limit -u bhard=100m 4343' $1
      fi
      fill() { user=$1 group=$2; shift 2; setpriv --reuid $user --regid $group --clear-groups "$@" 2>&1 || true; }
      fill 1234 100 dd if=/dev/zero of=$1/much bs=64k count=320 conv=fsync >/tmp/refused-user
      fill 4343 100 dd if=/dev/zero of=$1/project/much bs=64k count=320 conv=fsync >/tmp/refused-project
      for i in $(seq 12); do fill 4344 2345 touch $1/file-$i; done
      sync`,
      disk,
    );
    assert.match(shell('cat /tmp/refused-user'), /Disk quota exceeded/u);
    const [finding, ...more] = await findingsOf('quota', disk);
    assert.deepEqual(more, []);
    assert.equal(finding.urgent, true);
    assert.deepEqual(finding.owners.map(({ kind, name, of }) => `${kind} ${name} ${of}`).toSorted(), [
      'group staff2 inodes',
      'project webshop bytes',
      'user ann bytes',
    ]);
    const table = oracle(disk);
    for (const { kind, id, of, used, limit } of finding.owners) {
      const row = table.get(`${kind[0]} ${id}`)!;
      assert.ok(row, `${kind} ${id} is in the table`);
      const expected = of === 'bytes' ? [row[0] * KIB, row[2] * KIB] : [row[3], row[5]];
      assert.deepEqual([used, limit], expected, `${kind} ${id}`);
    }
    // What the kernel said to whoever wrote is what is said of it.
    const [, said] = /: (No space left on device|Disk quota exceeded)/u.exec(
      shell('cat /tmp/refused-project'),
    )!;
    assert.equal(said === 'No space left on device', disk === '/mnt/xfs');
    assert.ok(finding.evidence[0].includes(`"${said}"`), finding.evidence[0]);
    assert.match(finding.remedy.command!, /^quota -s -[ugP] (?:ann|staff2|webshop)$/u);
    // quota(1) ends with 1 where somebody is over his limit.
    assert.match(
      shell(`${finding.remedy.command!} || true`),
      /Disk quotas for (?:user|group|project) (?:ann|staff2|webshop)/u,
    );
    const { stdout } = await runDiskwhy(['watch', disk, '--json', '--for', '1s']);
    const told = stdout.split('\n').flatMap((line) => /"quota":(\{.*?\})/u.exec(line)?.[1] ?? []);
    assert.deepEqual(
      told
        .map((text) => JSON.parse(text) as object)
        .toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
      finding.owners
        .map((owner) => ({ ...owner }))
        .toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
    );
  });

for (const disk of ['/mnt/ext4', '/mnt/xfs'])
  test(`a soft limit whose time of grace is over refuses on ${disk}`, { skip }, async () => {
    shell(
      `if [ "$1" = /mnt/ext4 ]; then setquota -t -u 1 1 $1; setquota -u 5555 1024 102400 0 0 $1
      else xfs_quota -x -c 'timer -u -b 1s' -c 'limit -u bsoft=1m bhard=100m 5555' $1; fi
      setpriv --reuid 5555 --clear-groups dd if=/dev/zero of=$1/soft bs=64k count=32 conv=fsync 2>/dev/null
      end=$(($(date +%s) + 3)); while [ $(date +%s) -lt $end ]; do sleep 0.2; done
      ! setpriv --reuid 5555 --clear-groups dd if=/dev/zero of=$1/soft bs=64k count=32 seek=32 conv=notrunc,fsync 2>/dev/null`,
      disk,
    );
    const [finding] = await findingsOf('quota', disk);
    const owner = finding.owners.find(({ id }) => id === 5555)!;
    assert.equal(owner.limit, KIB * KIB);
    assert.ok(owner.used >= 2 * KIB * KIB);
  });

test('what is counted and not enforced refuses nobody', { skip }, async () => {
  shell('umount /mnt/ext4; mount "$(losetup -j /tmp/ext4 -O name --noheadings)" /mnt/ext4');
  assert.match(shell('repquota -un /mnt/ext4'), /#1234\s+\S+\s+10240\s+0\s+10240/u);
  assert.deepEqual(await findingsOf('quota', '/mnt/ext4'), []);
});
