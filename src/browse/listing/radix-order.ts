/** Sorts row numbers by a column of numbers, without comparing: 100,000 rows take a few milliseconds. */

const DIGIT_BITS = 11;
const DIGITS = 2 ** DIGIT_BITS;
const DIGIT_COUNT = Math.ceil(64 / DIGIT_BITS);
const SIGN = 0x8000_0000;

/** `rows` by `keys`, ascending or descending; equal ones stay in the order they are in. -Infinity is smallest. */
export function radixOrder(keys: Float64Array, rows: Uint32Array, descending: boolean): Uint32Array {
  const words = comparable(keys, descending);
  const counts = countDigits(words, rows);
  let from = rows.slice();
  let to = new Uint32Array(rows.length);
  for (let digit = 0; digit < DIGIT_COUNT; digit++) {
    const starts = startsOf(counts, digit, rows.length);
    if (!starts) continue;
    for (let at = 0; at < from.length; at++) {
      const row = from[at];
      to[starts[digitOf(words[2 * row], words[2 * row + 1], digit)]++] = row;
    }
    [from, to] = [to, from];
  }
  return from;
}

/** IEEE 754 sorts as unsigned integers once the sign is turned round, and negative ones altogether. */
function comparable(keys: Float64Array, descending: boolean): Uint32Array {
  const words = new Uint32Array(keys.length * 2);
  new Float64Array(words.buffer).set(keys);
  const turn = descending ? 0xffff_ffff : 0;
  for (let at = 0; at < words.length; at += 2) {
    const isNegative = words[at + 1] >= SIGN;
    words[at] ^= isNegative ? ~turn : turn;
    words[at + 1] ^= isNegative ? ~turn : turn ^ SIGN;
  }
  return words;
}

/** How often each digit is what, digit by digit. */
function countDigits(words: Uint32Array, rows: Uint32Array): Uint32Array {
  const counts = new Uint32Array(DIGITS * DIGIT_COUNT);
  for (let at = 0; at < rows.length; at++) {
    const low = words[2 * rows[at]];
    const high = words[2 * rows[at] + 1];
    for (let digit = 0; digit < DIGIT_COUNT; digit++) counts[digit * DIGITS + digitOf(low, high, digit)]++;
  }
  return counts;
}

/** Where rows with each value of the digit begin; undefined where all have the same: sizes share most of their digits. */
function startsOf(counts: Uint32Array, digit: number, rows: number): Uint32Array | undefined {
  const starts = counts.slice(digit * DIGITS, (digit + 1) * DIGITS);
  let before = 0;
  for (let value = 0; value < DIGITS; value++) {
    const count = starts[value];
    if (count === rows) return undefined;
    starts[value] = before;
    before += count;
  }
  return starts;
}

function digitOf(low: number, high: number, digit: number): number {
  const shift = digit * DIGIT_BITS;
  if (shift >= 32) return (high >>> (shift - 32)) & (DIGITS - 1);
  const bits = low >>> shift;
  return (shift + DIGIT_BITS > 32 ? bits | (high << (32 - shift)) : bits) & (DIGITS - 1);
}
