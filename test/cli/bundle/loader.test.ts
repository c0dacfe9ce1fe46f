import assert from 'node:assert/strict';
import childProcess from 'node:child_process';
import { test } from 'node:test';
import { Loader, WRAPPER } from '../../../src/cli/bundle/loader.ts';

/** Runs `source` as the only chunk, and tells what it exports and, so far, what it required. */
function load(source: string): { exports: unknown; required: readonly string[] } {
  const required: string[] = [];
  const chunk = { source: WRAPPER.join(source), cachedData: undefined };
  const pack = { names: [], chunk: (name: string) => (name === './a.js' ? chunk : undefined) };
  const loader = new Loader(pack, '/nowhere', (id) => {
    required.push(id);
    return process.getBuiltinModule(id);
  });
  return { exports: loader.load('./a.js'), required };
}

test('what takes long to load is loaded when it is used, and is what Node has', () => {
  const { exports, required } = load(
    `const c = require('node:child_process'); require('node:fs');
     exports.use = () => [c.spawn, 'fork' in c, 'nothing' in c, Object.keys(c), { ...c }];`,
  );
  assert.deepEqual(required, ['node:fs']);
  const used = (exports as { use: () => unknown[] }).use();
  assert.deepEqual(used, [childProcess.spawn, true, false, Object.keys(childProcess), { ...childProcess }]);
  assert.ok(required.includes('node:child_process'));
});

test('its classes can be extended', () => {
  const { exports } = load(
    `const s = require('node:stream'); exports.Own = class extends s.Transform {}; exports.Transform = s.Transform;`,
  );
  const { Own, Transform } = exports as Record<'Own' | 'Transform', new () => object>;
  assert.ok(new Own() instanceof Transform);
});
