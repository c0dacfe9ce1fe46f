/** Where each group's inodes lie and how many of them were ever used, by the group descriptors. */
import type { FillFromDevice } from './device-reader.ts';
import type { Ext4Geometry } from './super-block.ts';

/** The inode tables; in shared memory, so that threads can be told. */
export interface InodeTables {
  /** Of each group, the first block of its inode table. */
  readonly firstBlocks: Float64Array;
  /** Of each group, how many inodes from its first on may be in use. */
  readonly used: Uint32Array;
}

const UNINITIALIZED = 1;

/** Undefined where the descriptors cannot be read, or a table lies outside the filesystem. */
export function readInodeTables(geometry: Ext4Geometry, read: FillFromDevice): InodeTables | undefined {
  const { groups, blockBytes, descriptorBytes, inodesPerGroup, inodeBytes, blocks } = geometry;
  const tables: InodeTables = {
    firstBlocks: new Float64Array(new SharedArrayBuffer(groups * 8)),
    used: new Uint32Array(new SharedArrayBuffer(groups * 4)),
  };
  const perBlock = blockBytes / descriptorBytes;
  const tableBlocks = (inodesPerGroup * inodeBytes) / blockBytes;
  const block = Buffer.alloc(blockBytes);
  for (let group = 0; group < groups; group++) {
    const index = group % perBlock;
    const position = descriptorBlock(geometry, Math.floor(group / perBlock)) * blockBytes;
    if (index === 0 && !read.fill(block, position)) return undefined;
    const descriptor = block.subarray(index * descriptorBytes, (index + 1) * descriptorBytes);
    const first = tableOf(descriptor);
    if (first <= geometry.firstDataBlock || first + tableBlocks > blocks) return undefined;
    tables.firstBlocks[group] = first;
    const used = usedIn(descriptor, geometry);
    if (used > inodesPerGroup) return undefined;
    tables.used[group] = used;
  }
  return tables;
}

/** The block of an inode table's start, from a group descriptor (struct ext4_group_desc). */
function tableOf(descriptor: Buffer): number {
  const high = descriptor.length >= 64 ? descriptor.readUInt32LE(0x28) : 0;
  return descriptor.readUInt32LE(0x08) + high * 2 ** 32;
}

function usedIn(descriptor: Buffer, { inodesPerGroup, countsUnused }: Ext4Geometry): number {
  const high = (at: number): number => (descriptor.length >= 64 ? descriptor.readUInt16LE(at) * 2 ** 16 : 0);
  if (countsUnused) {
    if ((descriptor.readUInt16LE(0x12) & UNINITIALIZED) !== 0) return 0;
    return inodesPerGroup - (descriptor.readUInt16LE(0x1c) + high(0x32));
  }
  return descriptor.readUInt16LE(0x0e) + high(0x2e) === inodesPerGroup ? 0 : inodesPerGroup;
}

/** Which block holds block number `index` of the descriptors (descriptor_loc of fs/ext4/super.c). */
function descriptorBlock(geometry: Ext4Geometry, index: number): number {
  const { blockBytes, firstMetaBlock, descriptorBytes, blocksPerGroup, firstDataBlock } = geometry;
  if (index < firstMetaBlock) return (blockBytes === 1024 ? 1 : 0) + index + 1;
  const group = index * (blockBytes / descriptorBytes);
  let behindSuperBlock = hasSuperBlock(geometry, group) ? 1 : 0;
  if (blockBytes === 1024 && index === 0 && firstDataBlock === 0) behindSuperBlock++;
  return group * blocksPerGroup + firstDataBlock + behindSuperBlock;
}

/** ext4_bg_has_super of fs/ext4/balloc.c. */
function hasSuperBlock({ backups }: Ext4Geometry, group: number): boolean {
  if (group === 0) return true;
  if (backups === 'all') return true;
  if (backups !== 'sparse') return backups.includes(group);
  return group === 1 || [3, 5, 7].some((base) => isPowerOf(base, group));
}

function isPowerOf(base: number, number: number): boolean {
  let power = base;
  while (power < number) power *= base;
  return power === number;
}
