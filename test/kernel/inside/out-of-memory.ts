/** A program that the kernel kills for memory again and again: its log says "signal 9", the kernel's log says why. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { runDiskwhy } from '../../support/diskwhy.ts';
import { needsThrowaway } from '../../support/requirements.ts';
import { shell } from '../../support/virtual-machine/machine-shell.ts';

const skip = needsThrowaway;
const STARTS = 30;

before(() => {
  if (skip) return;
  // A supervisor that starts it again, in a control group of 20 MiB.
  shell(
    `echo +memory >/sys/fs/cgroup/cgroup.subtree_control; mkdir /sys/fs/cgroup/shop; echo 20M >/sys/fs/cgroup/shop/memory.max
    cp /usr/bin/perl /tmp/shopd
    say() { echo "$(date +%Y-%m-%dT%H:%M:%S) $1" >>/tmp/shop.log; }
    for start in $(seq $1); do
      say "INFO spawned: 'shopd' with pid $((400 + start))"; say 'INFO reading the catalogue'
      sh -c 'echo $$ >/sys/fs/cgroup/shop/cgroup.procs; exec /tmp/shopd -e "\\$much = q(x) x (200 << 20)"' || true
      say "WARN exited: shopd (terminated by SIGKILL; not expected)"
    done`,
    String(STARTS),
  );
});

test('a real kill for memory is the cause of the loop', { skip }, async () => {
  const { stdout } = await runDiskwhy(['log', '/tmp/shop.log', '--json']);
  const { files } = JSON.parse(stdout) as { files: { verdict: string; evidence: string[] }[] };
  assert.equal(files[0].verdict, 'restart-loop', stdout);
  assert.match(stdout, /killed-for-memory/u);
  assert.match(
    files[0].evidence.join('\n'),
    new RegExp(`killed shopd for memory, ${STARTS} times`, 'u'),
    stdout,
  );
});
