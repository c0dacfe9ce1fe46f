/** Ages as a person writes them (`30m`, `2d`, `1w`), and as a sentence has them. */

const SECOND_MS = 1000;
const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: SECOND_MS,
  m: 60 * SECOND_MS,
  min: 60 * SECOND_MS,
  h: 3600 * SECOND_MS,
  d: 86_400 * SECOND_MS,
  w: 7 * 86_400 * SECOND_MS,
};

/**
 * Milliseconds meant by `text`: a number with a unit (`s m min h d w`), or several after one another (`1d12h`).
 * A bare number is refused, `0` excepted: nobody can know its unit. Undefined where `text` is no age.
 */
export function parseAge(text: string): number | undefined {
  const trimmed = text.trim().toLowerCase();
  if (trimmed === '0') return 0;
  if (!/^(?:\d+(?:\.\d+)?\s*(?:ms|min|[smhdw])\s*)+$/u.test(trimmed)) return undefined;
  let total = 0;
  for (const [, number, unit] of trimmed.matchAll(/(\d+(?:\.\d+)?)\s*(ms|min|[smhdw])/gu))
    total += Number(number) * unitMs[unit];
  const rounded = Math.round(total);
  return Number.isSafeInteger(rounded) ? rounded : undefined;
}

const words: readonly (readonly [seconds: number, word: string])[] = [
  [365 * 86_400, 'year'],
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
];

/** "3 days", "1 hour", "0 seconds": the largest unit, rounded down, so that nothing looks older than it is. */
export function ageText(seconds: number): string {
  const [length, word] = words.find(([least]) => seconds >= least) ?? [1, 'second'];
  const count = Math.max(0, Math.floor(seconds / length));
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
