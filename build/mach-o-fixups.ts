/**
 * Tells the table of pointers that dyld is to fix of a segment that was put in (mach-o/fixup-chains.h). postject leaves the
 * table as it was, with one segment less than there are, and newer versions of dyld refuse such a file.
 */
import { loadCommands, segmentNamed, segmentsOf } from './mach-o.ts';

const LC_DYLD_CHAINED_FIXUPS = 0x80000034;
/** Where in a load command offsets into __LINKEDIT stand, by kind. */
const OFFSETS: ReadonlyMap<number, readonly number[]> = new Map([
  // LC_SYMTAB, LC_DYSYMTAB, LC_SEGMENT_SPLIT_INFO, LC_FUNCTION_STARTS, LC_DATA_IN_CODE, LC_DYLD_EXPORTS_TRIE
  [0x2, [8, 16]],
  [0xb, [32, 40, 48, 56, 64, 72]],
  [0x1e, [8]],
  [0x26, [8]],
  [0x29, [8]],
  [0x80000033, [8]],
]);
/** One more number in the table takes 4 bytes; what follows stays aligned. */
const ADDED_BYTES = 8;

/** The bytes with a segment `name` that has nothing to fix; the same where the executable has no such table. */
export function addToFixups(file: Buffer, name: string): Buffer {
  const fixups = loadCommands(file).find(({ kind }) => kind === LC_DYLD_CHAINED_FIXUPS);
  if (!fixups) return file;
  const start = file.readUInt32LE(fixups.at + 8);
  const table = start + file.readUInt32LE(start + 4);
  const count = file.readUInt32LE(table);
  const segments = segmentsOf(file);
  if (count + 1 !== segments.length) throw new Error(`${count} segments with fixups of ${segments.length}`);
  const index = segments.findIndex((segment) => segment.name === name);
  const offsets = Array.from({ length: count }, (_, i) => file.readUInt32LE(table + 4 + 4 * i));
  const tableEnd = table + 4 + 4 * count;
  const added = Buffer.concat([
    file.subarray(0, tableEnd),
    Buffer.alloc(ADDED_BYTES),
    file.subarray(tableEnd),
  ]);
  const grow = (at: number): void => void added.writeUInt32LE(added.readUInt32LE(at) + ADDED_BYTES, at);
  // imports_offset and symbols_offset of the header; offsets of 0 mean that there is nothing.
  grow(start + 8);
  grow(start + 12);
  const moved = offsets.map((offset) => (offset === 0 ? 0 : offset + ADDED_BYTES)).toSpliced(index, 0, 0);
  for (const [i, word] of [count + 1, ...moved].entries()) added.writeUInt32LE(word, table + 4 * i);
  grow(fixups.at + 12);
  for (const { at, kind } of loadCommands(file))
    for (const offset of OFFSETS.get(kind) ?? [])
      if (file.readUInt32LE(at + offset) >= tableEnd) grow(at + offset);
  const { command, fileBytes } = segmentNamed(file, '__LINKEDIT');
  added.writeBigUInt64LE(BigInt(fileBytes + ADDED_BYTES), command + 48);
  return added;
}
