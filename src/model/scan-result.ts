/** What a scan hands to those who explain, compare or delete: trees and totals, no screens and no prose. */
import type { Breakdown } from './breakdown.ts';
import type { ByteString } from './byte-string.ts';
import type { Orphan } from './ledger.ts';
import type { ScanOwners } from './owners.ts';
import type { Problems } from './problem.ts';
import type { DirectoryTree } from './tree.ts';

/** How directories are read. `ext4` reads inode tables from the block device, `xfs` and `btrfs` have the kernel list inodes. */
export type SourceName = 'walk' | 'portable' | 'ext4' | 'xfs' | 'btrfs';

/** Why a filesystem was not read in bulk, but walked. */
export type BulkRefusal =
  | { readonly code: 'other-type'; readonly type: string }
  /** No such device here, or it may not be read. */
  | { readonly code: 'device-unreadable' }
  /** What lies there is no filesystem as the kernel writes them. */
  | { readonly code: 'implausible' }
  /** Bits of a feature word that are not known. */
  | { readonly code: 'feature'; readonly word: 'incompat' | 'ro_compat'; readonly bits: number }
  | { readonly code: 'mount-option'; readonly option: string }
  /** The kernel may keep what was written in memory for longer than can be waited for. */
  | { readonly code: 'held-back' }
  | { readonly code: 'memory' };

/** What is to be known of how a filesystem was read. */
export interface BulkNotice {
  readonly mountPoint: ByteString;
  /** Undefined where it was read in bulk, but for some directories. */
  readonly refusal: BulkRefusal | undefined;
  /** Directories that were not as the kernel writes them, and were walked. */
  readonly damaged: number;
}

/** Counts of inodes, each once, the root included. */
export interface Totals {
  readonly diskBytes: number;
  readonly apparentBytes: number;
  readonly entries: number;
  readonly files: number;
  readonly directories: number;
  readonly symlinks: number;
  readonly others: number;
}

export interface RankedFile {
  readonly path: ByteString;
  /** The directory of the tree it lies in. */
  readonly directory: number;
  readonly name: ByteString;
  readonly diskBytes: number;
  readonly apparentBytes: number;
  /** st_nlink: deleting one of several names frees nothing. */
  readonly links: number;
  /** Seconds since 1970. */
  readonly modifiedAt: number;
}

export interface RootResult {
  readonly path: ByteString;
  /** Its index in the tree. */
  readonly directory: number;
  readonly isDirectory: boolean;
  readonly totals: Totals;
  readonly breakdown: Breakdown;
}

export interface ScanResult {
  /** `file`: it was written down before, and is read from there. */
  readonly source: SourceName | 'file';
  /** Directories that were read without a system call per entry. */
  readonly bulkDirectories: number;
  /** Filesystems that were to be read in bulk and were not, or not everywhere. */
  readonly notices: readonly BulkNotice[];
  /** Mount points of what was read in bulk while its last changes were in memory only: files may be told as they were before. */
  readonly uncommitted: readonly ByteString[];
  /** Of mount points whose filesystem listed all its inodes on the way, those without a name. */
  readonly nameless: ReadonlyMap<ByteString, readonly Orphan[]>;
  readonly seconds: number;
  readonly threads: number;
  /** False where a problem was met or the scan was interrupted. */
  readonly complete: boolean;
  readonly interrupted: boolean;
  readonly tree: DirectoryTree;
  readonly roots: readonly RootResult[];
  /** Over all roots, largest first. */
  readonly largestFiles: readonly RankedFile[];
  /** Files whose size and bytes on disk differ by more than 1 MiB (holes, preallocation), by that difference. */
  readonly unevenFiles: readonly RankedFile[];
  /** Directories with a regular file of the name that was asked for; undefined where none was. */
  readonly notedDirectories: ReadonlySet<number> | undefined;
  readonly problems: Problems;
  /** Entries left out by `--exclude`. */
  readonly excluded: number;
  /** Undefined where nobody asked whose the bytes are. */
  readonly owners: ScanOwners | undefined;
}
