/** The parts stamps are made of, read from bytes: digit pairs, hexadecimal numbers, the key before an epoch. */
import { isDigit } from '../lines/byte-kinds.ts';

/** Two digits as a number, negative where there are none. */
export function twoDigits(b: Uint8Array, at: number): number {
  const high = b[at] - 48;
  const low = b[at + 1] - 48;
  return high >= 0 && high <= 9 && low >= 0 && low <= 9 ? high * 10 + low : -1;
}

const timeKey =
  /(?:^|[^a-z])(?:ts|t|time|timestamp|date|epoch|@timestamp|__realtime_timestamp|audit|when|at)["']?\s*[=:(]\s*["'{]*$/iu;

/** Whether a key that speaks of time stands right before `at`. */
export function afterTimeKey(b: Uint8Array, at: number, from: number): boolean {
  const before = b[at - 1];
  if (before !== 34 && before !== 58 && before !== 61 && before !== 40 && before !== 32) return false;
  return timeKey.test(
    Buffer.from(b.buffer, b.byteOffset + Math.max(from, at - 28), Math.min(28, at - from)).toString('latin1'),
  );
}

/** Seconds since 1970 of the TAI64N label whose 24 digits begin at `at`, NaN where they are none. */
export function tai64Seconds(b: Uint8Array, at: number): number {
  const high = hexadecimalNumber(b, at + 8, at + 16);
  // TAI is ahead of UTC by leap seconds (37 since 2017) and svlogd counts 10 of them: gaps matter here, not these.
  return high < 0 ? Number.NaN : high - 10 + hexadecimalNumber(b, at + 16, at + 24) / 1e9;
}

/** Hexadecimal digits in [from, to) as a number, -1 where another byte is among them. */
function hexadecimalNumber(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] | 32;
    const digit = byte >= 97 && byte <= 102 ? byte - 87 : isDigit(bytes[at]) ? bytes[at] - 48 : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}
