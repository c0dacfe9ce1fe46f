/** Names as the kernel writes them in tables of words: odd bytes as a backslash and three octal digits. */
import type { ByteString } from '../../model/byte-string.ts';

/** The kernel writes space, tab, newline, backslash and '#' (seq_path's set) as a backslash and three octal digits. */
export function unescapeOctal(field: string): ByteString {
  return field.replaceAll(/\\([0-3][0-7]{2})/gu, (_, digits: string) =>
    String.fromCodePoint(Number.parseInt(digits, 8)),
  ) as ByteString;
}
