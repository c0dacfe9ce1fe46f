/** Calendar arithmetic for log stamps: civil date → seconds since 1970 UTC, without Date objects (it runs per line). */

/**
 * Days from 1970-01-01 to a civil date (proleptic Gregorian).
 * Source: the well-known era arithmetic; March-based years make the leap day the last one.
 */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

let lastKey = -1;
let lastDays = 0;

/** Seconds since 1970 of a date's midnight UTC. Remembers the last date: consecutive lines share it. */
export function midnightSeconds(year: number, month: number, day: number): number {
  const key = (year * 16 + month) * 32 + day;
  if (key !== lastKey) {
    lastDays = daysFromCivil(year, month, day);
    lastKey = key;
  }
  return lastDays * 86_400;
}

/** The year (UTC) that holds a moment, for stamps that name none. */
export function yearOf(seconds: number): number {
  return new Date(seconds * 1000).getUTCFullYear();
}

/** Abbreviations of %b (strftime) in three plain letters: English, then what other languages write in its place. */
const monthNames = [
  'jan ene gen',
  'feb fev',
  'mar mrt',
  'apr abr',
  'may mai mei mag',
  'jun giu',
  'jul lug',
  'aug ago',
  'sep set',
  'oct okt out ott',
  'nov',
  'dec dez dic',
];

const monthByLetters = new Map<number, number>(
  monthNames.flatMap((names, index) =>
    names
      .split(' ')
      .map((name): [number, number] => [
        (name.charCodeAt(0) << 16) | (name.charCodeAt(1) << 8) | name.charCodeAt(2),
        index + 1,
      ]),
  ),
);

/** Month 1–12 named by three letters at `at` in any case, 0 where there is none. */
export function monthAt(bytes: Uint8Array, at: number): number {
  const key = ((bytes[at] | 32) << 16) | ((bytes[at + 1] | 32) << 8) | (bytes[at + 2] | 32);
  return monthByLetters.get(key) ?? 0;
}
