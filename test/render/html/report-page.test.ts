/** The page of `--html` in a browser: it works, keeps quiet, asks nothing of a network, and names in it stay text. */
import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { after, before, suite, test } from 'node:test';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { reportPage } from '../../../src/render/html/report-page.ts';
import { fromText } from '../../../src/model/byte-string.ts';
import type { Growth } from '../../../src/model/growth.ts';
import { escapeHtml, embeddedJson } from '../../../src/render/html/markup.ts';
import type { Cell } from '../../../src/render/html/treemap.ts';
import { useOfPath } from '../../../src/scan/scan.ts';
import { openBrowser, needsBrowser } from '../../support/browser.ts';
import type { Browser, Look } from '../../support/browser.ts';
import { finished, startDiskwhy } from '../../support/diskwhy.ts';
import { explainTree } from '../../support/explain-tree.ts';
import { needsMount, unless } from '../../support/requirements.ts';
import { MIB, ruleDisk } from '../../support/rule-disk.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import type { TempFolder } from '../../support/temp-folder.ts';
import { content, directory, file } from '../../support/tree.ts';

/** Each would show itself if it were more than text. */
const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '<!--<script>',
  '"onmouseover="alert(1)',
  "'><svg onload=alert(1)>",
  '&lt;b&gt;',
  '\u001B]0;title\u0007',
  '\u202Egnp.exe',
  '${alert(1)}',
  'a\nb',
];

const GROWTH: Growth = {
  takenAt: 1_700_000_000,
  complete: true,
  oldBytes: 20 * MIB,
  newBytes: 24 * MIB,
  places: [
    { path: fromText(`/${HOSTILE[0]}`), kind: 'changed', deltaBytes: 6 * MIB },
    { path: fromText('/gone'), kind: 'gone', deltaBytes: -3 * MIB },
  ],
  rest: { count: 2, deltaBytes: MIB },
};

test('text stays text', () => {
  for (const name of HOSTILE) {
    assert.doesNotMatch(escapeHtml(name), /[<>"']/u);
    assert.doesNotMatch(embeddedJson({ name }), /</u);
    assert.deepEqual(JSON.parse(embeddedJson({ name })), { name });
  }
});

suite('in a browser', { skip: unless(needsBrowser, needsMount) }, () => {
  let folder: TempFolder;
  let browser: Browser;
  let path: string;
  before(async () => {
    folder = tempFolder();
    path = `${folder.path}/page.html`;
    const hostile = Object.fromEntries(
      HOSTILE.map((name) => [Buffer.from(name.replaceAll('/', '-')).toString('latin1'), file(2 * MIB)]),
    );
    using disk = await ruleDisk({
      hostile: directory(hostile),
      log: directory({ 'app.log': content('x\n', 5 * MIB), old: directory({ 'app.log.1': file(3 * MIB) }) }),
      home: directory({ '.cache': directory({ pip: directory({ http: file(4 * MIB) }) }) }),
    });
    const report = await explainTree(disk.path, { depth: 9, top: 100, home: `${disk.path}/home` });
    writeFileSync(
      path,
      reportPage(report, {
        version: '1.2.3',
        useOf: (one) => useOfPath(one).use,
        ownerOf: (one) => (one.includes('hostile') ? fromText(HOSTILE[0]) : fromText('root')),
        growth: { whole: GROWTH, of: (one) => (one.includes('hostile') ? undefined : 2 * MIB) },
      }),
    );
    browser = await openBrowser();
  });
  after(async () => {
    await browser[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  async function opened(look: Look = {}): Promise<{ page: Page; said: readonly string[] }> {
    const { page, said } = await browser.page(look);
    await page.goto(`file://${path}`);
    return { page, said };
  }

  /** In parts of the map, and the bytes it says. */
  const areas = (page: Page): Promise<{ share: number; bytes: number }[]> =>
    page.locator('.cell').evaluateAll((cells) =>
      cells.map((cell) => {
        const { style, dataset } = cell as unknown as {
          style: Record<'width' | 'height', string>;
          dataset: { bytes: string };
        };
        return {
          share: (Number.parseFloat(style.width) * Number.parseFloat(style.height)) / 10_000,
          bytes: Number(dataset.bytes),
        };
      }),
    );

  const assertWhole = (cells: readonly { share: number; bytes: number }[]): void => {
    const bytes = cells.reduce((sum, cell) => sum + cell.bytes, 0);
    const share = cells.reduce((sum, cell) => sum + cell.share, 0);
    assert.ok(Math.abs(share - 1) < 0.001, `areas add up to ${share}`);
    for (const cell of cells) assert.ok(Math.abs(cell.share - cell.bytes / bytes) < 0.001);
  };

  test('areas add up to all, at every level, by click and by keyboard', async () => {
    const { page, said } = await opened();
    assertWhole(await areas(page));
    const atFirst = await page.locator('.cell').count();
    assert.ok(atFirst > 3);
    await page.locator('.cell[aria-label^="hostile/"]').first().click();
    assert.equal(await page.locator('#trail button').count(), 2);
    assert.equal(await page.locator('.cell').count(), HOSTILE.length);
    assertWhole(await areas(page));
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('#trail button').count(), 1);
    assert.equal(await page.locator('.cell').count(), atFirst);
    await page.locator('.cell[aria-label^="log/"]').first().focus();
    await page.keyboard.press('Enter');
    assert.match((await page.locator('#trail').textContent()) ?? '', /log$/u);
    for (const scheme of ['age', 'freeable', 'owner', 'growth', 'use']) {
      await page.locator('#scheme').selectOption(scheme);
      assert.ok((await page.locator('#legend li').count()) > 0);
    }
    assert.deepEqual(said, []);
  });

  test('names are text, the filter finds them, commands are copied', async () => {
    const { page, said } = await opened();
    assert.equal(await page.locator('img, b').count(), 0);
    const all = await page.locator('#files tbody tr').count();
    await page.locator('#filter').fill('<IMG SRC');
    assert.equal(await page.locator('#files tbody tr:visible').count(), 1);
    assert.equal(await page.locator('#matches').textContent(), '1 file');
    await page.locator('#filter').fill('');
    assert.equal(await page.locator('#files tbody tr:visible').count(), all);
    await page.locator('.copy').first().click();
    await page.locator('.copy').first().waitFor();
    assert.match((await page.locator('.copy').first().textContent()) ?? '', /^cop(?:y|ied)$/u);
    assert.deepEqual(said, []);
  });

  test('growth since a snapshot: what grew, and a colour for it, where owners have one too', async () => {
    const { page, said } = await opened();
    const cells = await page.locator('#growth tbody tr').allInnerTexts();
    assert.deepEqual(
      cells.map((text) => text.split('\t')[0].trim()),
      ['+6.0 MiB', '−3.0 MiB', '+1.0 MiB'],
    );
    await page.locator('#scheme').selectOption('owner');
    assert.deepEqual(await page.locator('#legend li').allInnerTexts(), [HOSTILE[0], 'root']);
    await page.locator('#scheme').selectOption('growth');
    assert.ok((await page.locator('#legend li').allInnerTexts()).includes('not known'));
    assert.deepEqual(said, []);
  });

  test('no other script or style would run', async () => {
    const { page, said } = await opened();
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.ran = 1">');
      document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = 1' }))`);
    assert.equal(await page.evaluate('window.ran'), undefined);
    assert.ok(said.some((line) => line.includes('Content Security Policy')));
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing, ${colorScheme}`, async () => {
      const { page } = await opened({ colorScheme });
      await page.evaluate(axe.source);
      const { violations } = (await page.evaluate('axe.run()')) as {
        violations: readonly { id: string; nodes: readonly { html: string }[] }[];
      };
      assert.deepEqual(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`),
        [],
      );
    });
  }

  test('a phone and A4 hold it', async () => {
    const { page } = await opened({ width: 360, height: 700 });
    const width = await page.evaluate('document.documentElement.scrollWidth');
    assert.ok((width as number) <= 360, `${String(width)} pixels wide`);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    assert.match(pdf.toString('latin1'), /\/MediaBox \[\s*0 0 59[45]/u);
  });
});

/** Entries of the tree that is streamed in; a million takes some 10 s. */
const MANY = Number(process.env['DISKWHY_HTML_ENTRIES'] ?? 50_000);

/** ncdu's JSON of directories with long names, ten levels of them, and as many files as are wanted. */
function* manyEntries(files: number): Generator<string> {
  yield '[1,2,{"progname":"test","timestamp":1700000000},[{"name":"/many","asize":4096,"dsize":4096}';
  const perDirectory = 40;
  const depth = 10;
  for (let first = 0; first < files; first += perDirectory * depth) {
    let text = '';
    for (let level = 0; level < depth; level++) {
      text += `,[{"name":"${'directory'.repeat(10)}-${first}-${level}","asize":4096,"dsize":4096}`;
      for (let at = 0; at < perDirectory; at++)
        text += `,{"name":"${'f'.repeat(200)}${at}","asize":100,"dsize":${4096 * (1 + ((first + level * at) % 997))}}`;
    }
    yield text + ']'.repeat(depth);
  }
  yield ']]';
}

test(
  'many entries make no large page, and its areas add up to all',
  { timeout: 300_000 },
  async (context) => {
    using folder = tempFolder();
    const path = `${folder.path}/page.html`;
    using child = startDiskwhy(['report', '--from', '-', '-o', path]);
    const [{ code, stderr }] = await Promise.all([
      finished(child),
      pipeline(Readable.from(manyEntries(MANY)), child.stdin),
    ]);
    assert.equal(code, 0, stderr);
    assert.ok(statSync(path).size <= 2_000_000, `${statSync(path).size} bytes`);
    const data = /<script type="application\/json" id="data">(.*?)<\/script>/u.exec(
      readFileSync(path, 'utf8'),
    );
    const [cells] = JSON.parse(data![1]) as [Cell[]];
    assert.ok(cells.length > 1000);
    context.diagnostic(`${MANY} files: ${statSync(path).size} bytes, ${cells.length} cells`);
    const around = new Set(cells.map(({ p }) => p));
    const leaves = cells.filter((_, index) => !around.has(index));
    const area = leaves.reduce((sum, { r: [, , width, height] }) => sum + width * height, 0);
    assert.ok(Math.abs(area - 1) < 0.001, `areas add up to ${area}`);
    assert.equal(
      leaves.reduce((sum, { bytes }) => sum + bytes, 0),
      cells[0].bytes,
    );
  },
);
