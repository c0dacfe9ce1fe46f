/** What became of a deletion, as values: outcomes, what stood in the way, what came back. Their words are render's. */
import type { ByteString } from './byte-string.ts';
import type { KeepReason } from './tmp-reason.ts';
import type { TmpVerdict } from './tmp-report.ts';
import type { HoldKind } from './process.ts';

/**
 * `would-delete` in a dry run. `changed`: no longer what was judged. `skipped`: not tried, for a reason that may pass
 * (held by a process, locked, interrupted). `failed`: the kernel says no. `quarantined`: moved aside, nothing freed yet.
 */
export type DeleteOutcome = 'deleted' | 'quarantined' | 'would-delete' | 'changed' | 'failed' | 'skipped';

/** How a change of one entry shows. */
export interface EntryChange {
  /** Below the unit's path; empty for the unit itself. */
  readonly below: ByteString;
  readonly change: 'new' | 'gone' | 'changed';
}

/** How a unit is no longer what was judged. `…-meanwhile`: it was already being deleted then. */
export type UnitChange =
  | 'since-judged'
  /** A file of it was written to while it lay in quarantine. */
  | 'since-set-aside'
  | 'gone'
  | 'exchanged'
  | 'more-than-judged'
  | 'relative-path'
  | 'directory-above-gone'
  | 'directory-above-exchanged'
  /** A directory above belongs to somebody who could exchange what is below it. */
  | 'directory-above-exchangeable'
  | 'changed-meanwhile'
  | 'exchanged-meanwhile'
  | 'moved-meanwhile'
  | 'new-meanwhile';

/** What the kernel was asked for when it said no. */
export type Attempt =
  | 'look'
  | 'open'
  | 'read'
  | 'lock'
  | 'remove'
  | 'open-root'
  | 'open-directory-above'
  | 'read-directory-above'
  | 'make-quarantine'
  | 'open-quarantine'
  | 'move';

/** Why a unit could be deleted in part only: nothing of it is begun. */
export type PartObstacle =
  /** chattr(1): immutable or append-only. */
  | 'undeletable'
  /** This process may not remove names from a directory: its permissions, or a read-only subvolume. */
  | 'read-only-directory';

/** Who holds something. */
export type Holding =
  | { readonly by: 'process'; readonly pid: number; readonly hold: HoldKind }
  | { readonly by: 'lock'; readonly pid: number; readonly lock: string }
  /** The kernel uses it as a disk, or its NFS server exports it: "loop3", "swap" or "nfsd". */
  | { readonly by: 'disk'; readonly user: string }
  /** An overlay is made of it, or a part of it is mounted elsewhere, or covered there. */
  | { readonly by: 'overlay' | 'mount'; readonly mountPoint: ByteString }
  /** Whoever it is cannot be seen: the kernel gives no lease on it. */
  | { readonly by: 'unseen' };

/** What stands in the way of a unit, or stood in the way of the rest of it. `kind` is the stable code in JSON and journals. */
export type Obstacle =
  | { readonly kind: 'changed'; readonly how: UnitChange; readonly changes: readonly EntryChange[] }
  | { readonly kind: 'kernel'; readonly attempt: Attempt; readonly errno: string }
  | { readonly kind: 'not-whole'; readonly because: PartObstacle; readonly errno: string }
  | { readonly kind: 'in-use'; readonly holding: Holding }
  /** Somebody holds a lock on it (flock(2)). */
  | { readonly kind: 'locked' }
  /** Something is mounted in it. */
  | { readonly kind: 'mount' }
  /** A named pipe or device is in it. */
  | { readonly kind: 'special-file' }
  | { readonly kind: 'depth'; readonly mostLevels: number }
  | { readonly kind: 'other-owner'; readonly uid: number }
  /** The journal takes no more lines. */
  | { readonly kind: 'journal'; readonly errno: string }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'foreign-quarantine' }
  /** An earlier run has set something aside in it. */
  | { readonly kind: 'quarantine' }
  /** A plan's unit that is no longer judged deletable. */
  | {
      readonly kind: 'no-longer-deletable';
      readonly verdict: TmpVerdict;
      readonly keepReason: KeepReason | undefined;
    }
  /** A plan's unit that is no longer among those that are judged. */
  | { readonly kind: 'not-judged' };

/** What became of a planned unit. */
export interface UnitOutcome {
  readonly path: ByteString;
  readonly outcome: DeleteOutcome;
  /** Names removed; fewer than the unit had where it was left half done. */
  readonly removedEntries: number;
  /** Bytes of removed inodes whose last link went. */
  readonly freedBytes: number;
  /** Where the outcome is not the one that was asked for. */
  readonly obstacle: Obstacle | undefined;
  /** The entry that decided it, below the unit's path; empty for the unit itself, undefined where nothing was in the way. */
  readonly at: ByteString | undefined;
  /** The directory it was moved to, for `quarantined`. */
  readonly movedTo: ByteString | undefined;
}

/** Why predicted, freed and measured bytes differ. */
export type DeletionDifference =
  | { readonly kind: 'not-all-deleted'; readonly missingBytes: number }
  /** Other names of the same files appeared meanwhile. */
  | { readonly kind: 'other-names'; readonly missingBytes: number }
  /** `lateFilesystems` give blocks back later, or keep them for snapshots. */
  | {
      readonly kind: 'measured-less';
      readonly missingBytes: number;
      readonly lateFilesystems: readonly string[];
    }
  | { readonly kind: 'measured-more'; readonly additionalBytes: number };

/** What a run did, beside the report it acted on. */
export interface Deletion {
  readonly dryRun: boolean;
  readonly quarantined: boolean;
  /** By path, for every planned unit. */
  readonly outcomes: ReadonlyMap<ByteString, UnitOutcome>;
  readonly predictedBytes: number;
  readonly freedBytes: number;
  /** What statfs says came back over all filesystems touched; undefined where it was not measured. */
  readonly measuredFreedBytes: number | undefined;
  readonly differences: readonly DeletionDifference[];
  /** The journal's path; undefined without one. */
  readonly journal: ByteString | undefined;
  /** Names this run for --restore. */
  readonly run: string;
  readonly interrupted: boolean;
}

/** Why a unit is still in quarantine. */
export type RestoreObstacle =
  | Obstacle
  | { readonly kind: 'quarantine-gone' }
  | { readonly kind: 'not-in-quarantine' }
  | { readonly kind: 'exchanged-in-quarantine' }
  | { readonly kind: 'place-taken' };

/** What became of one unit in quarantine that was to be deleted for good. */
export interface PurgedUnit {
  /** Where it was before it was moved aside. */
  readonly path: ByteString;
  /** Where it is, or was. */
  readonly place: ByteString;
  readonly freedBytes: number;
  readonly obstacle: RestoreObstacle | undefined;
}

/** A unit in quarantine, and the run that moved it there. */
export interface QuarantinedUnit {
  readonly run: string;
  readonly journal: ByteString;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly path: ByteString;
  readonly place: ByteString;
  /** What its deletion would give back, as it was judged. */
  readonly freeableBytes: number;
}

/** What became of one unit that was to be brought back. */
export interface RestoredUnit {
  readonly path: ByteString;
  readonly obstacle: RestoreObstacle | undefined;
  /** Where it is while it is not back. */
  readonly place: ByteString;
}
