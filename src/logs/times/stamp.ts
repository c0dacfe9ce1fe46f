/**
 * Finds the time in a line, on bytes: no string is made. Knows ISO 8601 and its cousins (space, `_`, slashes, comma or
 * point fractions, zones), RFC 3164, Apache/nginx `[22/Nov/2026:…]`, `22 Nov 2026 …`, `11-22 …`, klog `E1122 …`, TAI64N, clock-only,
 * epoch seconds to nanoseconds beside a time-like key, and uptime `[  12.345]` / `[0.012s]`.
 */
import { midnightSeconds, monthAt, yearOf } from './calendar.ts';
import { isDigit, isLetterOrDigit } from '../lines/byte-kinds.ts';
import { DateOrder, type Order } from './date-order.ts';
import { StampClock } from './stamp-clock.ts';
import { afterTimeKey, tai64Seconds, twoDigits as two } from './stamp-parts.ts';

/** Where times are read from a line: give a region of bytes, take `seconds`, `start`, `end`. Reused for every line. */
export class StampReader {
  /** Seconds since 1970 (or since boot for uptime stamps); NaN where the last `find` found nothing. */
  seconds = Number.NaN;
  start = 0;
  end = 0;
  readonly #nowSeconds: number;
  readonly #clockReader: StampClock;
  readonly #year: number;
  readonly #dates: DateOrder;
  #clockDay = 0;
  #lastClock = -1;

  /**
   * @param nowSeconds the caller's time: decides the year of stamps that have none.
   * @param zoneMinutes east of UTC, for stamps that name no zone. @param dates the order in dates with slashes, if known.
   */
  constructor(nowSeconds: number, zoneMinutes: number, dates: Order | null = null) {
    this.#nowSeconds = nowSeconds;
    this.#clockReader = new StampClock(zoneMinutes * 60);
    this.#year = yearOf(nowSeconds);
    this.#dates = new DateOrder(nowSeconds, dates);
  }

  /** Looks for the first stamp that starts in [from, limit); true when found. */
  find(bytes: Uint8Array, from: number, to: number, limit: number): boolean {
    let inWord = false;
    const last = Math.min(limit, to - 7);
    for (let at = from; at < last; at++) {
      const byte = bytes[at];
      if (!isLetterOrDigit(byte)) {
        inWord = false;
        // A colour code is no word: ESC [ … m.
        if (byte === 27) while (at < last && bytes[at] !== 109) at++;
        continue;
      }
      if (inWord && !(isDigit(byte) && bytes[at - 1] === 84)) continue;
      inWord = true;
      if (isDigit(byte) ? this.#fromDigit(bytes, at, from, to) : this.#fromLetter(bytes, at, from, to)) {
        this.start = at;
        return true;
      }
    }
    this.seconds = Number.NaN;
    return false;
  }

  #fromDigit(b: Uint8Array, at: number, from: number, to: number): boolean {
    const second = b[at + 1];
    if (isDigit(second) && isDigit(b[at + 2]) && isDigit(b[at + 3])) {
      const mark = b[at + 4];
      if ((mark === 45 || mark === 47 || mark === 46) && b[at + 7] === mark && at + 18 < to)
        return this.#isoDate(b, at, to);
      if (isDigit(mark ?? 0)) return this.#epoch(b, at, from, to);
    }
    if (isDigit(second) && b[at + 2] === 58 && b[at + 5] === 58) return this.#clockOnly(b, at, from, to);
    if (isDigit(second) && (b[at + 2] === 45 || b[at + 2] === 47) && this.#shortDate(b, at, to)) return true;
    const dayEnd = isDigit(second) ? at + 2 : at + 1;
    const mark = b[dayEnd];
    if ((mark === 47 || mark === 32 || mark === 45) && monthAt(b, dayEnd + 1) > 0 && at + 15 < to)
      return this.#dayMonthYear(b, at, dayEnd, to);
    if ((mark === 46 || mark === 47) && at + 16 < to && this.#numericDate(b, at, dayEnd, to)) return true;
    if (at > from && (mark === 46 || isDigit(second))) return this.#uptime(b, at, from, to);
    return false;
  }

  #fromLetter(b: Uint8Array, at: number, from: number, to: number): boolean {
    const byte = b[at];
    if ((byte === 73 || byte === 87 || byte === 69 || byte === 70) && at === from && isDigit(b[at + 1]))
      return this.#klog(b, at, to);
    if (monthAt(b, at) > 0 && (b[at + 3] === 32 || b[at + 3] === 46)) return this.#monthDay(b, at, to);
    return false;
  }

  /** 2026-11-22T17:42:26.123456+01:00, and `_`, space, slash and comma cousins. */
  #isoDate(b: Uint8Array, at: number, to: number): boolean {
    const separator = b[at + 10];
    if (separator !== 84 && separator !== 32 && separator !== 95 && separator !== 116 && separator !== 58)
      return false;
    const month = two(b, at + 5);
    const day = two(b, at + 8);
    if (month < 1 || month > 12 || day < 1 || day > 31) return false;
    return this.#clock(b, at + 11, to, midnightSeconds(two(b, at) * 100 + two(b, at + 2), month, day), true);
  }

  /** Nov 22 17:42:26, with an optional year before or after the clock ("Sun Nov 22 17:42:26.123 2026"). */
  #monthDay(b: Uint8Array, at: number, to: number): boolean {
    let next = at + 4;
    if (b[next] === 32) next++;
    let day = b[next] - 48;
    if (!(day >= 0 && day <= 9)) return false;
    next++;
    if (isDigit(b[next])) day = day * 10 + b[next++] - 48;
    if (b[next] === 44) next++;
    if (b[next] !== 32) return false;
    next++;
    let year = 0;
    if (two(b, next) === 20 && isDigit(b[next + 2]) && b[next + 4] === 32) {
      year = 2000 + two(b, next + 2);
      next += 5;
    }
    const month = monthAt(b, at);
    if (!this.#clock(b, next, to, midnightSeconds(year || this.#year, month, day), false)) return false;
    if (
      year === 0 &&
      b[this.end] === 32 &&
      two(b, this.end + 1) === 20 &&
      two(b, this.end + 3) >= 0 &&
      !isLetterOrDigit(b[this.end + 5] ?? 0)
    ) {
      const midnight = midnightSeconds(this.#year, month, day);
      year = 2000 + two(b, this.end + 3);
      this.seconds += midnightSeconds(year, month, day) - midnight;
      this.end += 5;
    }
    if (year === 0) this.#notAhead(month, day);
    return true;
  }

  /** A stamp without a year that lies in the future is last year's. */
  #notAhead(month: number, day: number): void {
    if (this.seconds > this.#nowSeconds + 2 * 86_400)
      this.seconds += midnightSeconds(this.#year - 1, month, day) - midnightSeconds(this.#year, month, day);
  }

  /** 22/Nov/2026:17:42:26 +0000, 22 Nov 2026 17:42:25.151 and 22 Nov 17:42:25.151 (Redis before 5, Node-RED). */
  #dayMonthYear(b: Uint8Array, at: number, dayEnd: number, to: number): boolean {
    const day = dayEnd - at === 2 ? two(b, at) : b[at] - 48;
    const yearAt = dayEnd + 5;
    const month = monthAt(b, dayEnd + 1);
    if (b[yearAt + 2] === 58 && day >= 1 && day <= 31) {
      if (!this.#clock(b, yearAt, to, midnightSeconds(this.#year, month, day), false)) return false;
      this.#notAhead(month, day);
      return true;
    }
    const year = two(b, yearAt) * 100 + two(b, yearAt + 2);
    if (!(year > 1970 && year < 2200) || day < 1 || day > 31) return false;
    return this.#clock(b, yearAt + 5, to, midnightSeconds(year, month, day), true);
  }

  /** 22.11.2026 17:42:26, and with slashes in either order. */
  #numericDate(b: Uint8Array, at: number, firstEnd: number, to: number): boolean {
    const mark = b[firstEnd];
    const secondEnd = b[firstEnd + 2] === mark ? firstEnd + 2 : firstEnd + 3;
    if (b[secondEnd] !== mark) return false;
    const first = firstEnd - at === 2 ? two(b, at) : b[at] - 48;
    const second = secondEnd - firstEnd === 3 ? two(b, firstEnd + 1) : b[firstEnd + 1] - 48;
    const year = two(b, secondEnd + 1) * 100 + two(b, secondEnd + 3);
    const dayFirst = mark === 46 || this.#dates.isDayFirst(first, second, year);
    const [day, month] = dayFirst ? [first, second] : [second, first];
    if (!(year > 1970 && year < 2200 && month >= 1 && month <= 12 && day >= 1 && day <= 31)) return false;
    const clock = b[secondEnd + 5] === 44 ? secondEnd + 7 : secondEnd + 6;
    return this.#clock(b, clock, to, midnightSeconds(year, month, day), true);
  }

  /** 11-22 17:42:26.123 (Android), 11-22|17:42:26.123 (geth) and, with two digits of a year before, 26/11/22 17:42:26 (Spark). */
  #shortDate(b: Uint8Array, at: number, to: number): boolean {
    const hasYear = b[at + 5] === b[at + 2];
    const first = hasYear ? at + 3 : at;
    const [month, day, gap] = [two(b, first), two(b, first + 3), b[first + 5]];
    if ((gap !== 32 && gap !== 124) || !(month >= 1 && month <= 12 && day >= 1 && day <= 31)) return false;
    const midnight = midnightSeconds(hasYear ? 2000 + two(b, at) : this.#year, month, day);
    if (!this.#clock(b, first + 6, to, midnight, false)) return false;
    if (!hasYear) this.#notAhead(month, day);
    return true;
  }

  /** E1122 17:42:26.123456 (klog: level letter, month, day). */
  #klog(b: Uint8Array, at: number, to: number): boolean {
    const month = two(b, at + 1);
    const day = two(b, at + 3);
    if (!(month >= 1 && month <= 12 && day >= 1 && day <= 31) || b[at + 5] !== 32) return false;
    return this.#clock(b, at + 6, to, midnightSeconds(this.#year, month, day), false);
  }

  /** 17:42:26.123 alone: a day is added each time the clock jumps back. */
  #clockOnly(b: Uint8Array, at: number, from: number, to: number): boolean {
    // At the line's start, after a bracket or colour codes at most.
    if (at > from + (b[from] === 27 ? 16 : 2)) return false;
    if (!this.#clock(b, at, to, 0, false)) return false;
    if (this.seconds < this.#lastClock - 43_200) this.#clockDay++;
    this.#lastClock = this.seconds;
    this.seconds += this.#clockDay * 86_400 + Math.floor(this.#nowSeconds / 86_400) * 86_400;
    return true;
  }

  #clock(b: Uint8Array, at: number, to: number, midnight: number, zoned: boolean): boolean {
    if (!this.#clockReader.read(b, at, to, zoned)) return false;
    this.seconds = midnight + this.#clockReader.seconds;
    this.end = this.#clockReader.end;
    return true;
  }

  /** Epoch seconds, milli-, micro- or nanoseconds, at the line's start or beside a key that speaks of time; TAI64N. */
  #epoch(b: Uint8Array, at: number, from: number, to: number): boolean {
    if (b[at - 1] === 64 && at + 24 <= to && b[at] === 52 && b[at + 1] === 48) {
      this.seconds = tai64Seconds(b, at);
      this.end = at + 24;
      return this.seconds === this.seconds;
    }
    let end = at;
    let value = 0;
    while (end < to && isDigit(b[end]) && end - at < 20) value = value * 10 + b[end++] - 48;
    const scale = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1e3, 0, 0, 1e6, 0, 0, 1e9][end - at] ?? 0;
    if (scale === 0 || !(at <= from + 1 || afterTimeKey(b, at, from))) return false;
    value /= scale;
    if (value < 946_684_800 || value > 4_102_444_800) return false;
    this.end = end;
    this.seconds = scale === 1 && b[end] === 46 ? value + this.#fraction(b, to) : value;
    return true;
  }

  /** What the digits behind the point at `end` add; `end` is then behind them. */
  #fraction(b: Uint8Array, to: number): number {
    let value = 0;
    let part = 0.1;
    for (this.end++; this.end < to && isDigit(b[this.end]); this.end++) {
      value += (b[this.end] - 48) * part;
      part /= 10;
    }
    return value;
  }

  /** [   12.345678] of the kernel and [0.012s] of JVM logs: seconds since a start nobody names. */
  #uptime(b: Uint8Array, at: number, from: number, to: number): boolean {
    let open = at - 1;
    while (open > from && b[open] === 32) open--;
    if (b[open] !== 91 || open > from) return false;
    let end = at;
    let value = 0;
    while (end < to && isDigit(b[end])) value = value * 10 + b[end++] - 48;
    if (b[end] !== 46) return false;
    this.end = end;
    value += this.#fraction(b, to);
    if (b[this.end] === 115) this.end++;
    this.seconds = value;
    return b[this.end] === 93;
  }
}
