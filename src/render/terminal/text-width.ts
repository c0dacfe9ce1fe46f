/** How many terminal columns text takes, and text cut to fit them. The one importer of get-east-asian-width. */
import { eastAsianWidth } from 'get-east-asian-width';

/** Marks that stand on the character before them; others (Mc) take a column of their own. */
const zero = /[\p{Mn}\p{Me}]/u;
/** Letters of flags: a pair is one flag of two columns, or two letters of two each where a terminal knows none. */
const flagLetter = /[\u{1F1E6}-\u{1F1FF}]/u;
const ascii = /^[ -~]*$/u;

/**
 * Columns of `text`, which holds no control characters (see escape.ts). Character by character, as terminals advance
 * (wcwidth(3)): one that joins emoji into a single picture needs fewer, never more.
 */
export function textWidth(text: string): number {
  if (ascii.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

function characterWidth(character: string): number {
  if (zero.test(character)) return 0;
  return flagLetter.test(character) ? 2 : eastAsianWidth(character.codePointAt(0)!);
}

/** `text` within `width` columns: what does not fit is cut from the middle, where a path says least. */
export function cutMiddle(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  const characters = Array.from(text);
  const head = take(characters, Math.max(0, Math.floor((width - 1) / 3)));
  const tail = take(characters.toReversed(), Math.max(0, width - 1 - textWidth(head.join(''))));
  return `${head.join('')}…${tail.toReversed().join('')}`;
}

/** `text` within `width` columns: what does not fit is cut from the end. */
export function cutEnd(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  return `${take(Array.from(text), Math.max(0, width - 1)).join('')}…`;
}

function take(characters: readonly string[], width: number): string[] {
  const taken: string[] = [];
  let used = 0;
  for (const character of characters) {
    used += characterWidth(character);
    if (used > width) break;
    taken.push(character);
  }
  return taken;
}
