/** Tells the kernel which blocks of directories are wanted soon, so that a disk brings them in the order in which they lie. */
import type { DeviceReader } from '../../system/ext4/device-reader.ts';

/** What lies between two directories is read too, if it is less than this: one long read is cheaper than two. */
const GAP_BLOCKS_BYTES = 2 ** 16;

/**
 * Announces runs of blocks, `[first, count]` each.
 * @param runs in any order; they are sorted.
 */
export function announceRuns(
  runs: (readonly [first: number, count: number])[],
  blockBytes: number,
  device: Pick<DeviceReader, 'announce'>,
): void {
  runs.sort((a, b) => a[0] - b[0]);
  const gap = GAP_BLOCKS_BYTES / blockBytes;
  let start = 0;
  let end = 0;
  const announce = (): void => {
    if (end > start) device.announce(start * blockBytes, (end - start) * blockBytes);
  };
  for (const [first, count] of runs) {
    if (first > end + gap || end === 0) {
      announce();
      start = first;
    }
    end = Math.max(end, first + count);
  }
  announce();
}
