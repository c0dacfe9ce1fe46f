/** Ages as people write them: `90m`, `12h`, `2 days`, `1w`, `3mo`, `1y`, `1d12h`, and ISO 8601's `P2D`, `PT90M`. */

const SECOND_MS = 1000;
const DAY_MS = 86_400 * SECOND_MS;

/** Longest first: that is the order in which several are written. A month is 30 days, a year 365. */
const units: readonly { readonly ms: number; readonly names: readonly string[]; readonly iso: string }[] = [
  { ms: 365 * DAY_MS, names: ['y', 'yr', 'yrs', 'year', 'years'], iso: 'Y' },
  { ms: 30 * DAY_MS, names: ['mo', 'mos', 'mon', 'month', 'months'], iso: 'M' },
  { ms: 7 * DAY_MS, names: ['w', 'wk', 'wks', 'week', 'weeks'], iso: 'W' },
  { ms: DAY_MS, names: ['d', 'day', 'days'], iso: 'D' },
  { ms: 3600 * SECOND_MS, names: ['h', 'hr', 'hrs', 'hour', 'hours'], iso: 'TH' },
  { ms: 60 * SECOND_MS, names: ['m', 'min', 'mins', 'minute', 'minutes'], iso: 'TM' },
  { ms: SECOND_MS, names: ['s', 'sec', 'secs', 'second', 'seconds'], iso: 'TS' },
  { ms: 1, names: ['ms', 'millisecond', 'milliseconds'], iso: '' },
];

const NUMBER = String.raw`\d+(?:\.\d+)?`;
const whole = new RegExp(String.raw`^(?:${NUMBER}\s*[a-z]+\s*)+$`, 'iu');
const part = new RegExp(String.raw`(${NUMBER})\s*([a-z]+)`, 'giu');
const iso = new RegExp(`^P(?=.)((?:${NUMBER}[YMWD])*)(?:T((?:${NUMBER}[HMS])+))?$`, 'iu');

/** Some write M for months, some for minutes, and both mean what they delete by it. */
export function isMonthOrMinute(text: string): boolean {
  return /^[\d.\s]+M$/u.test(text.trim());
}

/**
 * Milliseconds meant by `text`: numbers with units, the longer before the shorter, or a duration of ISO 8601. A bare
 * number is refused, `0` excepted, and so is a single `M`: nobody can know what is meant. Undefined where it is no age.
 */
export function parseAge(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed === '0') return 0;
  if (isMonthOrMinute(trimmed)) return undefined;
  const duration = iso.exec(trimmed);
  if (duration) {
    const [, days = '', time = ''] = duration;
    return sumOf([...partsOf(days, ''), ...partsOf(time, 'T')]);
  }
  return whole.test(trimmed) ? sumOf(namedParts(trimmed)) : undefined;
}

/** A number, and the index of its unit; -1 for a name that is none. */
type Part = readonly [count: number, unit: number];

function namedParts(text: string): Part[] {
  return [...text.matchAll(part)].map(([, count, name]) => [
    Number(count),
    units.findIndex(({ names }) => names.includes(name.toLowerCase())),
  ]);
}

function partsOf(text: string, prefix: '' | 'T'): Part[] {
  return [...text.matchAll(part)].map(([, count, name]) => [
    Number(count),
    units.findIndex((unit) => unit.iso === prefix + name.toUpperCase()),
  ]);
}

function sumOf(parts: readonly Part[]): number | undefined {
  let sum = 0;
  let last = -1;
  for (const [count, unit] of parts) {
    if (unit <= last) return undefined;
    sum += count * units[unit].ms;
    last = unit;
  }
  const rounded = Math.round(sum);
  return parts.length > 0 && Number.isSafeInteger(rounded) ? rounded : undefined;
}
