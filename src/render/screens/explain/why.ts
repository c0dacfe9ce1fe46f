/** The findings: why the disk is full, by the bytes each explains, with what a person can check and what to do. */
import type { ExplainReport } from '../../../model/explain-report.ts';
import type { Finding } from '../../../model/finding.ts';
import type { Freeable } from '../../../model/free-plan.ts';
import { costText } from '../../words/actions.ts';
import { saidOf } from '../../words/said-of.ts';
import type { SaidOfFinding } from '../../words/said-of.ts';
import { displayName, escapeText } from '../../terminal/escape.ts';
import { layoutWidth } from '../../terminal/screen.ts';
import type { Screen } from '../../terminal/screen.ts';
import { formatShare, formatSize } from '../../terminal/size.ts';
import { cutMiddle, textWidth } from '../../terminal/text-width.ts';
import { wrapCommand, wrapWords } from '../../terminal/wrap.ts';

/** The JSON has all evidence; on a screen the first sentences count. */
const MOST_SENTENCES = 2;
/** A path in less room than this goes below its title. */
const LEAST_PATH = 24;

/** What is said beside WHEN, where the times are. */
export const SHOWN_WITH_TIMES = 'recent-growth';

export function whyLines(
  { findings, explained, freeable, generatedAt }: ExplainReport,
  screen: Screen,
): string[] {
  const { style, sizes } = screen;
  const told = findings.filter(({ rule }) => rule !== SHOWN_WITH_TIMES);
  if (told.length === 0) return [];
  const shown = told.slice(0, screen.top).map((finding) => ({ ...saidOf(finding, generatedAt), finding }));
  const figures = shown.map(({ finding }) => sizeOfFinding(finding, screen));
  const columns = {
    number: String(shown.length).length + 1,
    size: Math.max(...figures.map(textWidth)),
    title: Math.max(...shown.map(({ title }) => textWidth(title))),
  };
  const lines = [style.bold('WHY')];
  for (const [index, said] of shown.entries()) {
    const number = String(index + 1).padStart(columns.number);
    const figure = figures[index].padStart(columns.size);
    lines.push(...findingLines(said, `${number}  ${figure}  `, columns.title, screen));
  }
  const more = told.length - shown.length;
  if (more > 0) lines.push(style.dim(`    and ${more} more: --top ${told.length}`));
  const of = explained.scope === 'filesystem' ? 'used' : 'here';
  const share = `${formatSize(explained.bytes, sizes)} of ${formatSize(explained.ofBytes, sizes)} ${of}`;
  lines.push(
    ...wrapWords(
      '    ',
      `findings explain ${share} (${formatShare(explained.bytes, explained.ofBytes)})`,
      layoutWidth(screen),
    ),
    ...wrapWords('    ', freeableText(freeable, screen), layoutWidth(screen)),
  );
  return lines;
}

/** What the commands above give back together. */
function freeableText({ safeBytes, reviewBytes, isExact }: Freeable, { sizes }: Screen): string {
  const least = isExact ? '' : 'at least ';
  if (safeBytes + reviewBytes === 0)
    return 'no command gives anything back by itself: it is for people to decide';
  return `safe to free now ${least}${formatSize(safeBytes, sizes)}, after review ${least}${formatSize(reviewBytes, sizes)} more`;
}

/** What the finding explains; nothing where it only informs. */
function sizeOfFinding({ claimedBytes }: Finding, { sizes }: Screen): string {
  return claimedBytes > 0 ? formatSize(claimedBytes, sizes) : '–';
}

function findingLines(
  { title, evidence, advice, finding }: SaidOfFinding & { readonly finding: Finding },
  head: string,
  titleWidth: number,
  screen: Screen,
): string[] {
  const { paths, remedies, diskBytes, claimedBytes } = finding;
  const { style } = screen;
  const width = layoutWidth(screen);
  const indent = ' '.repeat(head.length);
  const of = claimedBytes > 0 && claimedBytes < diskBytes ? ` of ${formatSize(diskBytes, screen.sizes)}` : '';
  const where =
    paths.length === 0 ? '' : displayName(paths[0]) + (paths.length > 1 ? `, ${paths.length - 1} more` : '');
  const room = screen.width - head.length - titleWidth - 2;
  const lines: string[] = [];
  if (where === '' || room < Math.min(LEAST_PATH, textWidth(where))) {
    lines.push(head + style.bold(title + of));
    if (where !== '') lines.push(indent + cutMiddle(where, screen.width - indent.length));
  } else {
    const padding = ' '.repeat(Math.max(0, titleWidth - textWidth(title)) + 2);
    lines.push(head + style.bold(title) + padding + cutMiddle(where, room));
  }
  for (const sentence of evidence.slice(0, MOST_SENTENCES))
    lines.push(...wrapWords(indent, escapeText(sentence), width));
  lines.push(...wrapWords(`${indent}→ `, escapeText(advice), width));
  const [first] = remedies;
  if (first?.line !== undefined) {
    lines.push(...wrapCommand(`${indent}  `, first.line, width).map(style.good));
    const cost = costText(first.action);
    if (cost !== '') lines.push(...wrapWords(`${indent}  `, cost, width).map(style.dim));
  }
  return lines;
}
