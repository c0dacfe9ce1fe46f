/** What only a whole kernel has or only a machine of one's own can bear: each file of `inside` runs in a virtual one. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { needsVirtualMachine, runInMachine } from '../support/virtual-machine/virtual-machine.ts';

const files = readdirSync(`${import.meta.dirname}/inside`).map((name) => `test/kernel/inside/${name}`);

/** Tests that other kernels skip. */
const others = [
  'test/explain/rules/quota.test.ts',
  'test/watch/disk-state.test.ts',
  'test/cli/dead-mounts.test.ts',
];

for (const file of [...files, ...others])
  test(file, { skip: needsVirtualMachine }, async () => {
    const {
      code,
      output,
      console: said,
    } = await runInMachine(`modprobe -a fuse loop && node --test --test-timeout=600000 ${file}`);
    assert.equal(code, 0, `${output}\n${said}`);
    assert.match(output, /^ℹ skipped 0$/mu, output);
  });
