/** Lays short phrases out in lines: a phrase is broken only where it is wider than a line, and then between its words. */
import { textWidth } from './text-width.ts';
import { wrapWords } from './wrap.ts';

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
    if (empty && textWidth(line) + textWidth(phrase) > width) {
      lines.push(...wrapWords(line, phrase, width));
      line = lines.pop()!;
    } else line += empty ? phrase : GAP + phrase;
    empty = false;
  }
  if (!empty) lines.push(line);
  return lines;
}
