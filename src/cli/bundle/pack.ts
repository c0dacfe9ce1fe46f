/**
 * A pack holds the chunks of a bundle in one file, each with V8's code cache for it, so that a command reads only its
 * own. Format: length of the index (uint32, little-endian), the index (JSON), then the pieces, each at a multiple of 8
 * because V8 copies a cache that is not aligned. Offsets count from the end of the index. Sources are ASCII.
 */

/** Where a piece lies: offset and length in bytes. */
type Piece = readonly [offset: number, length: number];

/** Reads `length` bytes at `offset` of a pack. */
export type ReadPiece = (offset: number, length: number) => Buffer;

export interface Chunk {
  readonly source: string;
  /** As `vm.Script` takes it; undefined where none was made. */
  readonly cachedData: Buffer | undefined;
}

export interface Pack {
  /** Of all chunks, in the order of the pack. */
  readonly names: readonly string[];
  /** Undefined where the pack has no such chunk. */
  readonly chunk: (name: string) => Chunk | undefined;
}

type Index = Readonly<Record<string, { readonly source: Piece; readonly cache: Piece }>>;

const ALIGNMENT = 8;
const LENGTH_BYTES = 4;

/** Reads the index now, and chunks when they are asked for. */
export function openPack(read: ReadPiece): Pack {
  const start = LENGTH_BYTES + read(0, LENGTH_BYTES).readUInt32LE();
  const index = JSON.parse(read(LENGTH_BYTES, start - LENGTH_BYTES).toString('latin1')) as Index;
  const piece = ([offset, length]: Piece): Buffer => read(start + offset, length);
  return {
    names: Object.keys(index),
    chunk: (name) => {
      const found = Object.hasOwn(index, name) ? index[name] : undefined;
      if (!found) return undefined;
      const cache = piece(found.cache);
      return {
        source: piece(found.source).toString('latin1'),
        cachedData: cache.length > 0 ? cache : undefined,
      };
    },
  };
}

/** The bytes of a pack with these chunks. Throws for a source that is not ASCII. */
export function writePack(chunks: ReadonlyMap<string, Chunk>): Buffer {
  const pieces: Buffer[] = [];
  let end = 0;
  const add = (bytes: Buffer): Piece => {
    const offset = end;
    const padding = -bytes.length & (ALIGNMENT - 1);
    pieces.push(bytes, Buffer.alloc(padding));
    end += bytes.length + padding;
    return [offset, bytes.length];
  };
  const index = Object.fromEntries(
    Array.from(chunks, ([name, { source, cachedData }]) => {
      // oxlint-disable-next-line no-control-regex -- all of ASCII is meant
      if (!/^[\0-\x7f]*$/u.test(source)) throw new Error(`${name} is not ASCII`);
      return [
        name,
        { source: add(Buffer.from(source, 'latin1')), cache: add(cachedData ?? Buffer.alloc(0)) },
      ];
    }),
  );
  const text = JSON.stringify(index);
  // Blanks, which JSON ignores, bring the first piece to its place.
  const head = text.padEnd(text.length + (-(LENGTH_BYTES + text.length) & (ALIGNMENT - 1)));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(head.length);
  return Buffer.concat([length, Buffer.from(head, 'latin1'), ...pieces]);
}
