/** Names as words of a POSIX shell, safe to paste whatever bytes they are made of. */
import { isText, toText } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';

/** One word: plain where it may be, quoted else; bytes that cannot be pasted are spelled out ($'…', POSIX.1-2024). */
export function shellWord(word: ByteString): string {
  if (/^[\w@%+=:,./-]+$/u.test(word)) return word;
  // eslint-disable-next-line no-control-regex -- exactly these must not reach a terminal or a shell as they are
  if (isText(word) && !/[\u0000-\u001f\u007f]/u.test(word) && !HIDING.test(toText(word)))
    return `'${toText(word).replaceAll("'", String.raw`'\''`)}'`;
  const bytes = word.replaceAll(
    /[^\w@%+=:,./ -]/gu,
    (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `$'${bytes}'`;
}

/** A command line of words. */
export function shellLine(argv: readonly ByteString[]): string {
  return argv.map(shellWord).join(' ');
}

/** C1 controls, and what hides itself or turns the text around (Unicode bidi controls, zero width, line separators). */
const HIDING = /[\u0080-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u;
