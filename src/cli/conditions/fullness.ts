/** How full the filesystems of some paths are, and how fast they fill while somebody looks. */
import { realpathSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fromBytes, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Usage } from '../../model/filesystem.ts';
import { visibleMounts } from '../../scan/scan.ts';
import { readUsage } from '../../system/filesystems/filesystems.ts';
import { mountOf, readMounts } from '../../system/mounts/mounts.ts';

export interface Fullness {
  readonly mountPoint: ByteString;
  /** Undefined where the filesystem does not say. */
  readonly usage: Usage | undefined;
  /** By which it grew since the first look; 0 where it shrank, undefined where nobody waited for it. */
  readonly bytesPerSecond: number | undefined;
}

/** Looks at once; the function it returns looks again, and once more after `leastMs` where growth is asked for. */
export function watchFullness(
  paths: readonly ByteString[],
): (leastMs: number | undefined, signal: AbortSignal) => Promise<Fullness[]> {
  const startedAt = performance.now();
  const before = mountPointsOf(paths).map((mountPoint) => ({ mountPoint, usage: usageOf(mountPoint) }));
  return async (leastMs, signal) => {
    if (leastMs !== undefined) {
      const restMs = Math.max(0, startedAt + leastMs - performance.now());
      // An interrupt shortens the measure; it is one all the same.
      await wait(restMs, undefined, { signal }).catch(() => undefined);
    }
    const seconds = (performance.now() - startedAt) / 1000;
    return before.map(({ mountPoint, usage: first }) => {
      const usage = usageOf(mountPoint);
      const grown = usage && first ? Math.max(0, usage.usedBytes - first.usedBytes) : undefined;
      const isMeasured = leastMs !== undefined && grown !== undefined;
      return { mountPoint, usage, bytesPerSecond: isMeasured ? grown / seconds : undefined };
    });
  };
}

/** Each filesystem once. */
function mountPointsOf(paths: readonly ByteString[]): ByteString[] {
  const mounts = visibleMounts(readMounts());
  const found = new Map<string, ByteString>();
  for (const path of paths) {
    const real = fromBytes(realpathSync.native(toBuffer(path), { encoding: 'buffer' }));
    const mount = mountOf(mounts, real);
    const device = mount?.device ?? real;
    if (!found.has(device)) found.set(device, mount?.mountPoint ?? real);
  }
  return [...found.values()];
}

function usageOf(mountPoint: ByteString): Usage | undefined {
  try {
    return readUsage(mountPoint);
  } catch {
    return undefined;
  }
}
