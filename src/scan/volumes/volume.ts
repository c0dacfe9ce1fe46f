/** A filesystem that is read in bulk, as all threads of a scan know it: plain data and shared memory. */
import type { InodeTables } from '../../system/ext4/inode-tables.ts';
import type { Ext4Geometry } from '../../system/ext4/super-block.ts';

/** An ext4 filesystem whose inode tables and directories are read from its block device. */
export interface Volume {
  /** The mount it is seen through, as statx and mountinfo number it. */
  readonly mountId: number;
  /** Major << 20 | minor. */
  readonly device: number;
  /** The block device, open for reading. */
  readonly deviceDescriptor: number;
  /** The mount's root, open: through it directories are opened by their inodes. */
  readonly mountDescriptor: number;
  readonly geometry: Ext4Geometry;
  readonly tables: InodeTables;
  /** See InodeRecords. */
  readonly records: RecordMemory;
  /** What was changed after this, seconds since 1970, is looked at by statx. */
  readonly changedSince: number;
  /** Inodes of directories in which something is mounted. */
  readonly mountParents: ReadonlySet<number>;
}

/** Indexes into the counts of what is read in bulk. */
export const COUNT = { read: 0, damaged: 1 } as const;

/** What threads know of inodes, filled in as they need it. */
export interface RecordMemory {
  /** RECORD_WORDS per inode that may be in use. */
  readonly words: Uint32Array;
  /** Of each group, the number of its first record, and of its first piece. */
  readonly starts: Float64Array;
  readonly firstPieces: Uint32Array;
  /** Of each piece of a table, a PIECE_STATE. */
  readonly states: Int32Array;
  readonly pieceInodes: number;
  /** All of the filesystem is read: what will be wanted is announced. */
  readonly isWhole: boolean;
  /** A bit per record of a directory that was found. */
  readonly found: Int32Array;
  /** How many directories were read from the volume, and how many were not as the kernel writes them. */
  readonly counts: Int32Array;
}
