/** What the watchdog's thread and the main thread tell each other, in shared memory. */
export const WATCHDOG_SLOT = { beats: 0, isInterrupted: 1, isOver: 2, hasTerminal: 3 } as const;
