/** `npm run screenshots`: pictures of the page for the README, of a disk made for it, by Debian's Chromium. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { runDiskwhy } from '../../test/support/diskwhy.ts';
import { openBrowser } from '../../test/support/browser.ts';
import { loopDisk, mountBind } from '../../test/support/mounted.ts';
import { tempFolder } from '../../test/support/temp-folder.ts';
import { buildTree } from '../../test/support/tree.ts';
import { showcase } from '../../fixtures/trees/showcase.ts';

const PLACE = '/srv/demo';
const folder = new URL('../pictures/', import.meta.url);

mkdirSync(PLACE, { recursive: true });
mkdirSync(folder, { recursive: true });
using disk = loopDisk('ext4', { megabytes: 1200 });
await buildTree(`${disk.path}/tree`, showcase());
using _ = mountBind(`${disk.path}/tree`, PLACE);
using temporary = tempFolder();
const path = `${temporary.path}/report.html`;
const { code, stderr } = await runDiskwhy(['report', PLACE, '--output', path]);
if (code !== 0) throw new Error(stderr);
await using browser = await openBrowser();
for (const colorScheme of ['light', 'dark'] as const) {
  const { page } = await browser.page({ colorScheme, width: 1000, height: 620 });
  await page.goto(`file://${path}`);
  const first = colorScheme === 'light' ? '#scheme' : '.findings';
  await page.evaluate(`document.querySelector('${first}').scrollIntoView()`);
  writeFileSync(new URL(`report-${colorScheme}.png`, folder), await page.screenshot());
}
