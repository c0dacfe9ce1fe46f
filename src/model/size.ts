/** Sizes: the unit of st_blocks, and sizes as a person writes them (`10M`, `1.5GiB`). */

/** statx(2), stat(2): st_blocks counts units of 512 bytes, whatever the filesystem's block size. */
export const BLOCK_BYTES = 512;

const units = ['', 'K', 'M', 'G', 'T', 'P', 'E'];

/**
 * Bytes meant by `text`: a number with an optional unit. `K`, `KiB` (and M, G, T, P, E) are powers of 1024 as in
 * du and df; `KB` is a power of 1000. Returns undefined where `text` is no size.
 */
export function parseSize(text: string): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(?:([kmgtpe])(i?b)?|b)?\s*$/iu.exec(text);
  if (!match) return undefined;
  const [, number = '', unit = '', suffix = ''] = match;
  const base = suffix.toLowerCase() === 'b' ? 1000 : 1024;
  const bytes = Math.round(Number(number) * base ** units.indexOf(unit.toUpperCase()));
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

const names = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

/** A size in a sentence: "512 B", "10.0 MiB", "4.5 GiB". Tables of numbers are render/terminal/size.ts's business. */
export function sizeText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  for (; value >= 1024 && unit + 1 < names.length; unit++) value /= 1024;
  return `${unit === 0 ? value : value.toFixed(1)} ${names[unit]}`;
}
