/** How many rows of a terminal lines take: one that may be pasted is never cut, so it may take several. */
import { stripVTControlCharacters } from 'node:util';
import { textWidth } from './text-width.ts';

export function screenRows(lines: readonly string[], width: number): number {
  return lines.reduce(
    (rows, line) => rows + Math.max(1, Math.ceil(textWidth(stripVTControlCharacters(line)) / width)),
    0,
  );
}
