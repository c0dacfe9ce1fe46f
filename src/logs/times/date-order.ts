/** Whether day or month comes first in dates with slashes (05/11/2026): decided for a file, not for a line. */
import { midnightSeconds } from './calendar.ts';

export type Order = 'day-first' | 'month-first';

const DAY_SECONDS = 86_400;
/** Where in its line a date is looked for, and how far into the file for the first. */
const WITHIN = 128;
const FIRST_WITHIN = 4096;
const slashes = /(?<![\d/])(\d{1,2})\/(\d{1,2})\/(\d{4})[ ,T]/u;

/** What is known of one file's dates; without a scan of it, from the lines as they come. */
export class DateOrder {
  readonly #nowSeconds: number;
  #order: Order | null;

  /** @param order as `dateOrderIn` found it. */
  constructor(nowSeconds: number, order: Order | null = null) {
    this.#nowSeconds = nowSeconds;
    this.#order = order;
  }

  isDayFirst(first: number, second: number, year: number): boolean {
    if (first > 12) this.#order = 'day-first';
    else if (second > 12) this.#order = 'month-first';
    this.#order ??= likelier([[first, second, year]], this.#nowSeconds);
    return this.#order === 'day-first' && second <= 12;
  }
}

/** Whether a file that begins so has such dates. */
export function hasSlashDates(head: Uint8Array): boolean {
  return slashes.test(textOf(head.subarray(0, FIRST_WITHIN)));
}

/**
 * By a number above 12 anywhere; else by which reading lets time run forward, then by which spans less, then by which is
 * nearer to now and not ahead of it. Null where there are no such dates.
 * @param parts of one file, in its order: its beginning and its end are enough.
 */
export function dateOrderIn(parts: readonly Uint8Array[], nowSeconds: number): Order | null {
  const dates: SlashDate[] = [];
  for (const line of parts.flatMap((part) => textOf(part).split('\n'))) {
    const [, first, second, year] = slashes.exec(line.slice(0, WITHIN)) ?? [];
    if (first === undefined) continue;
    const date: SlashDate = [Number(first), Number(second), Number(year)];
    if (date[0] > 12) return 'day-first';
    if (date[1] > 12) return 'month-first';
    if (dates.at(-1)?.join('/') !== date.join('/')) dates.push(date);
  }
  return dates.length === 0 ? null : likelier(dates, nowSeconds);
}

type SlashDate = readonly [first: number, second: number, year: number];

function likelier(dates: readonly SlashDate[], nowSeconds: number): Order {
  const [day, month] = [true, false].map((isDayFirst) => badness(dates, isDayFirst, nowSeconds));
  const index = day.findIndex((one, at) => one !== month[at]);
  return index >= 0 && day[index] < month[index] ? 'day-first' : 'month-first';
}

/** What speaks against a reading, the weightiest first. */
function badness(dates: readonly SlashDate[], isDayFirst: boolean, nowSeconds: number): readonly number[] {
  const times = dates.map(([first, second, year]) =>
    isDayFirst ? midnightSeconds(year, second, first) : midnightSeconds(year, first, second),
  );
  const backwards = times.filter((time, at) => at > 0 && time < times[at - 1]).length;
  const last = times[times.length - 1];
  const isAhead = last > nowSeconds + 2 * DAY_SECONDS ? 1 : 0;
  return [backwards, isAhead, Math.max(...times) - Math.min(...times), Math.abs(nowSeconds - last)];
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
