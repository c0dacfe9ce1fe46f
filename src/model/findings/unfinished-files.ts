/** What jobs left behind that were ended before they had finished: partial downloads, temporary names, half-written archives. */
import type { ByteString } from '../byte-string.ts';
import type { ProcessIdentity } from '../process.ts';

export interface UnfinishedFilesFacts {
  readonly rule: 'unfinished-files';
  /** `dead`: nobody holds them any more. `alive`: a job is writing them now. */
  readonly state: 'dead' | 'alive';
  readonly count: number;
  /** The common form of their paths, `*` where they differ. */
  readonly form: ByteString;
  /** Seconds since 1970 at which the oldest and the newest were written. */
  readonly oldestAt: number;
  readonly newestAt: number;
  /** Pids in their names, of processes that are gone. */
  readonly gonePids: readonly number[];
  /** A finished one in the same directory. */
  readonly finished: ByteString | undefined;
  /** Who writes them. */
  readonly writers: readonly ProcessIdentity[];
}
