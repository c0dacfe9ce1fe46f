/** The findings: why the disk is full, by the bytes each explains, with what a person can check and what to do. */
import type { ExplainReport } from '../../../model/explain-report.ts';
import { freeableText } from '../../words/freeable.ts';
import type { Screen } from '../../terminal/screen.ts';
import { formatShare, formatSize } from '../../terminal/size.ts';
import { wrapWords } from '../../terminal/wrap.ts';
import { findingParts } from './finding-parts.ts';

/** The JSON has all evidence; on a screen the first sentences count. */
const MOST_SENTENCES = 2;

/** What is said beside WHEN, where the times are. */
export const SHOWN_WITH_TIMES = 'recent-growth';

export function whyLines(report: ExplainReport, screen: Screen): string[] {
  const { style } = screen;
  const told = report.findings.filter(({ rule }) => rule !== SHOWN_WITH_TIMES);
  if (told.length === 0) return [];
  const shown = findingParts(told.slice(0, screen.top), report.generatedAt, screen);
  const lines = [style.bold('WHY')];
  for (const { head, evidence, advice, command, cost } of shown)
    lines.push(...head, ...evidence.slice(0, MOST_SENTENCES).flat(), ...advice, ...command, ...cost);
  const more = told.length - shown.length;
  if (more > 0) lines.push(style.dim(`    and ${more} more: --top ${told.length}`));
  lines.push(
    ...wrapWords('    ', explainedText(report, screen), screen.width),
    ...wrapWords('    ', freeableText(report.freeable, screen.sizes), screen.width),
  );
  return lines;
}

/** "findings explain 820.0 MiB of 820.1 MiB used (100 %)" */
export function explainedText(
  { explained: { scope, bytes, ofBytes } }: ExplainReport,
  { sizes }: Screen,
): string {
  const of = scope === 'filesystem' ? 'used' : 'here';
  return `findings explain ${formatSize(bytes, sizes)} of ${formatSize(ofBytes, sizes)} ${of} (${formatShare(bytes, ofBytes)})`;
}
