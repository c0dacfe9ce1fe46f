/** Ctrl-C: a partial report, marked so, and exit 130. Patterns that take their time keep the scan going until then. */
import assert from 'node:assert/strict';
import { readdirSync, readlinkSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { after, before, suite, test } from 'node:test';
import { shapes } from '../../../fixtures/trees/shapes.ts';
import { readDocument } from '../../support/document.ts';
import { finished, startDiskwhy } from '../../support/diskwhy.ts';
import type { ExplainJson } from '../../support/diskwhy.ts';
import { du } from '../../support/du.ts';
import { CONTROL_C, onTerminal } from '../../support/pseudo-terminal.ts';
import { needsLinux, needsTool } from '../../support/requirements.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import type { TempFolder } from '../../support/temp-folder.ts';
import { buildTree } from '../../support/tree.ts';

/** Seconds of matching. */
const SLOW = Array.from({ length: 400 }, (_, index) => ['--exclude', `*a*b*c*d*e*${index}`]).flat();

suite('interrupted', { skip: needsLinux }, () => {
  let folder: TempFolder;
  let path: string;
  before(async () => {
    folder = tempFolder();
    path = `${folder.path}/tree`;
    await buildTree(path, shapes({ levels: 200, smallDirectories: 2000, flatFiles: 8000, linked: 50 }));
  });
  after(() => folder[Symbol.dispose]());

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    for (const threads of signal === 'SIGINT' ? ['1', '4'] : ['2']) {
      test(`${signal} with --json, ${threads} threads: partial and marked`, async () => {
        using child = startDiskwhy([path, '--json', '--threads', threads, ...SLOW]);
        const end = finished(child);
        await readsBelow(child.pid!, path);
        child.kill(signal);
        const { code, stdout, stderr } = await end;
        assert.deepEqual([code, stderr], [130, '']);
        const json = readDocument(stdout) as ExplainJson;
        assert.deepEqual([json.interrupted, json.complete], [true, false]);
        const { entries } = json.roots[0].totals;
        assert.ok(entries >= 1 && entries < du(path).entries);
        assert.equal(json.problems.count, 0);
      });
    }
  }

  test('the report says so', async () => {
    using child = startDiskwhy([path, ...SLOW]);
    const end = finished(child);
    await readsBelow(child.pid!, path);
    child.kill('SIGINT');
    const { code, stdout } = await end;
    assert.equal(code, 130);
    assert.match(stdout, /Interrupted/u);
  });

  test('twice at once, as by timeout(1), to the process and to its group', async () => {
    using child = startDiskwhy([path, ...SLOW]);
    const end = finished(child);
    await readsBelow(child.pid!, path);
    // Two kinds: two of one kind may become one on their way.
    child.kill('SIGINT');
    child.kill('SIGTERM');
    const { code, stdout } = await end;
    assert.equal(code, 130);
    assert.match(stdout, /Interrupted/u);
  });

  test('typed on a terminal', { skip: needsTool('script') }, async () => {
    const session = onTerminal([path, ...SLOW, '--no-color']);
    await session.shows('entries');
    session.type(CONTROL_C);
    const { code, output } = await session.finished();
    assert.equal(code, 130);
    assert.match(output, /Interrupted/u);
    assert.match(output, /all of it: --full/u);
  });
});

/** Resolves when the process has a directory below `path` open: it is in the middle of its scan. */
async function readsBelow(pid: number, path: string): Promise<void> {
  for (;;) {
    const open = readdirSync(`/proc/${pid}/fd`).some((descriptor) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${descriptor}`).startsWith(`${path}/`);
      } catch {
        return false;
      }
    });
    if (open) return;
    await nextTurn();
  }
}
