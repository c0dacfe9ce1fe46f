/** Makes names safe to print: nothing in a file's name may move the cursor, hide itself or pass for other text. */
import type { ByteString } from '../../model/byte-string.ts';
import { isText, toBuffer, toText } from '../../model/byte-string.ts';

/**
 * Controls (C0, DEL, C1), line and paragraph separators, everything that changes the writing direction, and
 * characters without width: Unicode categories Cc, Cf, Zl, Zp, and lone surrogates.
 */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\u001B': '\\e' };

/** Text with every unsafe character written out: `\n`, `\e`, `\x07`, `\u{202e}`. */
export function escapeText(text: string): string {
  return text.replaceAll(unsafe, (character) => {
    const code = character.codePointAt(0)!;
    return short[character] ?? (code < 256 ? `\\x${hex(code)}` : `\\u{${code.toString(16)}}`);
  });
}

/** A name or path as a person should see it; bytes that are not UTF-8 appear as `\xff`. */
export function displayName(name: ByteString): string {
  if (isText(name)) return escapeText(toText(name));
  // Decodes what is valid and writes out byte by byte what is not.
  let shown = '';
  const bytes = toBuffer(name);
  for (let at = 0; at < bytes.length;) {
    const length = [1, 2, 3, 4].find(
      (n) => at + n <= bytes.length && isCharacter(bytes.subarray(at, at + n)),
    );
    shown += length ? escapeText(bytes.toString('utf8', at, at + length)) : `\\x${hex(bytes[at])}`;
    at += length ?? 1;
  }
  return shown;
}

function isCharacter(bytes: Buffer): boolean {
  const text = bytes.toString('utf8');
  return !text.includes('\uFFFD') || (bytes.length === 3 && bytes.equals(Buffer.from('\uFFFD')));
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
