/** The first time a log names, from its head: where its span begins. */
import type { Order } from './date-order.ts';
import { StampReader } from './stamp.ts';

/** Seconds since 1970 of the first stamp in the head's first 200 lines, NaN where there is none. */
export function firstStamp(
  head: Uint8Array,
  nowSeconds: number,
  zoneMinutes: number,
  dates: Order | null,
): number {
  const stamps = new StampReader(nowSeconds, zoneMinutes, dates);
  let from = 0;
  while (from < head.length && head[from] === 0) from++;
  for (let line = 0; line < 200 && from < head.length; line++) {
    const newline = head.indexOf(10, from);
    const to = newline < 0 ? head.length : newline;
    if (stamps.find(head, from, to, from + (head[from] === 123 ? 1024 : 128))) return stamps.seconds;
    from = to + 1;
  }
  return Number.NaN;
}
