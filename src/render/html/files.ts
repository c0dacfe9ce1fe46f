/** The largest files on the page, to be filtered by what is typed. */
import type { ExplainReport } from '../../model/explain-report.ts';
import { displayName } from '../terminal/escape.ts';
import { formatAge, formatSize } from '../terminal/size.ts';
import { escapeHtml } from './markup.ts';

const MOST = 200;

export function filesSection({ scan, generatedAt }: ExplainReport): string {
  const rows = scan.largestFiles.slice(0, MOST).map(({ path, diskBytes, modifiedAt }) => {
    const cells = [
      `<td class="number">${formatSize(diskBytes, { exact: false })}</td>`,
      `<td class="number">${formatAge(generatedAt - modifiedAt)}</td>`,
      `<td><code>${escapeHtml(displayName(path))}</code></td>`,
    ];
    return `<tr>${cells.join('')}</tr>`;
  });
  if (rows.length === 0) return '';
  return `<section><h2>Largest files</h2>
<p class="controls"><label>Filter <input type="search" id="filter" autocomplete="off" spellcheck="false"></label> <output id="matches" for="filter">${rows.length} files</output></p>
<table id="files"><thead><tr><th scope="col" class="number">on disk</th><th scope="col" class="number">age</th><th scope="col">path</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></section>
`;
}
