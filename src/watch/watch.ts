/** The door of the room: watches trees for growth and reports it, event after event, until it is told to stop. */
import type { ByteString } from '../model/byte-string.ts';
import type { WatchEvent, WatchFrame } from '../model/watch-event.ts';
import type { Collaborators } from './collaborators.ts';

export interface WatchRequest {
  /** As named: absolute, or from the working directory. */
  readonly paths: readonly ByteString[];
  /** Watch disks and memory filesystems mounted below, too. */
  readonly crossMounts: boolean;
  readonly exclude: readonly string[];
  /** Between samples; at least 0.1. */
  readonly intervalSeconds: number;
  /** Growth that raises an alarm. */
  readonly alarmBytesPerSecond: number;
  /** Growth since the start that raises an alarm however slow it is; undefined for none. */
  readonly alarmGrownBytes: number | undefined;
  /** Between `update` events of one alarm. */
  readonly updateSeconds: number;
  /** Ends by itself after so long; undefined for never. */
  readonly forSeconds: number | undefined;
  /** Things that grow told in the summary. */
  readonly top: number;
  /** Minutes east of UTC, for log lines without a zone. */
  readonly zoneMinutes: number;
}

export interface WatchHooks {
  /** Ends the watch: the summary is still yielded. */
  readonly signal?: AbortSignal;
  /** During the first scan, as in scan/. */
  readonly onScanned?: (entries: number) => void;
  /** Once each interval, for a live screen. */
  readonly onFrame?: (frame: WatchFrame) => void;
}

/**
 * Watches until the signal aborts, the time is up or the consumer stops. Yields `ready` first (notices may come before
 * it) and `summary` last. Throws UsageError for a path that cannot be looked at.
 */
export declare function watch(
  request: WatchRequest,
  hooks?: WatchHooks,
  collaborators?: Collaborators,
): AsyncGenerator<WatchEvent, void>;
