/** The clock part of a stamp: hours, minutes, seconds, fraction, AM/PM and zone, read from bytes. */
import { isDigit } from '../lines/byte-kinds.ts';
import { twoDigits } from './stamp-parts.ts';

/** Reused for every line: `read`, then take `seconds` and `end`. */
export class StampClock {
  /** Seconds since midnight UTC; negative or beyond a day where the zone says so. */
  seconds = 0;
  end = 0;
  readonly #zoneSeconds: number;

  /** @param zoneSeconds east of UTC, for clocks that name no zone. */
  constructor(zoneSeconds: number) {
    this.#zoneSeconds = zoneSeconds;
  }

  /** [h]h:mm:ss[.fraction][ AM][zone] at `at`; `zoned`: a zone may follow. */
  read(b: Uint8Array, at: number, to: number, zoned: boolean): boolean {
    const short = b[at + 1] === 58;
    const colon = short ? at + 1 : at + 2;
    if (colon + 6 > to || b[colon] !== 58 || b[colon + 3] !== 58) return false;
    let hours = short ? b[at] - 48 : twoDigits(b, at);
    const minutes = twoDigits(b, colon + 1);
    const whole = twoDigits(b, colon + 4);
    if (!(hours >= 0 && hours < 25 && minutes >= 0 && minutes < 60 && whole >= 0 && whole < 61)) return false;
    this.end = colon + 6;
    const fraction = this.#fraction(b, to);
    const half = b[this.end] === 32 && b[this.end + 2] === 77 ? b[this.end + 1] : 0;
    if (half === 65 || half === 80) {
      hours = (hours % 12) + (half === 80 ? 12 : 0);
      this.end += 3;
    }
    const zone = this.#zone(b, zoned);
    this.seconds = hours * 3600 + minutes * 60 + whole + fraction - zone;
    return true;
  }

  #fraction(b: Uint8Array, to: number): number {
    if ((b[this.end] !== 46 && b[this.end] !== 44) || !isDigit(b[this.end + 1])) return 0;
    let fraction = 0;
    let scale = 0.1;
    for (this.end++; this.end < to && isDigit(b[this.end]); this.end++) {
      fraction += (b[this.end] - 48) * scale;
      scale /= 10;
    }
    return fraction;
  }

  /** Z, +0100, +01:00, " +0000", " UTC": seconds east of UTC. */
  #zone(b: Uint8Array, zoned: boolean): number {
    const { end } = this;
    if (b[end] === 90) {
      this.end++;
      return 0;
    }
    if (!zoned) return this.#zoneSeconds;
    const sign = b[end] === 32 ? end + 1 : end;
    if ((b[sign] === 43 || b[sign] === 45) && twoDigits(b, sign + 1) >= 0) {
      const minutesAt = b[sign + 3] === 58 ? sign + 4 : sign + 3;
      const minutes = twoDigits(b, minutesAt);
      this.end = minutes >= 0 ? minutesAt + 2 : sign + 3;
      const offset = twoDigits(b, sign + 1) * 3600 + Math.max(0, minutes) * 60;
      return b[sign] === 45 ? -offset : offset;
    }
    if (sign > end && b[sign] === 85 && b[sign + 1] === 84 && b[sign + 2] === 67) {
      this.end = sign + 3;
      return 0;
    }
    return this.#zoneSeconds;
  }
}
