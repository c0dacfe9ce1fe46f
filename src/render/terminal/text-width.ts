/** How many terminal columns text takes, and text cut to fit them. */

/** East Asian wide and fullwidth characters and emoji take two columns (Unicode Standard Annexes 11 and 51). */
const wide =
  /[\u1100-\u115F\u2329\u232A\u2630-\u2637\u268A-\u268F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE10-\uFE19\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{16FE0}-\u{18DFF}\u{1AFF0}-\u{1B2FF}\u{1D300}-\u{1D376}\u{1F200}-\u{1F265}\u{1F300}-\u{1F64F}\u{1F680}-\u{1F6FF}\u{1F900}-\u{1FAFF}\u{20000}-\u{3FFFD}\p{Emoji_Presentation}]/u;
/** Marks that stand on the character before them; others (Mc) take a column of their own. */
const zero = /[\p{Mn}\p{Me}]/u;
const ascii = /^[ -~]*$/u;

/** Columns of `text`, which holds no control characters (see escape.ts). */
export function textWidth(text: string): number {
  if (ascii.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

function characterWidth(character: string): number {
  if (zero.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
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
