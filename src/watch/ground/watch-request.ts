/** What to watch and when to speak up, and what the caller wants to hear besides events. */
import type { ByteString } from '../../model/byte-string.ts';
import type { KeptChange, KeptGrowth } from '../../model/kept-growth.ts';
import type { World } from '../../remedies/remedies.ts';
import type { WatchFrame } from '../../model/watch-event.ts';

/**
 * Rates, sizes, intervals and `top` are read at each look: whoever asked may change them while it is watched, and nothing
 * that grew is forgotten. Paths and what is left out hold for the whole watch.
 */
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

/** Who keeps what a watch knows for the process after this one. */
export interface WatchKeeper {
  /** What the process before this one left. */
  readonly before: KeptGrowth | undefined;
  /** At each look: what has become different. */
  readonly keep: (change: KeptChange) => void;
}

export interface WatchHooks {
  /** The machine as the gate of remedies sees it, looked at anew; undefined where it cannot be asked yet. */
  readonly world?: () => World | undefined;
  readonly keeper?: WatchKeeper;
  /** Ends the watch: the summary is still yielded. */
  readonly signal?: AbortSignal;
  /** During the first scan, as in scan/. */
  readonly onScanned?: (entries: number) => void;
  /** Once each interval, for a live screen. */
  readonly onFrame?: (frame: WatchFrame) => void;
}
