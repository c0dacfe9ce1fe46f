/** Said once where a report is made from a file: what it is of, and what it cannot know. */
import type { ExplainReport } from '../../../model/explain-report.ts';
import { displayName, escapeText } from '../../terminal/escape.ts';
import type { Screen } from '../../terminal/screen.ts';
import { wrapWords } from '../../terminal/wrap.ts';

export function recordedLines({ from, roots }: ExplainReport, screen: Screen): string[] {
  if (!from) return [];
  const source = from.path === '-' ? 'standard input' : displayName(from.path);
  const by = from.program === '' ? '' : ` by ${escapeText(from.program)}`;
  const at = new Date(from.writtenAt * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const { width } = screen;
  return [
    ...wrapWords(
      '',
      `${displayName(roots[0].path)} as written down${by} on ${at} UTC, from ${source}`,
      width,
    ),
    ...wrapWords(
      '',
      'Missing, because only the machine itself can tell: how full its disk is, why, who holds or owns what, and what to do.',
      width,
    ).map(screen.style.dim),
  ];
}
