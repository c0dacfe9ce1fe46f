/** Ages: as a sentence has them. What people write is read by written-age.ts. */

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

/** "90 minutes", "36 hours", "2 days", "1 year": the largest unit that loses nothing, so that it is what was asked for. */
export function exactAgeText(ageMs: number): string {
  const unit = words.find(([length]) => ageMs % (length * 1000) === 0 && ageMs > 0);
  if (!unit) return ageMs === 0 ? '0 seconds' : `${ageMs} ms`;
  const count = ageMs / (unit[0] * 1000);
  return `${count} ${unit[1]}${count === 1 ? '' : 's'}`;
}
