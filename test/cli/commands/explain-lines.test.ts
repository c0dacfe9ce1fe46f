/** `--ndjson`: every directory a line, as find(1) counts them, and each line as its schema says. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { readDocument } from '../../support/document.ts';
import { runDiskwhy } from '../../support/diskwhy.ts';
import { find } from '../../support/find.ts';
import { needsTool } from '../../support/requirements.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { treeArbitrary } from '../../support/tree-arbitrary.ts';
import { buildTree, directory, file } from '../../support/tree.ts';

interface Line {
  readonly type: string;
  readonly path: string;
  readonly pathBase64?: string;
  readonly depth: number;
  readonly diskBytes: number;
  readonly apparentBytes: number;
  readonly freeableBytes: number;
  readonly entries: number;
}

async function linesOf(...args: readonly string[]): Promise<Line[]> {
  const { code, stdout, stderr } = await runDiskwhy([...args, '--ndjson', '--top', '0']);
  assert.deepEqual([code, stderr], [0, '']);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => readDocument(line) as Line);
}

const nameOf = ({ path, pathBase64 }: Line): string =>
  Buffer.from(pathBase64 ?? Buffer.from(path).toString('base64'), 'base64').toString('latin1');

test('directories of random trees are those of find', { skip: needsTool('find') }, async () => {
  await fc.assert(
    fc.asyncProperty(treeArbitrary, async (tree) => {
      using folder = tempFolder();
      await buildTree(`${folder.path}/root`, tree);
      const lines = await linesOf(`${folder.path}/root`);
      const told = lines
        .filter(({ type }) => type === 'directory')
        .map((line) => [
          line.depth,
          line.depth === 0 ? '' : nameOf(line).split('/').at(-1)!,
          line.diskBytes,
          line.apparentBytes,
          line.freeableBytes,
          line.entries,
        ]);
      const found = find(`${folder.path}/root`).directories.map((one) => [
        one.depth,
        one.name,
        one.diskBytes,
        one.apparentBytes,
        one.freeableBytes,
        one.entries,
      ]);
      const inOrder = (rows: (string | number)[][]): string[] => rows.map((row) => row.join(' ')).toSorted();
      assert.deepEqual(inOrder(told), inOrder(found));
      assert.deepEqual([lines[0].type, lines.at(-1)!.type], ['report', 'end']);
    }),
    { numRuns: 15 },
  );
});

test('--min-size leaves out smaller directories; --json beside it is refused', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/root`, {
    large: directory({ inner: directory({ x: file(3_000_000) }) }),
    small: directory({ y: file(10) }),
  });
  const lines = await linesOf(`${folder.path}/root`, '--min-size', '1M');
  const names = lines.filter(({ type }) => type === 'directory').map(({ path }) => path.split('/').at(-1));
  assert.deepEqual(names, ['root', 'large', 'inner']);
  const both = await runDiskwhy([`${folder.path}/root`, '--ndjson', '--json']);
  assert.deepEqual([both.code, both.stdout], [2, '']);
});
