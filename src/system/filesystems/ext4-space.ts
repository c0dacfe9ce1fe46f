/**
 * What an ext4 filesystem keeps for itself, read from its block device. Formats: the kernel's
 * Documentation/filesystems/ext4 (super block, group descriptors, inode table).
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

export interface Ext4Space {
  /** Blocks of inodes without a name that statfs counts as used: quota, orphans, the map of reserved descriptors. */
  readonly hiddenInodeBytes: number;
  /** Inside the filesystem; statfs counts it neither as used nor as part of the whole. */
  readonly journalBytes: number;
}

const SUPER_BLOCK = 1024;
const SUPER_BLOCK_BYTES = 1024;
const MAGIC = 0xef53;
const COMPATIBLE_RESIZE_INODE = 0x10;
const INCOMPATIBLE_64BIT = 0x80;

/** Undefined where the device cannot be read (not root) or holds something else. */
export function readExt4Space(device: ByteString): Ext4Space | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(toBuffer(device), 'r');
  } catch {
    return undefined;
  }
  try {
    return readSpace((position, length) => readExactly(descriptor, position, length));
  } catch {
    return undefined;
  } finally {
    closeSync(descriptor);
  }
}

type Read = (position: number, length: number) => Buffer;

function readExactly(descriptor: number, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  if (readSync(descriptor, buffer, 0, length, position) < length) throw new Error('short read');
  return buffer;
}

function readSpace(read: Read): Ext4Space | undefined {
  const superBlock = read(SUPER_BLOCK, SUPER_BLOCK_BYTES);
  if (superBlock.readUInt16LE(0x38) !== MAGIC) return undefined;
  const blockBytes = 1024 << superBlock.readUInt32LE(0x18);
  const hasResizeInode = (superBlock.readUInt32LE(0x5c) & COMPATIBLE_RESIZE_INODE) !== 0;
  const reservedDescriptors = superBlock.readUInt16LE(0xce);
  // User, group and project quota, and the orphan file.
  const hidden = new Set([0x240, 0x244, 0x26c, 0x280].map((offset) => superBlock.readUInt32LE(offset)));
  let hiddenInodeBytes = [...hidden].reduce((sum, inode) => sum + inodeBytes(read, superBlock, inode), 0);
  // Its blocks are counted as overhead, but for the one that lists them.
  if (hasResizeInode && reservedDescriptors > 0) hiddenInodeBytes += blockBytes;
  return { hiddenInodeBytes, journalBytes: inodeBytes(read, superBlock, superBlock.readUInt32LE(0xe0)) };
}

/** Allocated bytes of an inode; 0 for inode 0, which means "none". */
function inodeBytes(read: Read, superBlock: Buffer, inode: number): number {
  if (inode === 0) return 0;
  const blockBytes = 1024 << superBlock.readUInt32LE(0x18);
  const inodesPerGroup = superBlock.readUInt32LE(0x28);
  const sizeOfInode = superBlock.readUInt16LE(0x58);
  const is64Bit = (superBlock.readUInt32LE(0x60) & INCOMPATIBLE_64BIT) !== 0;
  const sizeOfDescriptor = is64Bit ? superBlock.readUInt16LE(0xfe) : 32;
  const group = Math.floor((inode - 1) / inodesPerGroup);
  const descriptors = (superBlock.readUInt32LE(0x14) + 1) * blockBytes;
  const descriptor = read(descriptors + group * sizeOfDescriptor, sizeOfDescriptor);
  const high = sizeOfDescriptor >= 64 ? descriptor.readUInt32LE(0x28) : 0;
  const table = (descriptor.readUInt32LE(0x08) + high * 2 ** 32) * blockBytes;
  const found = read(table + ((inode - 1) % inodesPerGroup) * sizeOfInode, 128);
  return (found.readUInt32LE(0x1c) + found.readUInt16LE(0x74) * 2 ** 32) * SECTOR_BYTES;
}

const SECTOR_BYTES = 512;
