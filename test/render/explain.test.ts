/** The terminal report of random trees: every line fits the width, and nothing in it but colours moves a terminal. */
import assert from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { ODD_NAMES, oddNames } from '../../fixtures/trees/odd-names.ts';
import { explain } from '../../src/explain/explain.ts';
import type { ExplainRequest } from '../../src/explain/explain.ts';
import { fromText } from '../../src/model/byte-string.ts';
import type { ByteString } from '../../src/model/byte-string.ts';
import { explainLines } from '../../src/render/screens/explain/explain.ts';
import { createStyle } from '../../src/render/terminal/style.ts';
import { UNSAFE, withoutColours } from '../support/colours.ts';
import { displayColumns } from '../support/display-columns.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { nameArbitrary, treeArbitrary } from '../support/tree-arbitrary.ts';
import { buildTree } from '../support/tree.ts';

const request = (...paths: readonly (string | ByteString)[]): ExplainRequest => ({
  paths: paths.map((path) => path as ByteString),
  uid: 0,
  environment: {},
  wholeFilesystems: false,
  source: 'auto',
  threads: 1,
  exclude: [],
  crossMounts: false,
  apparent: false,
  depth: 6,
  top: 20,
  minBytes: 0,
  minShare: 0,
});

interface Look {
  readonly width: number;
  readonly color: boolean;
  readonly exact: boolean;
  readonly apparent: boolean;
}

async function check(asked: ExplainRequest, { width, color, exact, apparent }: Look): Promise<string[]> {
  const report = await explain({ ...asked, apparent });
  const lines = explainLines(report, {
    width,
    style: createStyle(color),
    sizes: { exact },
    apparent,
    top: asked.top,
  });
  for (const printed of lines.join('\n').split('\n')) {
    const line = withoutColours(printed);
    assert.doesNotMatch(line, UNSAFE);
    assert.equal(line, stripVTControlCharacters(line));
    if (!color) assert.equal(printed, line);
    assert.ok(displayColumns(line) <= width, `${displayColumns(line)} columns of ${width}: ${line}`);
  }
  return lines;
}

const lookArbitrary: fc.Arbitrary<Look> = fc.record({
  width: fc.constantFrom(60, 80, 100, 200),
  color: fc.boolean(),
  exact: fc.boolean(),
  apparent: fc.boolean(),
});

test('random trees in directories of random names', async () => {
  await fc.assert(
    fc.asyncProperty(treeArbitrary, nameArbitrary, lookArbitrary, async (description, name, look) => {
      using folder = tempFolder();
      await buildTree(`${folder.path}/all`, { [name]: { kind: 'directory', entries: description } });
      await check(request(`${folder.path}/all/${name}`), look);
    }),
    { numRuns: 60 },
  );
});

for (const width of [60, 80, 100, 200]) {
  test(`odd names, ${width} columns`, async () => {
    using folder = tempFolder();
    await buildTree(`${folder.path}/odd`, oddNames);
    for (const color of [false, true]) {
      for (const exact of [false, true]) {
        for (const apparent of [false, true]) {
          await check(request(`${folder.path}/odd`), { width, color, exact, apparent });
          const roots = Object.values(ODD_NAMES).map((name) => `${folder.path}/odd/${name}`);
          await check(request(...roots), { width, color, exact, apparent });
        }
      }
    }
  });
}

test('nothing is cut where the width does not end', async () => {
  using folder = tempFolder();
  const name = fromText(`${'long name '.repeat(20)}end`);
  await buildTree(`${folder.path}/tree`, { [name]: { kind: 'file', bytes: 10_000 } });
  const lines = await check(request(`${folder.path}/tree`), {
    width: Infinity,
    color: false,
    exact: false,
    apparent: false,
  });
  assert.ok(lines.join('\n').includes(name));
});
