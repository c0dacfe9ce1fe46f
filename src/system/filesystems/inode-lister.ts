/** What a filesystem offers that lists its inodes, part by part, and sometimes the names in directories. */

/** A name that is listed: its inode (4 bytes; 0 for what is in another tree), its type, its length, and itself. */
export const LISTED_NAME = { type: 4, length: 5, name: 6 } as const;

export interface InodeLister {
  /** Begins with a part. */
  readonly begin: (part: number) => void;
  /** Reads some inodes and calls `found` for each, while what follows is about it; false where the part has ended. */
  readonly next: (found: () => void) => boolean;
  readonly inode: number;
  readonly mode: number;
  readonly links: number;
  readonly uid: number;
  /** As st_blocks counts: 512 bytes each. */
  readonly blocks: number;
  readonly size: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  readonly ctime: number;
  /** Whether statx would say the same of it, but for what is still in memory only. */
  readonly isCertain: boolean;
  /** Of a directory, entries one behind the other (LISTED_NAME); undefined where they are not told, or too many. */
  readonly names: Uint8Array | undefined;
}
