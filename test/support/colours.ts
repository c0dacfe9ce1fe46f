/** What a terminal report may hold besides text: colours, and nothing else that a terminal obeys. */

const ESCAPE = '\u001B';

/** Select Graphic Rendition, ECMA-48 §8.3.117. */
const COLOURS = new RegExp(String.raw`${ESCAPE}\[[\d;]*m`, 'gu');

export function withoutColours(text: string): string {
  return text.replaceAll(COLOURS, '');
}

export function hasColours(text: string): boolean {
  return withoutColours(text) !== text;
}

/** Controls, bidi overrides and other invisible characters, line and paragraph separators, lone surrogates. */
export const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
