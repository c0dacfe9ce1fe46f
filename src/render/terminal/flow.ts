/** Lays short phrases out in lines: a phrase is never broken, so neither is a number. */
import { textWidth } from './text-width.ts';

const GAP = '   ';

/** `label` and the phrases behind it, continued below the first phrase where a line is full. */
export function flowLines(label: string, phrases: readonly string[], width: number): string[] {
  const indent = ' '.repeat(textWidth(label));
  const lines: string[] = [];
  let line = label;
  let empty = true;
  for (const phrase of phrases) {
    if (!empty && textWidth(line) + GAP.length + textWidth(phrase) > width) {
      lines.push(line);
      line = indent;
      empty = true;
    }
    line += empty ? phrase : GAP + phrase;
    empty = false;
  }
  if (!empty) lines.push(line);
  return lines;
}
