/**
 * The golden run: what the command finds out in a fixed set of worlds, value by value, against fixtures/golden. It holds
 * a change that must not change figures. Words, times and pids are not compared, nor is the order among equals.
 * `npm run golden` writes the files anew: read their diff.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { diskWorlds } from './golden/disk-worlds.ts';
import { logWorlds } from './golden/log-worlds.ts';
import { machineWorlds } from './golden/machine-worlds.ts';
import { memoryWorlds } from './golden/memory-worlds.ts';
import { tempWorlds } from './golden/temp-worlds.ts';
import { differences } from './golden/values.ts';
import type { Values } from './golden/values.ts';

// What lies in a directory for temporary files is judged otherwise: the worlds are built in the same one everywhere.
process.env['TMPDIR'] = '/tmp';

const folder = path.resolve(import.meta.dirname, '../fixtures/golden');
const isUpdate = process.env['UPDATE_GOLDEN'] === '1';
const worlds = [...diskWorlds, ...memoryWorlds, ...machineWorlds, ...tempWorlds, ...logWorlds];
const MOST_LINES = 40;

for (const { name, skip, values } of worlds) {
  test(`golden: ${name}`, { skip }, async () => {
    const golden = path.join(folder, `${name}.json`);
    const now = await values();
    if (isUpdate) {
      writeFileSync(golden, `${JSON.stringify(now, undefined, 2)}\n`);
      return;
    }
    const lines = differences(JSON.parse(readFileSync(golden, 'utf8')) as Values, now);
    const more = lines.length > MOST_LINES ? [`and ${lines.length - MOST_LINES} more`] : [];
    assert.ok(
      lines.length === 0,
      [`not as in fixtures/golden/${name}.json:`, ...lines.slice(0, MOST_LINES), ...more].join('\n'),
    );
  });
}

test('every golden file has its world', () => {
  const names = worlds.map(({ name }) => `${name}.json`).toSorted();
  assert.equal(new Set(names).size, names.length);
  assert.deepEqual(readdirSync(folder).toSorted(), names);
});
