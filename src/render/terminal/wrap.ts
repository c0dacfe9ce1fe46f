/** Wraps a sentence between words, for lines that a person reads. */
import { cutEnd, textWidth } from './text-width.ts';

/** `label` and the text behind it, continued below its first word; a word wider than the line is cut. */
export function wrapWords(label: string, text: string, width: number): string[] {
  const indent = ' '.repeat(textWidth(label));
  const lines: string[] = [];
  let line = label;
  let empty = true;
  for (const word of glue(text).split(' ')) {
    if (!empty && textWidth(line) + 1 + textWidth(word) > width) {
      lines.push(line);
      line = indent;
      empty = true;
    }
    line += empty ? cutEnd(word, width - textWidth(indent)) : ` ${word}`;
    empty = false;
  }
  return [...lines, line].map((one) => one.replaceAll('\u00A0', ' '));
}

/** A command line that may be copied as it stands: never cut, continued behind a backslash. */
export function wrapCommand(indent: string, command: string, width: number): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const [index, word] of shellWords(command).entries()) {
    if (index > 0 && textWidth(line) + 1 + textWidth(word) + CONTINUED.length > width) {
      lines.push(line + CONTINUED);
      line = `${indent}  ${word}`;
    } else {
      line += index === 0 ? word : ` ${word}`;
    }
  }
  return [...lines, line];
}

const CONTINUED = ' \\';

/** A space inside quotes is no place to break: there a backslash would be a part of the word. */
function shellWords(command: string): readonly string[] {
  return command.match(/(?:\$'(?:\\.|[^'\\])*'|'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+/gu) ?? [];
}

/** A number, its unit and its spread stay together: their spaces become no-break spaces while lines are cut. */
function glue(text: string): string {
  return text
    .replaceAll(/(\d) (?=(?:%|s|min|ms|h|d|B|[KMGTP]iB)(?:\W|$))/gu, '$1\u00A0')
    .replaceAll(' ± ', '\u00A0±\u00A0');
}
