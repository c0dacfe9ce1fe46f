/** Sizes: the unit of st_blocks, sizes and rates as people write them (`10M`, `1.5GiB`, `1M/s`), and in a sentence. */
import { grouped } from './grouped.ts';

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

const spans: readonly (readonly [names: string, seconds: number])[] = [
  ['s sec second', 1],
  ['m min minute', 60],
  ['h hr hour', 3600],
  ['d day', 86_400],
];

/** Bytes per second meant by `text`: "1M/s", "1.5GiB/h", or the size alone for each second. Undefined where it is no rate. */
export function parseRate(text: string): number | undefined {
  const [, size = '', span = 's'] = /^([^/]*)(?:\/\s*([a-z]+)\s*)?$/iu.exec(text) ?? [];
  const seconds = spans.find(([names]) => names.split(' ').includes(span.toLowerCase()))?.[1];
  const bytes = parseSize(size);
  return bytes === undefined || seconds === undefined ? undefined : bytes / seconds;
}

const names = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

/** A size in a sentence: "512 B", "10.0 MiB", "4.5 GiB". Tables of numbers are render/terminal/size.ts's business. */
export function sizeText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  for (; value >= 1024 && unit + 1 < names.length; unit++) value /= 1024;
  return `${unit === 0 ? value : value.toFixed(1)} ${names[unit]}`;
}

/** "10 MiB", "1.5 GiB", "10 MB", "1,234,567 B": the shortest that loses nothing, so that it is what was asked for. */
export function exactSizeText(bytes: number): string {
  const inUnits = ([1024, 1000] as const).flatMap((base) =>
    units.slice(1).flatMap((unit, index) => {
      const value = bytes / base ** (index + 1);
      return value >= 1 && Number.isInteger(value * 10)
        ? [`${value} ${unit}${base === 1024 ? 'i' : ''}B`]
        : [];
    }),
  );
  const plain = `${grouped(bytes)} B`;
  return [...inUnits, plain].toSorted((a, b) => a.length - b.length)[0];
}
