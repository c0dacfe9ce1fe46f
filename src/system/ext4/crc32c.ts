/** CRC-32C (Castagnoli) as ext4 uses it: no inversion before or after, so that sums can be continued. */

/** 0x1EDC6F41, mirrored. */
const POLYNOMIAL = 0x82f6_3b78;
const SLICES = 8;

/** Eight tables of 256: what a byte does to the sum when up to seven others follow it. */
const tables = makeTables();

function makeTables(): Uint32Array {
  const made = new Uint32Array(SLICES * 256);
  for (let byte = 0; byte < 256; byte++) {
    let sum = byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum & 1) === 0 ? sum >>> 1 : (sum >>> 1) ^ POLYNOMIAL;
    made[byte] = sum;
  }
  for (let at = 256; at < made.length; at++) {
    const before = made[at - 256];
    made[at] = (before >>> 8) ^ made[before & 255];
  }
  return made;
}

/** The sum of `bytes[start…end)`, begun with `sum`. */
export function crc32c(sum: number, bytes: Uint8Array, start: number, end: number): number {
  let crc = sum;
  for (let at = start; at < end; at++) crc = (crc >>> 8) ^ tables[(crc ^ bytes[at]) & 255];
  return crc >>> 0;
}

/**
 * The sum of the 32-bit words `words[start…end)` of a little-endian machine. Most of what ext4 sums up ends in zeros:
 * they are stepped over in strides.
 */
export function crc32cOfWords(sum: number, words: Uint32Array, start: number, end: number): number {
  let last = end;
  while (last > start && words[last - 1] === 0) last--;
  let crc = sum;
  let at = start;
  for (; at + 1 < last; at += 2) {
    const first = crc ^ words[at];
    const second = words[at + 1];
    crc =
      tables[1792 + (first & 255)] ^
      tables[1536 + ((first >>> 8) & 255)] ^
      tables[1280 + ((first >>> 16) & 255)] ^
      tables[1024 + (first >>> 24)] ^
      tables[768 + (second & 255)] ^
      tables[512 + ((second >>> 8) & 255)] ^
      tables[256 + ((second >>> 16) & 255)] ^
      tables[second >>> 24];
  }
  for (; at < last; at++) crc = stride(tables, 768, crc ^ words[at]);
  return zeros(crc, end - last) >>> 0;
}

/** What four bytes' worth of sum becomes by the four tables that begin at `from` (the lowest byte's) and go down. */
function stride(by: Uint32Array, from: number, sum: number): number {
  return (
    by[from + (sum & 255)] ^
    by[from - 256 + ((sum >>> 8) & 255)] ^
    by[from - 512 + ((sum >>> 16) & 255)] ^
    by[from - 768 + (sum >>> 24)]
  );
}

/** Tables by power of two: what 2^n words of zeros do to a sum. */
const strides: Uint32Array[] = [tables.slice(0, 1024)];

/** The sum after so many words of zeros. */
function zeros(sum: number, words: number): number {
  let crc = sum;
  for (let left = words, power = 0; left > 0; left >>>= 1, power++) {
    while (strides.length <= power) strides.push(twice(strides[strides.length - 1]));
    if ((left & 1) === 1) crc = stride(strides[power], 768, crc);
  }
  return crc;
}

/** Twice the stride. */
function twice(by: Uint32Array): Uint32Array {
  return by.map((sum) => stride(by, 768, sum));
}
