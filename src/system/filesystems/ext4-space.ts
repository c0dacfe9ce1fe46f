/** What an ext4 filesystem keeps for itself and for nobody that has a name for it, read from its block device. */
import { closeSync } from 'node:fs';
import type { Orphan } from '../../model/ledger.ts';
import type { Mount } from '../../model/mount.ts';
import { openDevice, readDescriptor } from '../ext4/device-reader.ts';
import type { FillFromDevice } from '../ext4/device-reader.ts';
import { readInodeTables } from '../ext4/inode-tables.ts';
import { InodeReader, readOrphans } from '../ext4/orphans.ts';
import { isRefusal, parseSuperBlock, SUPER_BLOCK } from '../ext4/super-block.ts';

export interface Ext4Space {
  /** Blocks of the filesystem's own inodes that statfs counts as used: quota, orphan file, the map of reserved descriptors. */
  readonly hiddenInodeBytes: number;
  /** Inside the filesystem; statfs counts it neither as used nor as part of the whole. */
  readonly journalBytes: number;
  /** Files without a name that somebody holds: processes, or the kernel itself. */
  readonly orphans: readonly Orphan[];
}

const COMPATIBLE_RESIZE_INODE = 0x10;
/** Where the superblock names inodes: of quota of users, groups and projects, of the orphan file, of the journal. */
const HIDDEN_INODES = [0x240, 0x244, 0x26c, 0x280];
const JOURNAL_INODE = 0xe0;
const RESERVED_DESCRIPTORS = 0xce;
/** Space is handed out in clusters: a block, but for bigalloc. */
const LOG_CLUSTER = 0x1c;
const BLOCK_BYTES = 512;

/**
 * Undefined where the device cannot be read (not root) or holds something else.
 * @param suspects see readOrphans.
 */
export function readExt4Space(
  mount: Pick<Mount, 'device' | 'source'>,
  suspects: readonly number[] = [],
): Ext4Space | undefined {
  const opened = openDevice(mount);
  if (!opened) return undefined;
  try {
    return readSpace(readDescriptor(opened.descriptor), opened.bytes, suspects);
  } finally {
    closeSync(opened.descriptor);
  }
}

function readSpace(
  read: FillFromDevice,
  deviceBytes: number,
  suspects: readonly number[],
): Ext4Space | undefined {
  const superBlock = Buffer.alloc(SUPER_BLOCK.bytes);
  if (!read.fill(superBlock, SUPER_BLOCK.position)) return undefined;
  const geometry = parseSuperBlock(superBlock, deviceBytes);
  if (isRefusal(geometry)) return undefined;
  const tables = readInodeTables(geometry, read);
  if (!tables) return undefined;
  const reader = new InodeReader(geometry, tables, read);
  const bytesOf = (inode: number): number => (reader.look(inode) ? reader.inode.blocks * BLOCK_BYTES : 0);
  const hidden = new Set(HIDDEN_INODES.map((offset) => superBlock.readUInt32LE(offset)));
  let hiddenInodeBytes = [...hidden].reduce((sum, inode) => sum + bytesOf(inode), 0);
  // Its blocks are counted as overhead, but for the one that lists them.
  const hasResizeInode = (superBlock.readUInt32LE(0x5c) & COMPATIBLE_RESIZE_INODE) !== 0;
  if (hasResizeInode && superBlock.readUInt16LE(RESERVED_DESCRIPTORS) > 0)
    hiddenInodeBytes += 1024 << superBlock.readUInt32LE(LOG_CLUSTER);
  const journalBytes = bytesOf(superBlock.readUInt32LE(JOURNAL_INODE));
  // Overhead is what is written to it, not the blocks that say where it lies.
  if (journalBytes > 0) hiddenInodeBytes += Math.max(0, journalBytes - reader.inode.size);
  return {
    hiddenInodeBytes,
    journalBytes,
    orphans: readOrphans(superBlock, reader, suspects),
  };
}
