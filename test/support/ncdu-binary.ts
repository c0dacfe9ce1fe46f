/**
 * Writes ncdu's binary export byte by byte as its documentation has it (dev.yorhel.nl/ncdu/binfmt): no ncdu 2 is to be
 * had here that would write one.
 */
import { readFileSync } from 'node:fs';
import { zstdCompressSync } from 'node:zlib';

interface Infoblock {
  readonly name: string;
  readonly asize?: number;
  readonly dsize?: number;
  readonly dev?: number;
  readonly ino?: number;
  readonly hlnkc?: boolean;
  readonly nlink?: number;
  readonly notreg?: boolean;
  readonly excluded?: string;
  readonly read_error?: boolean;
  readonly uid?: number;
  readonly gid?: number;
  readonly mode?: number;
  readonly mtime?: number;
}
type Tree = readonly [Infoblock, ...(Infoblock | Tree)[]];

/** The binary export of what a JSON export says. @param blockBytes how much goes into a block before the next begins. */
export function binaryExport(jsonFile: string, blockBytes: number): Buffer {
  const [, , , root] = JSON.parse(readFileSync(jsonFile, 'latin1')) as [number, number, object, Tree];
  return new BinaryWriter(blockBytes).write(root);
}

class BinaryWriter {
  readonly #blockBytes: number;
  readonly #file: Buffer[] = [Buffer.from('bf6e636475455831', 'hex')];
  readonly #index: bigint[] = [];
  #parts: Buffer[] = [];

  constructor(blockBytes: number) {
    this.#blockBytes = blockBytes;
  }

  write(root: Tree): Buffer {
    const reference = this.#directory(root, undefined);
    this.#flush();
    const content = Buffer.alloc(8 * (this.#index.length + 1));
    for (const [block, entry] of this.#index.entries()) content.writeBigUInt64BE(entry, block * 8);
    content.writeBigUInt64BE(reference, this.#index.length * 8);
    this.#file.push(blockOf(1, content));
    return Buffer.concat(this.#file);
  }

  /** Items below come before the directory, so that it can name the last of them. */
  #directory([info, ...items]: Tree, previous: bigint | undefined): bigint {
    let last: bigint | undefined;
    for (const item of items)
      last = 'name' in item ? this.#item(item, typeOf(item), last, undefined) : this.#directory(item, last);
    const type = info.excluded === undefined ? 0 : typeOf(info);
    return this.#item(info, type, previous, last);
  }

  #item(info: Infoblock, type: number, previous: bigint | undefined, sub: bigint | undefined): bigint {
    const size = this.#parts.reduce((sum, { length }) => sum + length, 0);
    if (size >= this.#blockBytes) this.#flush();
    const at = this.#parts.reduce((sum, { length }) => sum + length, 0);
    const block = BigInt(this.#index.length);
    const here = (block << 24n) | BigInt(at);
    const reference = (to: bigint): Buffer => (to >> 24n === block ? head(1, here - to - 1n) : head(0, to));
    const name = Buffer.from(info.name, 'latin1');
    const fields: Buffer[] = [
      Buffer.concat([head(0, 0), type < 0 ? head(1, -1 - type) : head(0, type)]),
      Buffer.concat([head(0, 1), head(2, name.length), name]),
    ];
    const number = (key: number, value: number | undefined): void => {
      if (value !== undefined) fields.push(Buffer.concat([head(0, key), head(0, value)]));
    };
    if (previous !== undefined) fields.push(Buffer.concat([head(0, 2), reference(previous)]));
    if (type >= 0) {
      number(3, info.asize);
      number(4, info.dsize);
    }
    if (type === 0) {
      number(5, info.dev);
      if (info.read_error !== undefined) fields.push(Buffer.from([6, 0xf5]));
      if (sub !== undefined) fields.push(Buffer.concat([head(0, 12), reference(sub)]));
    }
    if (type === 3) {
      number(13, info.ino);
      number(14, info.nlink);
    }
    number(15, info.uid);
    number(16, info.gid);
    number(17, info.mode);
    number(18, info.mtime);
    // A key that nobody knows yet, with a value that is nested.
    fields.push(Buffer.from([0x18, 99, 0x82, 0x01, 0x9f, 0x41, 0x61, 0xff]));
    this.#parts.push(Buffer.concat([Buffer.from([0xbf]), ...fields, Buffer.from([0xff])]));
    return here;
  }

  #flush(): void {
    const number = Buffer.alloc(4);
    number.writeUInt32BE(this.#index.length);
    const block = blockOf(0, Buffer.concat([number, zstdCompressSync(Buffer.concat(this.#parts))]));
    const offset = this.#file.reduce((sum, { length }) => sum + length, 0);
    this.#index.push((BigInt(offset) << 24n) + BigInt(block.length));
    this.#file.push(block);
    this.#parts = [];
  }
}

function typeOf({ excluded, read_error: isUnread, notreg, hlnkc }: Infoblock): number {
  if (isUnread === true) return -1;
  if (excluded !== undefined) return excluded === 'pattern' ? -2 : excluded === 'otherfs' ? -3 : -4;
  if (hlnkc === true) return 3;
  return notreg === true ? 2 : 1;
}

function blockOf(type: number, content: Buffer): Buffer {
  const around = Buffer.alloc(4);
  around.writeUInt32BE(type * 2 ** 28 + content.length + 8);
  return Buffer.concat([around, content, around]);
}

/** The head of a CBOR value (RFC 8949, 3). */
function head(major: number, argument: number | bigint): Buffer {
  const value = BigInt(argument);
  const first = major << 5;
  if (value < 24n) return Buffer.from([first | Number(value)]);
  for (const [kind, bytes] of [
    [24, 1],
    [25, 2],
    [26, 4],
    [27, 8],
  ] as const) {
    if (value >= 1n << BigInt(bytes * 8)) continue;
    const encoded = Buffer.alloc(9);
    encoded[0] = first | kind;
    encoded.writeBigUInt64BE(value << BigInt(64 - bytes * 8), 1);
    return encoded.subarray(0, 1 + bytes);
  }
  throw new RangeError('too large');
}
