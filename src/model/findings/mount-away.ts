/** A filesystem that is to be mounted is not there now, and something has written into its empty mount point. */
import type { ByteString } from '../byte-string.ts';

export interface MountAwayFacts {
  readonly rule: 'mount-away';
  readonly mountPoint: ByteString;
  readonly source: ByteString;
  readonly type: ByteString;
  /** The file that says that it is to be mounted. */
  readonly writtenIn: ByteString;
  /** Where the bytes lie instead. */
  readonly onDevice: ByteString;
  readonly entries: number;
  /** Seconds since 1970 of the latest change in it. */
  readonly changedAt: number;
}
