/** Spans of time in a few characters, as a running display has room for. */

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const YEAR = 365 * DAY;

const units: readonly (readonly [from: number, seconds: number, name: string])[] = [
  [2 * YEAR, YEAR, 'y'],
  [2 * DAY, DAY, 'd'],
  [100 * MINUTE, HOUR, 'h'],
  [100, MINUTE, 'min'],
  [0, 1, 's'],
];

/** "45 s", "38 min", "5 h", "3 d". */
export function durationText(seconds: number): string {
  const [, size, name] = unitOf(seconds);
  return `${Math.round(seconds / size)} ${name}`;
}

/** "38–45 min", "50 min–3 h", "~40 min" where both ends read the same. */
export function rangeText(soonest: number, latest: number): string {
  const [from, to] = [durationText(soonest), durationText(latest)];
  if (from === to) return `~${from}`;
  const [, size, name] = unitOf(soonest);
  return unitOf(latest)[2] === name ? `${Math.round(soonest / size)}–${to}` : `${from}–${to}`;
}

function unitOf(seconds: number): (typeof units)[number] {
  return units.find(([from]) => seconds >= from) ?? units.at(-1)!;
}
