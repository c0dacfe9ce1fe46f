/** The list of everything that was found, to go from a reason to its place. */
import type { Finding } from '../../../model/finding.ts';
import { displayName, escapeText } from '../../terminal/escape.ts';
import { formatSize } from '../../terminal/size.ts';
import { cutEnd, cutMiddle, textWidth } from '../../terminal/text-width.ts';
import { wrapWords } from '../../terminal/wrap.ts';
import { saidOf } from '../../words/said-of.ts';
import type { BrowseScreen, Overlay } from './browse-view.ts';

const SIZE_WIDTH = 10;
const EXACT_MORE = 11;
/** Lines about the finding under the cursor. */
const MOST_SAID = 4;

/** @param room lines there are. */
export function whyListLines(
  { findings, cursor, freeable }: Extract<Overlay, { what: 'why' }>,
  nowSeconds: number,
  screen: BrowseScreen,
  room: number,
): string[] {
  const { style, width, sizes } = screen;
  const least = freeable.isExact ? '' : 'at least ';
  const title = `WHY   safe to free now ${least}${formatSize(freeable.safeBytes, sizes)}`;
  const lines = [style.bold(cutEnd(title, width))];
  if (findings.length === 0) return [...lines, 'nothing was found that explains much'];
  const said = saidLines(findings[cursor], nowSeconds, screen);
  const rows = Math.max(1, room - said.length);
  const top = Math.max(0, Math.min(cursor - Math.floor(rows / 2), findings.length - rows));
  for (const [at, finding] of findings.slice(top, top + rows).entries()) {
    const isCurrent = top + at === cursor;
    lines.push(findingLine(finding, isCurrent, nowSeconds, screen));
    if (isCurrent) lines.push(...said);
  }
  return lines;
}

function findingLine(finding: Finding, isCurrent: boolean, nowSeconds: number, screen: BrowseScreen): string {
  const { style, width, sizes } = screen;
  const { claimedBytes, paths } = finding;
  const size = (claimedBytes > 0 ? formatSize(claimedBytes, sizes) : '–').padStart(
    SIZE_WIDTH + (sizes.exact ? EXACT_MORE : 0),
  );
  const { title } = saidOf(finding, nowSeconds);
  const head = cutEnd(`${isCurrent ? '>' : ' '} ${size}  ${title}`, width);
  const left = width - textWidth(head) - 2;
  const [path] = paths;
  const where = path === undefined || left < 8 ? '' : `  ${cutMiddle(displayName(path), left)}`;
  return isCurrent ? style.bold(head) + where : head + where;
}

function saidLines(finding: Finding, nowSeconds: number, screen: BrowseScreen): string[] {
  const { evidence, advice } = saidOf(finding, nowSeconds);
  const indent = ' '.repeat(4);
  const first = evidence.slice(0, 1).flatMap((one) => wrapWords(indent, escapeText(one), screen.width));
  return [
    ...first.slice(0, MOST_SAID - 1),
    ...wrapWords(`${indent}→ `, escapeText(advice), screen.width),
  ].slice(0, MOST_SAID);
}
