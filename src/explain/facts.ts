/** What rules judge by: the scan, the filesystems with their ledgers, what processes hold, and known places in the tree. */
import type { ByteString } from '../model/byte-string.ts';
import type { Filesystem } from '../model/filesystem.ts';
import type { DeletedFile, HiddenTree } from '../model/ledger.ts';
import type { Mount } from '../model/mount.ts';
import type { OwnedPaths } from '../model/owned-paths.ts';
import type { Owners, PackageManager } from '../model/owners.ts';
import type { OpenFiles } from '../model/process.ts';
import type { LivingScanResult } from '../scan/scan.ts';
import type { UserAccount } from '../system/machine/user-accounts.ts';
import type { ExplainRequest } from './explain-request.ts';
import type { KnownPlace } from './places/known-places.ts';
import type { FoundStore } from './stores/found-store.ts';

/** A named path, and the filesystem it lies on. */
interface FactsRoot {
  readonly path: ByteString;
  /** Its index in the tree. */
  readonly directory: number;
  /** Undefined where the filesystem does not say how full it is. */
  readonly filesystem: Filesystem | undefined;
}

/** Whose the bytes are, where somebody asked. */
export interface OwnerFacts {
  /** Per root. */
  readonly roots: readonly Owners[];
  readonly managers: readonly PackageManager[];
  /** Whether this system is made of their packages. */
  readonly ownSystem: boolean;
  readonly paths: OwnedPaths;
}

export interface Facts {
  /** Seconds since 1970. */
  readonly nowSeconds: number;
  /** Whether everything can be seen: other users' files and processes. */
  readonly isRoot: boolean;
  /** What was asked, and by whom. */
  readonly request: ExplainRequest;
  readonly scan: LivingScanResult;
  readonly roots: readonly FactsRoot[];
  readonly filesystems: readonly Filesystem[];
  /** Visible ones. */
  readonly mounts: readonly Mount[];
  /** Those that others cover as well. */
  readonly allMounts: readonly Mount[];
  /** Of this system and of those below. */
  readonly accounts: readonly UserAccount[];
  /** Roots of systems that do not run, as seen from here. */
  readonly otherRoots: readonly ByteString[];
  readonly openFiles: OpenFiles;
  /** Unlinked files on the filesystems above, largest first. */
  readonly deletedFiles: readonly DeletedFile[];
  readonly hiddenTrees: readonly HiddenTree[];
  /** Outer ones before what lies in them. */
  readonly places: readonly KnownPlace[];
  /** What known programs keep; outer ones before those they host. */
  readonly stores: readonly FoundStore[];
  /** Undefined where nobody asked. */
  readonly owners: OwnerFacts | undefined;
  /** A finding of fewer bytes is not worth a person's time on these filesystems. */
  readonly worthBytes: number;
}

/** What is worth a line: a share of what is used, but never less than 1 MiB, and always from 100 MiB on. */
export function worthBytes(filesystems: readonly Filesystem[]): number {
  const used = filesystems.reduce((sum, { usedBytes }) => sum + usedBytes, 0);
  return Math.min(LARGEST_WORTH, Math.max(LEAST_WORTH, used * WORTH_SHARE));
}

const LEAST_WORTH = 2 ** 20;
const LARGEST_WORTH = 100 * 2 ** 20;
const WORTH_SHARE = 0.002;
