/** What only a whole kernel has or only a machine of one's own can bear: each file of `inside` runs in a virtual one. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { needsVirtualMachine, runInMachine } from '../support/virtual-machine/virtual-machine.ts';

const files = readdirSync(`${import.meta.dirname}/inside`).map((name) => `test/kernel/inside/${name}`);

for (const file of [...files, 'test/explain/rules/quota.test.ts'])
  test(file, { skip: needsVirtualMachine }, async () => {
    const { code, output, console: said } = await runInMachine(`node --test --test-timeout=600000 ${file}`);
    assert.equal(code, 0, `${output}\n${said}`);
    assert.match(output, /^ℹ skipped 0$/mu, output);
  });
