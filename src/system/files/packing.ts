/** How a file's content is packed, by its first bytes, never by its name; and what goes wrong in unpacking it. */

export type Packing = 'plain' | 'gzip' | 'zstd' | 'xz' | 'bzip2' | 'lz4' | 'journal';

/** What Node unpacks. */
export type Unpackable = Extract<Packing, 'gzip' | 'zstd'>;

/** First bytes → packing. Sources: RFC 1952, RFC 8878, xz and bzip2 file formats, lz4 frame format, systemd's journal-def.h. */
const magics: readonly (readonly [Packing, Buffer])[] = [
  ['gzip', Buffer.from([0x1f, 0x8b, 0x08])],
  ['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd])],
  ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00])],
  ['bzip2', Buffer.from('BZh')],
  ['lz4', Buffer.from([0x04, 0x22, 0x4d, 0x18])],
  ['journal', Buffer.from('LPKSHHRH')],
];

export function packingOf(head: Uint8Array): Packing {
  for (const [packing, magic] of magics)
    if (head.length >= magic.length && magic.equals(head.subarray(0, magic.length))) return packing;
  const word = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return head.length >= 4 && isSkippable(word.getUint32(0, true)) ? 'zstd' : 'plain';
}

/** Whether a frame of zstd that begins with this number holds nothing (RFC 8878, 3.1.2). */
export function isSkippable(number: number): boolean {
  return (number & 0xffff_fff0) >>> 0 === 0x184d_2a50;
}

export function isUnpackable(packing: Packing): packing is Unpackable {
  return packing === 'gzip' || packing === 'zstd';
}

export class PackingError extends Error {
  override readonly name = 'PackingError';
  readonly what: 'cut-short' | 'damaged';
  /** Of the packed file. */
  readonly offset: number;

  constructor(what: PackingError['what'], message: string, offset: number) {
    super(message);
    this.what = what;
    this.offset = offset;
  }
}
