/** What a file's name says of its type: the extension as a key made of its bytes, found without making a string. */

/** Extensions longer than this are names, not types. */
const LONGEST = 8;

const DOT = 46;
const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;

/** Two words that hold the last extension found, lower-cased; both 0 where the name has none. */
export const extensionKey = { first: 0, second: 0 };

/**
 * Puts the extension of the name at `bytes[start…end)` into `extensionKey`. Version and rotation numbers are passed
 * over: "libc.so.6" and "app.log.1" are so and log. A leading dot makes a hidden file, not an extension.
 */
export function findExtension(bytes: Uint8Array, start: number, end: number): void {
  extensionKey.first = 0;
  extensionKey.second = 0;
  let to = end;
  for (;;) {
    let dot = to - 1;
    let digits = true;
    const stop = Math.max(start, to - LONGEST - 1);
    while (dot > stop && bytes[dot] !== DOT) {
      digits &&= isDigit(bytes[dot]);
      dot--;
    }
    if (dot <= start || bytes[dot] !== DOT) return;
    if (digits) {
      to = dot;
      continue;
    }
    let first = 0;
    let second = 0;
    for (let i = dot + 1; i < to; i++) {
      let byte = bytes[i];
      if (byte >= 65 && byte <= 90) byte |= 32;
      const shift = (i - dot - 1) & 3;
      if (i - dot <= 4) first |= byte << (shift * 8);
      else second |= byte << (shift * 8);
    }
    extensionKey.first = first;
    extensionKey.second = second;
    return;
  }
}

/** The extension a key stands for, as text: "log". */
export function extensionText(first: number, second: number): string {
  let text = '';
  for (const word of [first, second]) {
    for (let shift = 0; shift < 32; shift += 8) {
      const byte = (word >>> shift) & 255;
      if (byte !== 0) text += String.fromCharCode(byte);
    }
  }
  return text;
}
