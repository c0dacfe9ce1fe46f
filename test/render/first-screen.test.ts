/** The report within one screen says what its figures may lack. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExplainReport } from '../../src/model/explain-report.ts';
import { firstScreenLines } from '../../src/render/screens/explain/first-screen.ts';
import { createStyle } from '../../src/render/terminal/style.ts';
import { explainTree } from '../support/explain-tree.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** The report as btrfs makes it where changes wait for the next commit. */
function behind(report: ExplainReport): ExplainReport {
  return {
    ...report,
    filesystems: report.filesystems.map((filesystem) => ({
      ...filesystem,
      ledger: {
        ...filesystem.ledger,
        accounts: filesystem.ledger.accounts.map((account) =>
          account.account === 'walked' ? { ...account, note: { code: 'not-committed' } as const } : account,
        ),
      },
    })),
  };
}

test('that the last changes may be missing is said in the report of one screen', async () => {
  using folder = tempFolder();
  const report = await explainTree(folder.path);
  for (const width of [60, 80, 120]) {
    const screen = {
      width,
      rows: 24,
      style: createStyle(false),
      sizes: { exact: false },
      apparent: false,
      top: 20,
      more: [],
      asRoot: [],
    };
    const said = (one: ExplainReport): string[] =>
      firstScreenLines(one, screen).filter((line) => line.startsWith('What changed in the last half minute'));
    assert.deepEqual(said(report), []);
    assert.equal(said(behind(report)).length, 1);
    assert.ok(firstScreenLines(behind(report), screen).every((line) => line.length <= width));
  }
});
