/** Whose the bytes below a root are: which package installed them, and which user they belong to. */
import type { Share } from './breakdown.ts';
import type { ByteString } from './byte-string.ts';

export type PackageManager = 'dpkg' | 'rpm' | 'pacman';

/** Bytes and inodes, each inode once. */
interface PackageShare extends Share {
  readonly name: ByteString;
}

export interface UserShare extends Share {
  readonly uid: number;
  /** Undefined where /etc/passwd does not know the user. */
  readonly name: ByteString | undefined;
}

/** Files that no package owns. */
export interface UnownedPlace extends Share {
  readonly path: ByteString;
  /** Its index in the tree. */
  readonly directory: number;
  /** True where no package knows the directory, so that all in it counts; false for files directly in a package's directory. */
  readonly whole: boolean;
}

/** packages + generated + unowned + directories = the root's total, to the byte. */
export interface PackageOwners {
  readonly managers: readonly PackageManager[];
  /** Largest first. A file that two packages list counts for the first of them. */
  readonly packages: readonly PackageShare[];
  /** Made by packages' own scripts: byte code, caches, the locale archive. */
  readonly generated: Share;
  readonly unowned: Share;
  /** Where unowned bytes are, the most first; none lies in another. */
  readonly unownedPlaces: readonly UnownedPlace[];
  /** What directories themselves take, whoever shares them. */
  readonly directories: Share;
}

export interface Owners {
  /** Largest first. They add up to the root's total. */
  readonly users: readonly UserShare[];
  /** Undefined where no package manager is known. */
  readonly byPackage: PackageOwners | undefined;
}

/** What the scan counted of a root, by owner number and by uid. */
interface OwnerCounts {
  readonly byOwner: ReadonlyMap<number, Share>;
  readonly byUser: ReadonlyMap<number, Share>;
  readonly directories: Share;
}

/** What a scan that was asked for owners adds to its result. */
export interface ScanOwners {
  readonly roots: readonly OwnerCounts[];
  /** By directory of the tree: what in it and below no package owns, each inode once. */
  readonly unownedBytes: Float64Array;
  readonly unownedEntries: Float64Array;
}
