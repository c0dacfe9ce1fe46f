/** What `diskwhy watch` reports while it runs: one event after the other, each complete in itself. */
import type { Refusal, Remedy } from './action.ts';
import type { ByteString } from './byte-string.ts';
import type { GrowthCap } from './growth-cap.ts';
import type { LogJudgement } from './log-report.ts';
import type { ProcessIdentity } from './process.ts';
import type { QuotaLimit } from './quota.ts';
import type { ThinPool } from './thin-pool.ts';
import type { WatchNotice } from './watch-notice.ts';
import type { WriterOrigin } from './writer-origin.ts';

/** Where growth is seen. */
export type WatchSource = 'chokidar' | 'sweep' | 'fanotify';

/**
 * How sure it is that a process writes a file: `writing` its offset moves or fanotify saw it, `holding` it has the
 * file open for writing, `likely` the path is its own.
 */
export type WriterConfidence = 'writing' | 'holding' | 'likely';

export interface Writer extends ProcessIdentity {
  readonly confidence: WriterConfidence;
  /** What stands behind a logger (journald, tee, containerd-shim, …), or a parent that keeps starting short-lived writers. */
  readonly behind: WriterOrigin | undefined;
  /** Its part of the bytes written below a tree, 0–1; undefined for a single file. */
  readonly share?: number;
  /** Short-lived processes with this command that wrote the file since it is watched; 0 where it is one process. */
  readonly respawns: number;
}

/** Processes that may write and cannot be named. */
export type WritersHidden =
  /** Of others: this user may not see what they hold. */
  | { readonly why: 'not-visible'; readonly processes: number; readonly of: number }
  /** They were gone too soon. */
  | { readonly why: 'short-lived'; readonly processes: number };

/** How full a filesystem is for those who write to it. */
export interface DiskState {
  readonly level: 'ok' | 'nearly-full' | 'full';
  /** What is scarce: the scarcer of both. */
  readonly of: 'bytes' | 'inodes';
  /** Free, but for root only. */
  readonly reservedBytes: number;
  /** Null where inodes are made as they are needed. */
  readonly freeInodes: number | null;
}

export interface FilesystemOutlook {
  readonly state: DiskState;
  readonly mountPoint: ByteString;
  readonly availableBytes: number;
  /** How fast space goes, over the last minute; negative where it comes back. */
  readonly fillingBytesPerSecond: number;
  /** Undefined where it is not filling. The two windows disagree by this much: soonest and latest. */
  readonly fullInSeconds: { readonly soonest: number; readonly latest: number } | undefined;
  readonly inodesFullInSeconds: number | undefined;
  /** Rules that will stop the growth first. */
  readonly caps: readonly GrowthCap[];
}

/** Files below one directory that grow together, none of them fast enough to be told by itself. */
export interface GrowthTogether {
  /** Files that grow or were made. */
  readonly files: number;
  /** Directories they lie in. */
  readonly directories: number;
  /** What their names have in common, `*` for the rest: "sess_*"; undefined where nothing. */
  readonly form: string | undefined;
  /** Median size of one. */
  readonly typicalBytes: number;
}

/**
 * A file that grows, a directory in which many small files appear, or a tree: the deepest directory that explains most
 * of what grows slowly in many places below it.
 */
export interface GrowthState {
  readonly path: ByteString;
  readonly what: 'file' | 'directory' | 'tree';
  readonly diskBytes: number;
  readonly apparentBytes: number;
  /** Bytes written since it is watched, rotations and truncations included. */
  readonly grownBytes: number;
  readonly bytesPerSecond: number;
  /** New files per second, for directories. */
  readonly filesPerSecond: number;
  /** What grows together in a tree; undefined for others. */
  readonly together: GrowthTogether | undefined;
  /** How long it has been growing. */
  readonly sinceSeconds: number;
  /** What its lines say; `unknown` for what is no log. */
  readonly judgement: LogJudgement;
  readonly writers: readonly Writer[];
  /** What this user cannot see about the writers; undefined where nothing is hidden. */
  readonly writersHidden: WritersHidden | undefined;
  readonly filesystem: FilesystemOutlook;
  /** Of an alarm: who is to be stopped, then what gives bytes back; in this order. */
  readonly remedies: readonly Remedy[];
  /** What the gate kept back. */
  readonly refusals: readonly Refusal[];
}

interface Timed {
  /** Seconds since 1970. */
  readonly at: number;
}

interface ReadyEvent extends Timed {
  readonly type: 'ready';
  readonly directories: number;
  readonly files: number;
  /** Directories with a watch of their own. */
  readonly watched: number;
  readonly sources: readonly WatchSource[];
  /** Seconds in which every directory has been looked at once more. */
  readonly sweepSeconds: number;
}

/** Something the user should know once: a limit met, a directory lost, what cannot be seen. */
interface NoticeEvent extends Timed {
  readonly type: 'notice';
  readonly path: ByteString | undefined;
  readonly notice: WatchNotice;
}

export interface GrowthEvent extends Timed, GrowthState {
  readonly type: 'alarm' | 'update' | 'calm' | 'rotated' | 'truncated' | 'moved' | 'deleted-open';
  /** The name before, of one that `moved`: itself or a directory above it. */
  readonly from?: ByteString | undefined;
}

/** Where growth may be that no watched file explains. */
export type GrowthClue =
  /** Directories are still to be looked at. */
  | { readonly kind: 'still-searching' }
  /** A file on the filesystem, outside the watched paths. */
  | { readonly kind: 'outside-file'; readonly path: ByteString; readonly bytesPerSecond: number }
  /** Only this path of the filesystem is watched. */
  | { readonly kind: 'elsewhere'; readonly watched: ByteString }
  /** Processes of others may hold deleted files that grow. */
  | { readonly kind: 'hidden-processes'; readonly processes: number };

/** The filesystem grows and no watched file explains it. */
export interface UnexplainedGrowthEvent extends Timed {
  readonly type: 'unexplained-growth';
  readonly filesystem: FilesystemOutlook;
  readonly grownBytes: number;
  readonly explainedBytes: number;
  readonly bytesPerSecond: number;
  readonly clues: readonly GrowthClue[];
}

/** A filesystem became full, nearly full, or has room again; also told at the start where it is so already. */
export interface DiskStateEvent extends Timed {
  readonly type: 'nearly-full' | 'full' | 'freed';
  readonly filesystem: FilesystemOutlook;
  readonly atStart: boolean;
  /** Whose limit it is; undefined where it is the disk that is full, for everybody. */
  readonly quota: QuotaLimit | undefined;
  /** What took most of it in the last minute, the most first: what is to be stopped first. */
  readonly filledBy: readonly GrowthState[];
}

/** The thin pool under a filesystem became full, nearly full, or has room again; also told at the start where it is so. */
export interface PoolStateEvent extends Timed {
  readonly type: 'pool-nearly-full' | 'pool-full' | 'pool-freed';
  /** It may show plenty. */
  readonly filesystem: FilesystemOutlook;
  readonly atStart: boolean;
  readonly pool: ThinPool;
}

/** An error stopped a filesystem, which takes no writes any more, or takes them again; also told at the start. */
export interface StopEvent extends Timed {
  readonly type: 'read-only' | 'writable';
  readonly filesystem: FilesystemOutlook;
  readonly atStart: boolean;
  /** It takes no reads either. */
  readonly isShutDown: boolean;
}

/** What is told of filesystems as wholes. */
export type DiskEvent = DiskStateEvent | PoolStateEvent | StopEvent;

export interface SummaryEvent extends Timed {
  readonly type: 'summary';
  readonly alarms: number;
  readonly seconds: number;
  /** Of the filesystems watched. */
  readonly grownBytes: number;
  /** By files and directories that were seen growing. */
  readonly explainedBytes: number;
  readonly top: readonly GrowthState[];
}

export type WatchEvent =
  | ReadyEvent
  | NoticeEvent
  | GrowthEvent
  | UnexplainedGrowthEvent
  | DiskEvent
  | SummaryEvent;

/** What a live screen shows: everything that grows now, whether it is an alarm or not. Made once each interval. */
export interface WatchFrame extends Timed {
  readonly seconds: number;
  /** Fastest first. */
  readonly growing: readonly (GrowthState & { readonly isAlarm: boolean })[];
  readonly filesystems: readonly FilesystemOutlook[];
  readonly directories: number;
  /** Directories with a watch of their own. */
  readonly watched: number;
  /** Files seen growing so far. */
  readonly files: number;
  /** Of the watched filesystems since the start. */
  readonly grownBytes: number;
  readonly explainedBytes: number;
}

/** Whether the event says that a disk takes nothing any more, whatever is the reason. */
export function takesNothing({ type }: WatchEvent): boolean {
  return type === 'full' || type === 'pool-full' || type === 'read-only';
}

/** Whether it is told of a filesystem as a whole. */
export function isOfDisk(event: WatchEvent): event is DiskEvent {
  return DISK_EVENTS.has(event.type);
}

const DISK_EVENTS: ReadonlySet<WatchEvent['type']> = new Set<DiskEvent['type']>([
  'nearly-full',
  'full',
  'freed',
  'pool-nearly-full',
  'pool-full',
  'pool-freed',
  'read-only',
  'writable',
]);
