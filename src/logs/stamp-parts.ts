/** The parts stamps are made of, read from bytes: digit pairs, hexadecimal numbers, the key before an epoch. */
import { isDigit } from './byte-kinds.ts';

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

/** Hexadecimal digits in [from, to) as a number, -1 where another byte is among them. */
export function hexadecimalNumber(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] | 32;
    const digit = byte >= 97 && byte <= 102 ? byte - 87 : isDigit(bytes[at]) ? bytes[at] - 48 : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}
