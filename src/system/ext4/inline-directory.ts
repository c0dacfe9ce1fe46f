/** A small directory that lies inside its own inode (inline_data), in i_block and in the attribute "system.data". */
import { BLOCK_AREA } from './inode.ts';

/** Where the entries of an inline directory lie in its inode, `[start, end)` each. */
export type InlinePart = readonly [start: number, end: number];

/** The inode of the directory above comes first. */
const PARENT_BYTES = 4;
const MAGIC = 0xea02_0000;
const ENTRY_BYTES = 16;
/** EXT4_XATTR_INDEX_SYSTEM. */
const SYSTEM = 7;

/**
 * The parts of an inline directory in its raw inode, or undefined where they do not fit its size.
 * @param attributesAt see Ext4Inode. @param size st_size.
 */
export function inlineParts(inode: Buffer, attributesAt: number, size: number): InlinePart[] | undefined {
  const { position, bytes } = BLOCK_AREA;
  const inBlock: InlinePart = [position + PARENT_BYTES, position + bytes];
  if (size < bytes) return undefined;
  const value = dataAttribute(inode, attributesAt);
  if (value === 'damaged') return undefined;
  const [start, end] = value ?? [0, 0];
  return end - start === size - bytes ? (end > start ? [inBlock, [start, end]] : [inBlock]) : undefined;
}

/** Where the value of "system.data" lies (struct ext4_xattr_entry); undefined where there is none. */
function dataAttribute(inode: Buffer, attributesAt: number): InlinePart | 'damaged' | undefined {
  const first = attributesAt + 4;
  if (first > inode.length || inode.readUInt32LE(attributesAt) !== MAGIC) return undefined;
  for (let at = first; at + 4 <= inode.length && inode.readUInt32LE(at) !== 0;) {
    if (at + ENTRY_BYTES > inode.length) return 'damaged';
    const nameBytes = inode[at];
    const name = inode.toString('latin1', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes);
    if (inode[at + 1] === SYSTEM && name === 'data') {
      const start = first + inode.readUInt16LE(at + 2);
      const end = start + inode.readUInt32LE(at + 8);
      const isInside = inode.readUInt32LE(at + 4) === 0 && end <= inode.length;
      return isInside ? [start, end] : 'damaged';
    }
    at += (ENTRY_BYTES + nameBytes + 3) & ~3;
  }
  return undefined;
}
