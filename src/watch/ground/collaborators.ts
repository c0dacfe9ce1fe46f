/** What the growth engine asks of others: who writes a file, when a filesystem is full, what a log says. */
import type { ByteString } from '../../model/byte-string.ts';
import type { FileId } from '../../model/file-id.ts';
import type { Usage } from '../../model/filesystem.ts';
import type { LogJudgement } from '../../model/log-report.ts';
import type { Mount } from '../../model/mount.ts';
import type { FilesystemOutlook, Writer, WritersHidden } from '../../model/watch-event.ts';

/**
 * Something that grows: one log through all its rotations (`growth` stays, `id` changes), or a directory in which
 * many small files appear, or a tree in which many grow slowly.
 */
export interface Growing {
  /** The same for as long as it is watched. */
  readonly growth: number;
  readonly what: 'file' | 'directory' | 'tree';
  /** The inode that grows now. */
  readonly id: FileId;
  /** Its name. */
  readonly path: ByteString;
  /** Where it can be opened now: its path, or /proc/PID/fd/N once it has no name; undefined where it cannot be. */
  readonly openPath: ByteString | undefined;
  readonly isUnlinked: boolean;
  readonly apparentBytes: number;
  /** Over the last seconds. */
  readonly bytesPerSecond: number;
  /** Of a tree: the fastest of what grows below it. */
  readonly members?: readonly GrowingMember[];
}

export interface GrowingMember {
  readonly what: 'file' | 'directory';
  readonly id: FileId;
  readonly path: ByteString;
  readonly bytesPerSecond: number;
}

/** fanotify saw a process write to a file. */
export interface WriteSighting {
  /** 0 where the process is in another pid namespace. */
  readonly pid: number;
  readonly id: FileId;
  /** The file's path, as last known. */
  readonly path: ByteString;
}

export interface WritersFound {
  /** Surest first. */
  readonly writers: readonly Writer[];
  /** See GrowthState.writersHidden. */
  readonly hidden: WritersHidden | undefined;
}

export interface WriterFinder extends Disposable {
  /**
   * Called some milliseconds after the writes, so that processes that live briefly can still be looked at; up to 100
   * times a second, so it must cost next to nothing for processes already known.
   */
  readonly sawWrites: (sightings: readonly WriteSighting[], nowSeconds: number) => void;
  /** Called once each interval with what grows, fastest first. Bounds its own time (about 100 ms). */
  readonly look: (growing: readonly Growing[], nowSeconds: number) => void;
  /** What is known now. */
  readonly writersOf: (growing: Growing) => WritersFound;
  /** It does not grow any more and nobody will ask again. */
  readonly forget: (growth: number) => void;
}

export interface Outlook {
  /** Called once each interval for every filesystem watched. */
  readonly sample: (mount: Mount, usage: Usage, nowSeconds: number) => void;
  /** @param growing what it is told for: rules that will stop this one are named. */
  readonly outlookOf: (mount: Mount, growing?: Growing) => FilesystemOutlook;
}

export interface Judge {
  /** Called once each interval with what grows, fastest first; reads new bytes, bounded per file and in all. Never rejects. */
  readonly read: (growing: readonly Growing[], nowSeconds: number) => Promise<void>;
  readonly judgementOf: (growth: number) => LogJudgement;
  readonly forget: (growth: number) => void;
}

export interface Collaborators {
  readonly writers: WriterFinder;
  readonly outlook: Outlook;
  readonly judge: Judge;
}
