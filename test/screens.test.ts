/**
 * The first screen of the report, in situations people call for help about, on terminals of four sizes: it fits, its last
 * lines are the answer, and it is what docs/screens shows. `npm run screens` writes those anew: look at the diff.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { displayColumns } from './support/display-columns.ts';
import { program } from './support/diskwhy.ts';
import { screenInTmux } from './support/in-tmux.ts';
import { needsTool, unless } from './support/requirements.ts';
import { tempFolder } from './support/temp-folder.ts';
import { buildTree, directory, file } from './support/tree.ts';
import { situations } from './screens/situations.ts';
import { SIZES } from './screens/stage.ts';
import type { Size } from './screens/stage.ts';

const kept = path.resolve(import.meta.dirname, '../docs/screens');
const isUpdate = process.env['UPDATE_SCREENS'] === '1';
const fileOf = (name: string): string => path.join(kept, `${name}.txt`);

suite('the first screen', { concurrency: 4, skip: needsTool('script') }, () => {
  for (const { name, what, skip, says, screens } of situations) {
    test(name, { skip: unless(skip, needsTool('unshare', 'chroot')) }, async () => {
      const printed = await screens();
      const shown = printed.map(visible);
      const text = documentOf(name, what, shown);
      if (isUpdate) {
        mkdirSync(kept, { recursive: true });
        writeFileSync(fileOf(name), text);
      } else
        assert.equal(masked(text), masked(readFileSync(fileOf(name), 'utf8')), `docs/screens/${name}.txt`);
      for (const [index, lines] of shown.entries()) {
        fits(lines, SIZES[index]);
        for (const said of says) assert.match(lines.join('\n'), said, `${name} at ${SIZES[index].columns}`);
        assert.match(lines.at(-1)!, /--json$/u);
        if (hasTmux)
          assert.deepEqual(
            await replayed(printed[index], SIZES[index]),
            lines.map((line) => line.trimEnd()),
          );
      }
    });
  }
});

test('in tmux it takes the size of the pane', { skip: needsTool('tmux') }, async () => {
  using home = tempFolder();
  await buildTree(`${home.path}/tree`, { logs: directory({ 'app.log': file(300_000) }), note: file(5000) });
  const command = `${process.execPath} ${program} ${home.path}/tree --no-color`;
  await Promise.all(
    SIZES.map(async (size) => {
      const lines = await screenInTmux(command, size, home.path);
      assert.match(lines.at(-1)!, /--json$/u);
      assert.match(lines.join('\n'), /free of/u);
      fits(lines, size);
      const widest = Math.max(...lines.map((line) => displayColumns(line)));
      assert.ok(widest > size.columns / 2, `${widest} of ${size.columns} columns`);
    }),
  );
});

const hasTmux = needsTool('tmux') === false;

/** What a terminal was sent, shown by tmux: nothing scrolls away, and widths are those of a real terminal. */
async function replayed(printed: string, size: Size): Promise<string[]> {
  using home = tempFolder();
  writeFileSync(`${home.path}/printed`, printed);
  return await screenInTmux(`cat ${home.path}/printed`, size, home.path);
}

test('every screen that is kept has its situation', () => {
  assert.deepEqual(readdirSync(kept).toSorted(), situations.map(({ name }) => `${name}.txt`).toSorted());
});

/** What is left on the screen: progress that was erased is gone. */
function visible(output: string): string[] {
  const lines = output.replaceAll('\r\n', '\n').split('\n');
  return lines.slice(0, -1).map((line) => line.slice(line.lastIndexOf('\u001B[K') + 1).replace(/^\[K/u, ''));
}

function fits(lines: readonly string[], { columns, rows }: Size): void {
  const taken = lines.map((line) => Math.max(1, Math.ceil(displayColumns(line) / columns)));
  const all = taken.reduce((sum, one) => sum + one, 0);
  assert.ok(all < rows, `${all} rows of ${rows}:\n${lines.join('\n')}`);
  for (const line of lines)
    // Only what is to be pasted may be wider: the terminal wraps it.
    assert.ok(displayColumns(line) <= columns || /sudo|^ +\S+ .*\//u.test(line), `${columns}: ${line}`);
}

function documentOf(name: string, what: string, shown: readonly (readonly string[])[]): string {
  const parts = shown.map((lines, index) => {
    const { columns, rows } = SIZES[index];
    return `## ${columns} × ${rows}\n\n${lines.join('\n')}\n`;
  });
  return `# ${name}: ${what}\n\n${parts.join('\n')}`;
}

/** Figures differ a little from kernel to kernel, and times always do; their widths do not. */
function masked(text: string): string {
  return text.replaceAll(/\d/gu, '0').replaceAll(/[▏▎▍▌▋▊▉█]/gu, '█');
}
