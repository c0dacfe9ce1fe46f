/** Where a snapshot is read from that was named on the command line. */
import type { ByteString } from '../../model/byte-string.ts';
import type { SnapshotInput } from '../../snapshot/snapshot.ts';

/** @param signal a stream that says nothing more would keep it waiting. */
export function snapshotInput(path: ByteString, signal: AbortSignal): SnapshotInput {
  if (path !== '-') return { path };
  signal.addEventListener('abort', () => process.stdin.destroy(), { once: true });
  return { path, pieces: process.stdin };
}
