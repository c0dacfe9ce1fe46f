/** Ages as a sentence has them. */

const units = [
  [365 * 86_400, 'year'],
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
] as const;

/** "3 days", "1 hour", "0 seconds": the largest unit, rounded down. */
export function agePhrase(ageMs: number): string {
  const seconds = Math.floor(ageMs / 1000);
  const [length, name] = units.find(([one]) => seconds >= one) ?? [1, 'second'];
  const count = Math.floor(seconds / length);
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
