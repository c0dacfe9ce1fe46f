/** How long ago an inode must have changed to be believed from a list instead of being asked for. */
import { nowSeconds } from '../../system/calls/clock.ts';

/** The kernel writes after half a minute by itself; a disk that is slow or busy may be behind. */
const REST_SECONDS = 600;
/** Where nothing is in memory only, this is for what changes while the list is read. */
const COMMITTED_REST_SECONDS = 60;

/**
 * Seconds since 1970.
 * @param restSeconds see VolumeRequest. @param isCommitted whether what is listed is known to be all that was written.
 */
export function changedSince(restSeconds: number | undefined, isCommitted: boolean): number {
  return Math.floor(nowSeconds() - (restSeconds ?? (isCommitted ? COMMITTED_REST_SECONDS : REST_SECONDS)));
}
