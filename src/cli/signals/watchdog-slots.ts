/** What the watchdog's thread and the main thread tell each other, in shared memory. */
export const WATCHDOG_SLOT = { beats: 0, isInterrupted: 1, isOver: 2, hasTerminal: 3 } as const;

/** What the thread is started with. */
export interface WatchdogStart {
  readonly slots: Int32Array;
  /** How long a thread may wait for a filesystem; 0 is for ever. */
  readonly timeoutMs: number;
  /** Whether any thread counts, not only the main one: where one that waits keeps the report. */
  readonly watchesAll: boolean;
}
