/** The reasons on the page: each with its evidence and the commands that passed the gate, to be copied. */
import type { ExplainReport } from '../../model/explain-report.ts';
import type { Remedy } from '../../model/action.ts';
import type { Finding } from '../../model/finding.ts';
import { displayName, escapeText } from '../terminal/escape.ts';
import { formatShare, formatSize } from '../terminal/size.ts';
import { costText, missingText } from '../words/actions.ts';
import { freeableText } from '../words/freeable.ts';
import { saidOf } from '../words/said-of.ts';
import { escapeHtml } from './markup.ts';

const SIZES = { exact: false };
const MOST_PATHS = 20;

export function findingsSection({ findings, explained, freeable, generatedAt }: ExplainReport): string {
  if (findings.length === 0)
    return '<section><h2>Why</h2><p>Nothing stands out: no loop, nothing stale, deleted or hidden.</p></section>\n';
  const share = `findings explain ${formatSize(explained.bytes, SIZES)} of ${formatSize(explained.ofBytes, SIZES)} (${formatShare(explained.bytes, explained.ofBytes)})`;
  return `<section><h2>Why</h2>
<ol class="findings">${findings.map((finding) => item(finding, generatedAt)).join('')}</ol>
<p>${escapeHtml(share)}</p>
<p class="answer">${escapeHtml(freeableText(freeable, SIZES))}</p>
</section>
`;
}

function commandHtml(line: string, remedy: Remedy): string {
  const cost = [missingText(remedy), costText(remedy.action)].filter((text) => text !== '').join('; ');
  return `<div class="command"><code>${escapeHtml(line)}</code> <button type="button" class="copy" aria-label="copy: ${escapeHtml(line)}">copy</button><span class="cost">${escapeHtml(cost)}</span></div>`;
}

function item(finding: Finding, nowSeconds: number): string {
  const { title, evidence, advice } = saidOf(finding, nowSeconds);
  const { claimedBytes, paths, remedies } = finding;
  const size = claimedBytes > 0 ? `<span class="size">${formatSize(claimedBytes, SIZES)}</span> ` : '';
  const commands = remedies.flatMap((remedy) =>
    remedy.line === undefined ? [] : [commandHtml(remedy.line, remedy)],
  );
  const places = paths
    .slice(0, MOST_PATHS)
    .map((path) => `<li><code>${escapeHtml(displayName(path))}</code></li>`);
  const more = paths.length > MOST_PATHS ? `<li>and ${paths.length - MOST_PATHS} more</li>` : '';
  return `<li><h3>${size}${escapeHtml(escapeText(title))}</h3>
<ul class="places">${places.join('')}${more}</ul>
${evidence.map((sentence) => `<p>${escapeHtml(escapeText(sentence))}</p>`).join('')}
<p class="advice">→ ${escapeHtml(escapeText(advice))}</p>
${commands.join('')}</li>
`;
}
