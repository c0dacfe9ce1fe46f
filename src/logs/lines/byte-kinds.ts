/** What a byte is to the tokeniser, as one table lookup; shared by everything that runs per byte. */

/** Kinds of bytes: the tokeniser branches on these. */
export const ByteKind = { word: 0, digit: 1, delimiter: 2, quote: 3, escape: 4 } as const;

/** Byte → kind. Bytes above 127 are words, so UTF-8 and Latin-1 text both stay whole. */
export const byteKinds: Uint8Array = new Uint8Array(256);
for (let byte = 0; byte <= 32; byte++) byteKinds[byte] = ByteKind.delimiter;
for (const sign of '=,()[]{}:;|<>#`\\') byteKinds[sign.charCodeAt(0)] = ByteKind.delimiter;
for (let byte = 48; byte < 58; byte++) byteKinds[byte] = ByteKind.digit;
byteKinds[34] = ByteKind.quote;
byteKinds[39] = ByteKind.quote;
byteKinds[27] = ByteKind.escape;

export function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

export function isLetterOrDigit(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90);
}

/** The hash the tokeniser gives to a word (FNV-1a, 32 bit), for sets of words known in advance. */
export function wordHash(word: string): number {
  let hash = 0x811c9dc5 | 0;
  for (const byte of Buffer.from(word)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash;
}
