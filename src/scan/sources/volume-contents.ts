/** What a filesystem that is read in bulk must offer, however it keeps its inodes and directories. */

/** What every thread knows of a filesystem that is read in bulk. */
export interface VolumePlace {
  readonly mountId: number;
  /** Major << 20 | minor. */
  readonly device: number;
  /** The mount's root, open: through it directories are opened by their inodes. */
  readonly mountDescriptor: number;
  /** Inodes of directories that are walked whatever is known of them. */
  readonly mountParents: ReadonlySet<number>;
  /** COUNT. */
  readonly counts: Int32Array;
}

/** `damaged`: what lies there is no directory as the kernel writes them. `changing`: nothing certain is known of it. */
export type DirectoryState = 'whole' | 'changing' | 'damaged';

/** The directories of a filesystem that is read in bulk, one at a time. */
export interface VolumeDirectories {
  /** Their names. */
  readonly bytes: Uint8Array;
  readonly entries: DirectoryEntries;
  /**
   * Makes sure of a directory; its entries come by `nextPiece` if it is whole.
   * @param above the inode of the directory it was found in, 0 where that is not known.
   */
  readonly open: (inode: number, above: number) => DirectoryState;
  /** The next entries, through `entries`; false at the end, or where the directory has changed since it was opened. */
  readonly nextPiece: () => boolean;
  /** Whether all of it was handed out, and none of it changed meanwhile. */
  readonly isComplete: boolean;
  /** Opens an inode for the kernel (struct file_handle); undefined where that cannot be said. */
  readonly handle: (inode: number) => Uint8Array | undefined;
}

/** Steps through names. */
export interface DirectoryEntries {
  readonly advance: () => boolean;
  readonly inode: number;
  /** As the filesystem says it (EXT4_FT_…, and the same for btrfs), 0 where it does not. */
  readonly type: number;
  /** The name is `bytes[nameStart…nameEnd)`. */
  readonly nameStart: number;
  readonly nameEnd: number;
}

/** What is known of inodes. */
export interface VolumeRecords {
  readonly words: Uint32Array;
  /** Index of the inode's record in `words`, or -1 where nothing certain is known and the kernel must be asked. */
  readonly find: (inode: number) => number;
  /** Notes that a directory was found; false where it was before. For inodes of which `find` cannot tell: true. */
  readonly markFound: (inode: number) => boolean;
}

/** A filesystem as it is read in bulk by one thread. */
export interface VolumeContents {
  readonly place: VolumePlace;
  readonly records: VolumeRecords;
  readonly directories: VolumeDirectories;
}
