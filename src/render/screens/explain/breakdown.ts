/** When the bytes were written, what they are used for and what type they are: a few phrases each. */
import type { AgeShare } from '../../../model/breakdown.ts';
import type { ExplainRoot } from '../../../model/explain-report.ts';
import { displayName, escapeText } from '../../terminal/escape.ts';
import { flowLines } from '../../terminal/flow.ts';
import type { Screen } from '../../terminal/screen.ts';
import { formatSize } from '../../terminal/size.ts';
import { cutMiddle } from '../../terminal/text-width.ts';
import { wrapWords } from '../../terminal/wrap.ts';

/** More types than this say nothing. */
const MOST_TYPES = 6;
const MOST_EXTENSIONS = 3;

/** @param recent sentences about what was written lately. */
export function breakdownLines(
  { breakdown, tree }: Pick<ExplainRoot, 'breakdown' | 'tree'>,
  recent: readonly string[],
  screen: Screen,
): string[] {
  // A list that was written down may be without.
  const hasTimes = tree.modifiedAt !== -Infinity;
  const size = (bytes: number): string => formatSize(bytes, screen.sizes);
  const types = breakdown.byType.filter(({ diskBytes }) => diskBytes > 0).slice(0, MOST_TYPES);
  const width = screen.width;
  return [
    ...(hasTimes ? flowLines('WHEN  ', agePhrases(breakdown.byAge, size), width) : []),
    ...recent.flatMap((sentence) => wrapWords('      ', escapeText(sentence), width)),
    ...flowLines(
      'USE   ',
      breakdown.byUse
        .filter(({ diskBytes }) => diskBytes > 0)
        .map(({ use, diskBytes }) => `${use} ${size(diskBytes)}`),
      width,
    ),
    ...flowLines(
      'TYPE  ',
      types.map(({ type, diskBytes, extensions }) => {
        const sum = `${type} ${size(diskBytes)}`;
        const names = extensions
          .slice(0, MOST_EXTENSIONS)
          .map(({ extension }) => `.${displayName(extension)}`);
        if (names.length === 0) return sum;
        return `${sum} (${cutMiddle(names.join(' '), width - 'TYPE  '.length - sum.length - 3)})`;
      }),
      width,
    ),
  ];
}

/** Sums from the last hour up: what was written within a day includes the last hour. */
function agePhrases(byAge: readonly AgeShare[], size: (bytes: number) => string): string[] {
  const phrases: string[] = [];
  let sum = 0;
  for (const age of ['hour', 'day', 'week', 'month', 'year'] as const) {
    sum += bytesOf(byAge, age);
    phrases.push(`last ${age} ${size(sum)}`);
  }
  phrases.push(`older ${size(bytesOf(byAge, 'older'))}`);
  const future = bytesOf(byAge, 'future');
  if (future > 0) phrases.push(`dated in the future ${size(future)}`);
  return phrases;
}

function bytesOf(byAge: readonly AgeShare[], age: AgeShare['age']): number {
  return byAge.find((one) => one.age === age)?.diskBytes ?? 0;
}
