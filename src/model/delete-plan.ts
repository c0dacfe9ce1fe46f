/** What is to be deleted, as data: each unit with the identity of everything in it, so that nothing else can go. */
import type { ByteString } from './byte-string.ts';
import type { FileId } from './file-id.ts';

/** What an entry was when it was judged. Any difference means it is no longer what was judged. */
export interface EntryIdentity {
  readonly id: FileId;
  /** st_mode: type and permissions. */
  readonly mode: number;
  readonly uid: number;
  /** st_nlink. */
  readonly links: number;
  /** st_size. */
  readonly sizeBytes: number;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
}

/** An entry of a unit, for those small enough to be listed. */
export interface PlannedEntry extends EntryIdentity {
  /** Below the unit's path; empty for the unit itself. */
  readonly below: ByteString;
}

/** A unit as it was judged: its own identity, and what all entries in it add up to. */
export interface UnitFingerprint {
  /** The directory that holds the unit. */
  readonly parent: FileId;
  readonly identity: EntryIdentity;
  /** Names in the unit, each hard link counted, the unit itself included. */
  readonly entries: number;
  /** `digestText` of the sum of all entries' hashes (entry-digest.ts), the unit itself included. */
  readonly digest: string;
}

/** A unit that goes as a whole or stays as a whole. */
export interface PlannedUnit extends UnitFingerprint {
  /** Absolute, without symlinks in the directories above. */
  readonly path: ByteString;
  /** What comes back: inodes whose every link is in the plan (st_blocks × 512). */
  readonly freeableBytes: number;
  /** Why it is in the plan, for the journal: "temp", "catalogue:npm-cacache". */
  readonly rule: string;
  /** Its entries, where the plan lists them: tells what changed in a unit that did. */
  readonly listed: readonly PlannedEntry[] | undefined;
}

export interface DeletePlan {
  readonly units: readonly PlannedUnit[];
}

/**
 * `would-delete` in a dry run. `changed`: no longer what was judged. `skipped`: not tried, for a reason that may pass
 * (held by a process, locked, interrupted). `quarantined`: moved aside, nothing freed yet.
 */
export type DeleteOutcome = 'deleted' | 'quarantined' | 'would-delete' | 'changed' | 'failed' | 'skipped';

/** How a change shows. */
export interface EntryChange {
  /** Below the unit's path; empty for the unit itself. */
  readonly below: ByteString;
  readonly change: 'new' | 'gone' | 'changed';
}

/** What became of a planned unit. */
export interface UnitOutcome {
  readonly path: ByteString;
  readonly outcome: DeleteOutcome;
  /** Names removed; fewer than the unit had where it was left half done. */
  readonly removedEntries: number;
  /** Bytes of removed inodes whose last link went. */
  readonly freedBytes: number;
  /** A sentence where the outcome is not the one that was asked for. */
  readonly reason: string | undefined;
  /** Stable code: an errno's name, or "changed", "locked", "in-use", "mount", "depth", "interrupted", "special-file". */
  readonly code: string | undefined;
  /** The entry that decided it, below the unit's path; empty for the unit itself, undefined where nothing was in the way. */
  readonly at: ByteString | undefined;
  /** The first many changes found. */
  readonly changes: readonly EntryChange[];
  /** Where it was moved to, for `quarantined`. */
  readonly movedTo: ByteString | undefined;
}

/** A unit whose deletion a run began and did not end: interrupted or killed. */
export interface UnfinishedUnit {
  /** The unit's top entry. */
  readonly id: FileId;
  /** Seconds since 1970. */
  readonly begunAt: number;
}
