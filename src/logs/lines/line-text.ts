/** A line's bytes as text that loses nothing: valid UTF-8 as it is, other bytes written out as `\xff`. */
import { isUtf8 } from 'node:buffer';

/** @param bytes a whole line or its beginning: a character cut at the end is left out. */
export function lineText(bytes: Buffer): string {
  const whole = bytes.subarray(0, wholeCharacters(bytes));
  if (isUtf8(whole)) return whole.toString('utf8');
  const parts: string[] = [];
  for (let at = 0; at < whole.length;) {
    const length = characterLength(whole, at);
    parts.push(
      length === 0
        ? `\\x${whole[at].toString(16).padStart(2, '0')}`
        : whole.toString('utf8', at, at + length),
    );
    at += Math.max(1, length);
  }
  return parts.join('');
}

/** Bytes up to a character that was cut off by the end. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back];
    if (byte < 0x80) break;
    if (byte >= 0xc0) return expectedLength(byte) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Length of the valid character at `at`, 0 where there is none. */
function characterLength(bytes: Buffer, at: number): number {
  const length = expectedLength(bytes[at]);
  return length > 0 && at + length <= bytes.length && isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}

function expectedLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  return lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
}
