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
  /** That nobody holds it only the kernel could tell: it has to say so of every file, right before it goes. */
  readonly needsProof: boolean;
  /** Its entries, where the plan lists them: tells what changed in a unit that did. */
  readonly listed: readonly PlannedEntry[] | undefined;
}

export interface DeletePlan {
  readonly units: readonly PlannedUnit[];
}

/** A unit whose deletion a run began and did not end: interrupted or killed. */
export interface UnfinishedUnit {
  /** The unit's top entry. */
  readonly id: FileId;
  /** Seconds since 1970. */
  readonly begunAt: number;
}
