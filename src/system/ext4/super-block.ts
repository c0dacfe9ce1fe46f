/**
 * The ext4 superblock: where everything lies, and whether this program may say so. Formats here and beside: the
 * kernel's Documentation/filesystems/ext4 and fs/ext4/ext4.h. What is not known for certain is refused.
 */

import { crc32c } from './crc32c.ts';

/** Where the superblock lies on the device, and how long it is. */
export const SUPER_BLOCK = { position: 1024, bytes: 1024 } as const;

/** What is needed to find inodes and directories; plain data, so that threads can be told. */
export interface Ext4Geometry {
  readonly blockBytes: number;
  readonly firstDataBlock: number;
  readonly blocks: number;
  readonly blocksPerGroup: number;
  readonly inodes: number;
  readonly inodesPerGroup: number;
  readonly groups: number;
  readonly inodeBytes: number;
  readonly descriptorBytes: number;
  /** Descriptors of this block of descriptors and later ones lie in their own groups; Infinity without meta_bg. */
  readonly firstMetaBlock: number;
  /** Which groups have copies of the superblock: all, or by the rules of sparse_super or sparse_super2. */
  readonly backups: 'all' | 'sparse' | readonly number[];
  /** Descriptors say how many inodes at the end of a table were never used. */
  readonly countsUnused: boolean;
  readonly hasFileTypes: boolean;
  readonly hasHugeFiles: boolean;
  readonly hasLargeDirectories: boolean;
  /** Inodes and directory blocks carry checksums that begin with this; undefined where they carry none. */
  readonly checksumSeed: number | undefined;
}

/** Why a superblock is refused. */
export type Ext4Refusal =
  | { readonly code: 'no-ext4' }
  | { readonly code: 'implausible' }
  /** Bits of a feature word that are not known here. */
  | { readonly code: 'feature'; readonly word: 'incompat' | 'ro_compat'; readonly bits: number };

const MAGIC = 0xef53;
const LINUX = 0;
const DYNAMIC_REVISION = 1;

const COMPATIBLE = { sparseSuper2: 0x200 } as const;
const INCOMPATIBLE = {
  fileTypes: 0x2,
  recover: 0x4,
  metaGroups: 0x10,
  extents: 0x40,
  is64Bit: 0x80,
  multipleMountProtection: 0x100,
  flexibleGroups: 0x200,
  attributeInodes: 0x400,
  checksumSeed: 0x2000,
  largeDirectories: 0x4000,
  inlineData: 0x8000,
  encryption: 0x1_0000,
  caseFolding: 0x2_0000,
} as const;
const READ_ONLY = {
  sparseSuper: 0x1,
  largeFiles: 0x2,
  hugeFiles: 0x8,
  groupChecksums: 0x10,
  manyLinks: 0x20,
  extraInodeSize: 0x40,
  quota: 0x100,
  clusters: 0x200,
  metadataChecksums: 0x400,
  readOnly: 0x1000,
  project: 0x2000,
  sharedBlocks: 0x4000,
  verity: 0x8000,
  orphansPresent: 0x1_0000,
} as const;

/** @param superBlock its 1024 bytes. @param deviceBytes how much the device holds. */
export function parseSuperBlock(superBlock: Buffer, deviceBytes: number): Ext4Geometry | Ext4Refusal {
  if (superBlock.readUInt16LE(0x38) !== MAGIC) return { code: 'no-ext4' };
  const word = (at: number): number => superBlock.readUInt32LE(at);
  const half = (at: number): number => superBlock.readUInt16LE(at);
  const [compatible, incompatible, readOnly] = [word(0x5c), word(0x60), word(0x64)];
  const unknown = incompatible & ~bitsOf(INCOMPATIBLE);
  if (unknown !== 0) return { code: 'feature', word: 'incompat', bits: unknown >>> 0 };
  const unknownReadOnly = readOnly & ~bitsOf(READ_ONLY);
  if (unknownReadOnly !== 0) return { code: 'feature', word: 'ro_compat', bits: unknownReadOnly >>> 0 };
  const isDynamic = word(0x4c) >= DYNAMIC_REVISION;
  const has64Bit = (incompatible & INCOMPATIBLE.is64Bit) !== 0;
  const hasChecksums = (readOnly & READ_ONLY.metadataChecksums) !== 0;
  const geometry: Ext4Geometry = {
    blockBytes: word(0x18) > 6 ? 0 : 1024 << word(0x18),
    firstDataBlock: word(0x14),
    blocks: word(0x04) + (has64Bit ? word(0x150) * 2 ** 32 : 0),
    blocksPerGroup: word(0x20),
    inodes: word(0x00),
    inodesPerGroup: word(0x28),
    groups: Math.ceil((word(0x04) + (has64Bit ? word(0x150) * 2 ** 32 : 0) - word(0x14)) / word(0x20)),
    inodeBytes: isDynamic ? half(0x58) : 128,
    descriptorBytes: has64Bit ? half(0xfe) : 32,
    firstMetaBlock: (incompatible & INCOMPATIBLE.metaGroups) === 0 ? Infinity : word(0x104),
    backups: backupsOf(compatible, readOnly, [word(0x24c), word(0x250)]),
    countsUnused: (readOnly & (READ_ONLY.groupChecksums | READ_ONLY.metadataChecksums)) !== 0,
    hasFileTypes: (incompatible & INCOMPATIBLE.fileTypes) !== 0,
    hasHugeFiles: (readOnly & READ_ONLY.hugeFiles) !== 0,
    hasLargeDirectories: (incompatible & INCOMPATIBLE.largeDirectories) !== 0,
    checksumSeed: hasChecksums
      ? (incompatible & INCOMPATIBLE.checksumSeed) === 0
        ? crc32c(0xffff_ffff, superBlock, 0x68, 0x78)
        : word(0x270)
      : undefined,
  };
  return word(0x48) === LINUX && isPlausible(geometry, deviceBytes) ? geometry : { code: 'implausible' };
}

/** Whether it is a refusal. */
export function isRefusal(parsed: Ext4Geometry | Ext4Refusal): parsed is Ext4Refusal {
  return 'code' in parsed;
}

function backupsOf(compatible: number, readOnly: number, groups: readonly number[]): Ext4Geometry['backups'] {
  if ((compatible & COMPATIBLE.sparseSuper2) !== 0) return groups;
  return (readOnly & READ_ONLY.sparseSuper) === 0 ? 'all' : 'sparse';
}

/** What the kernel asks of a superblock before it mounts (ext4_fill_super), as far as it matters here. */
function isPlausible(geometry: Ext4Geometry, deviceBytes: number): boolean {
  const { blockBytes, blocks, blocksPerGroup, inodes, inodesPerGroup, groups, inodeBytes } = geometry;
  const { descriptorBytes, firstDataBlock } = geometry;
  return (
    blockBytes >= 1024 &&
    firstDataBlock <= 1 &&
    blocksPerGroup > 0 &&
    inodesPerGroup > 0 &&
    inodesPerGroup <= blockBytes * 8 &&
    isPowerOfTwo(inodeBytes) &&
    inodeBytes >= 128 &&
    inodeBytes <= blockBytes &&
    (inodesPerGroup * inodeBytes) % blockBytes === 0 &&
    isPowerOfTwo(descriptorBytes) &&
    descriptorBytes >= 32 &&
    descriptorBytes <= blockBytes &&
    blocks > firstDataBlock &&
    blocks * blockBytes <= deviceBytes &&
    groups * inodesPerGroup === inodes
  );
}

function isPowerOfTwo(number: number): boolean {
  return number > 0 && (number & (number - 1)) === 0;
}

function bitsOf(features: Readonly<Record<string, number>>): number {
  return Object.values(features).reduce((bits, bit) => bits | bit, 0);
}
