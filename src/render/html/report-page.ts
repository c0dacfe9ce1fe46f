/**
 * The report as one page of HTML that needs nothing beside it: no network, and nothing runs or is drawn but what is in it,
 * which its Content-Security-Policy says by hashes. What is small is summed up, so a million entries stay below 2 MB.
 */
import { createHash } from 'node:crypto';
import type { ByteString } from '../../model/byte-string.ts';
import type { ExplainReport } from '../../model/explain-report.ts';
import type { Growth } from '../../model/growth.ts';
import { displayName } from '../terminal/escape.ts';
import { formatCount } from '../terminal/size.ts';
import { diskSection } from './disks.ts';
import { filesSection } from './files.ts';
import { findingsSection } from './findings.ts';
import { growthSection } from './growth.ts';
import { embeddedJson, escapeHtml } from './markup.ts';
import { pageScript } from './page-script.ts';
import { pageStyle } from './page-style.ts';
import { treemapCells } from './treemap.ts';

export interface PageWanted {
  readonly version: string;
  /** What files at a path are used for: "logs", "caches". */
  readonly useOf: (path: ByteString) => string;
  /** Who owns a directory or file itself; undefined where that is not known. Without it owners have no colours. */
  readonly ownerOf?: ((path: ByteString) => ByteString | undefined) | undefined;
  /** Since a snapshot, where there is one. */
  readonly growth?: PageGrowth | undefined;
}

export interface PageGrowth {
  readonly whole: Growth;
  /** Bytes by which a directory or file has grown; undefined where that is not known. */
  readonly of: (path: ByteString) => number | undefined;
}

/** A whole document. */
export function reportPage(report: ExplainReport, wanted: PageWanted): string {
  const { version, ownerOf, growth } = wanted;
  const { roots, generatedAt } = report;
  const names = roots.map(({ path }) => displayName(path));
  const cells = roots.map(({ tree }) => treemapCells(tree, { ...wanted, grownOf: growth?.of }, generatedAt));
  const made = new Date(generatedAt * 1000).toISOString().replace('T', ' ').slice(0, 16);
  const title = `What fills ${names.join(', ')}, and why`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<header>
<h1>${escapeHtml(title)}</h1>
<p class="dim">diskwhy ${escapeHtml(version)}, ${made} UTC</p>
${notes(report)}</header>
<main>
${report.filesystems.map(diskSection).join('')}${findingsSection(report)}${growth ? growthSection(growth.whole) : ''}${mapSection(names, schemesOf(ownerOf !== undefined, growth !== undefined))}${filesSection(report)}</main>
<script type="application/json" id="data">${embeddedJson(cells)}</script>
<script>${pageScript}</script>
</body>
</html>
`;
}

function policy(): string {
  return [
    "default-src 'none'",
    `style-src ${hashOf(pageStyle)}`,
    `script-src ${hashOf(pageScript)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** What makes the figures "at least". */
function notes({ scan: { problems, interrupted, excluded } }: ExplainReport): string {
  const said: string[] = [];
  if (interrupted) said.push('The scan was interrupted: this is what was read until then.');
  if (problems.count > 0)
    said.push(`${formatCount(problems.count)} paths could not be read: totals are at least what is shown.`);
  if (excluded > 0) said.push(`${formatCount(excluded)} entries were left out.`);
  return said.map((text) => `<p>${escapeHtml(text)}</p>\n`).join('');
}

/** What cells can be coloured by; the page's script has a scheme for each. */
function schemesOf(hasOwners: boolean, hasGrowth: boolean): string[] {
  return ['use', 'age', 'freeable', ...(hasOwners ? ['owner'] : []), ...(hasGrowth ? ['growth'] : [])];
}

function mapSection(names: readonly string[], schemes: readonly string[]): string {
  const options = names.map((name, index) => `<option value="${index}">${escapeHtml(name)}</option>`);
  const choice =
    names.length > 1 ? ` <label>Path <select id="root">${options.join('')}</select></label>` : '';
  return `<section><h2>Where</h2>
<p class="controls"><label>Colour by <select id="scheme">${schemes.map((scheme) => `<option>${scheme}</option>`).join('')}</select></label>${choice}</p>
<nav id="trail" aria-label="directory shown"></nav>
<div id="map" role="group" aria-label="treemap: areas are bytes; Enter opens a directory, Escape leaves it"></div>
<ul id="legend" class="legend" aria-label="colours"></ul>
<details><summary>As a table</summary><table><thead><tr><th scope="col" class="number">on disk</th><th scope="col" class="number">share</th><th scope="col">use</th><th scope="col">name</th></tr></thead><tbody id="inside"></tbody></table></details>
</section>
`;
}
