/** What `diskwhy tmp` found: temp directories and caches, unit by unit, with a verdict and its reason for each. */
import type { ByteString } from './byte-string.ts';
import type { UnitFingerprint } from './delete-plan.ts';
import type { Usage } from './filesystem.ts';
import type { FilesystemKind } from './mount.ts';
import type { Problems } from './problem.ts';
import type { Timestamp, TmpAdvice, TmpHolder, TmpReason } from './tmp-reason.ts';

/** Of the JSON that `diskwhy tmp` prints, which is also the plan that --apply takes. */
export const TMP_SCHEMA = 'diskwhy/tmp@2';

/** Only `deletable` units are ever deleted; `unknown` ones with --assume-unused only (they are then `deletable`). */
export type TmpVerdict = 'deletable' | 'in-use' | 'unknown' | 'too-new' | 'protected' | 'owner-command';

/** Where units come from. */
export interface TmpRoot {
  readonly path: ByteString;
  /** `named` on the command line, a `temp` directory, or a place of the `catalogue`. */
  readonly origin: 'named' | 'temp' | 'catalogue';
  readonly filesystemType: string;
  readonly filesystemKind: FilesystemKind;
  readonly mountPoint: ByteString;
  readonly usage: Usage | undefined;
  /** Units below it, those below the least size included. */
  readonly diskBytes: number;
  /** Whether reads are recorded: `noatime` never, `relatime` within a day. */
  readonly reads: 'exact' | 'relatime' | 'noatime';
  /** What the system's own cleaner does here; undefined where it does nothing. */
  readonly policy: CleanerPolicy | undefined;
}

export interface CleanerPolicy {
  /** e.g. "systemd-tmpfiles". */
  readonly cleaner: string;
  /** It deletes what is unused for this long; undefined where it deletes at boot only. */
  readonly ageMs: number | undefined;
  /** The rule's file, e.g. "/usr/lib/tmpfiles.d/tmp.conf". */
  readonly source: ByteString;
  /** Seconds since 1970; undefined where it is not scheduled or cannot be told. */
  readonly nextRunAt: number | undefined;
}

/** What is judged, and deleted or kept, as a whole. */
export interface TmpUnit {
  readonly path: ByteString;
  /** Index in `roots`. */
  readonly root: number;
  readonly kind: 'directory' | 'file' | 'symlink' | 'socket' | 'fifo' | 'device';
  /** What its name or place says it is: "npm cache", "podman build scratch"; undefined where that says nothing. */
  readonly what: string | undefined;
  /** "temp", "name:buildah", "catalogue:npm-cacache". */
  readonly rule: string;
  readonly diskBytes: number;
  readonly apparentBytes: number;
  /** What deleting it gives back: inodes whose every link is inside and that no process holds. */
  readonly freeableBytes: number;
  /** Names in it, itself included. */
  readonly entries: number;
  /** Owner of its top entry. */
  readonly uid: number;
  /** Seconds since 1970: the newest of the timestamps that count; undefined where it could not be told. */
  readonly lastUsedAt: number | undefined;
  readonly decidedBy: Timestamp | undefined;
  /** Negative for the future. */
  readonly ageMs: number | undefined;
  /** Newest mtime, seconds since 1970: shows what looks old but was created lately. */
  readonly modifiedAt: number | undefined;
  readonly verdict: TmpVerdict;
  readonly reason: TmpReason;
  readonly holders: readonly TmpHolder[];
  readonly advice: TmpAdvice | undefined;
  /** Undefined where it was not read whole; never so for what is deletable. */
  readonly fingerprint: UnitFingerprint | undefined;
}

/** How much of the machine's processes could be seen. */
interface Visibility {
  readonly processes: number;
  readonly hidden: number;
  /** Whether root looked: then sudo shows no more. */
  readonly asRoot: boolean;
}

export interface TmpReport {
  /** Seconds since 1970. */
  readonly generatedAt: number;
  readonly olderMs: number;
  readonly minBytes: number;
  /** Timestamps that count. */
  readonly ageBy: readonly Timestamp[];
  readonly roots: readonly TmpRoot[];
  /** Largest first within a verdict. */
  readonly units: readonly TmpUnit[];
  /** Units left out because they are smaller than `minBytes`. */
  readonly small: { readonly count: number; readonly diskBytes: number };
  readonly visibility: Visibility;
  readonly problems: Problems;
  readonly complete: boolean;
  readonly interrupted: boolean;
}

/** What was asked for, as far as it is not in the report: so that a plan can be judged once more. */
export interface TmpAsked {
  /** As named; empty for the default places. */
  readonly roots: readonly ByteString[];
  readonly olderIsExplicit: boolean;
  readonly keep: readonly string[];
  readonly allUsers: boolean;
  readonly system: boolean;
  readonly assumeUnused: boolean;
}
