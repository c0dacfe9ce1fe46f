/** The page of `--html` in a browser: it works, keeps quiet, asks nothing of a network, and names in it stay text. */
import assert from 'node:assert/strict';
import { statSync, writeFileSync } from 'node:fs';
import { after, before, suite, test } from 'node:test';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { reportPage } from '../../../src/render/html/report-page.ts';
import { escapeHtml, embeddedJson } from '../../../src/render/html/markup.ts';
import { useOfPath } from '../../../src/scan/scan.ts';
import { openBrowser, needsBrowser } from '../../support/browser.ts';
import type { Browser, Look } from '../../support/browser.ts';
import { explainTree } from '../../support/explain-tree.ts';
import { needsMount, unless } from '../../support/requirements.ts';
import { MIB, ruleDisk } from '../../support/rule-disk.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import type { TempFolder } from '../../support/temp-folder.ts';
import { buildTree, content, directory, file } from '../../support/tree.ts';

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
    writeFileSync(path, reportPage(report, { version: '1.2.3', useOf: (one) => useOfPath(one).use }));
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
    for (const scheme of ['age', 'freeable', 'use']) {
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

test('many entries make no large page', async () => {
  using folder = tempFolder();
  const many = Number(process.env['DISKWHY_HTML_DIRECTORIES'] ?? 1500);
  const names = Array.from({ length: many }, (_, index) => `${'directory'.repeat(10)}-${index}`);
  await buildTree(
    `${folder.path}/tree`,
    Object.fromEntries(names.map((name) => [name, directory({ ['f'.repeat(200)]: file(100) })])),
  );
  const report = await explainTree(`${folder.path}/tree`, { depth: 9, top: 100_000 });
  const path = `${folder.path}/page.html`;
  writeFileSync(path, reportPage(report, { version: '1', useOf: (one) => useOfPath(one).use }));
  assert.ok(statSync(path).size < 2_000_000, `${statSync(path).size} bytes`);
});
