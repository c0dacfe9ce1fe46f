/** What lies in a directory for temporary files and would go by one command of diskwhy's. */
import type { ByteString } from '../byte-string.ts';

export interface StaleTempFacts {
  readonly rule: 'stale-temp';
  readonly root: ByteString;
  readonly entries: number;
  /** Unused for so long, at least. */
  readonly olderDays: number;
  /** Processes that cannot be seen. */
  readonly hidden: number;
  /** The root lies in memory. */
  readonly isMemory: boolean;
  /** Directories of other users, which only their owners delete safely. */
  readonly others: number;
  readonly othersBytes: number;
  readonly largest: ByteString;
  readonly largestBytes: number;
  /** Seconds since 1970 at which the largest was last touched. */
  readonly largestTouchedAt: number;
  readonly isRoot: boolean;
}
