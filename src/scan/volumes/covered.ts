/** What lies under mounts: a list has it, and the walk sees another directory in its place. */
import { isInside, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { kernelDevice } from '../../model/file-id.ts';
import { lstatIfAny } from '../../system/calls/lstat.ts';
import { openTreeWithoutMounts } from '../../system/mounts/open-tree.ts';

/** Directories over which something is mounted. */
export interface Covered {
  /** Their inodes on a device (major << 20 | minor). */
  readonly on: (device: number) => ReadonlySet<number>;
}

/** Undefined where it cannot be seen. */
export function coveredBy(mountPoints: readonly ByteString[], mountPoint: ByteString): Covered | undefined {
  const byDevice = new Map<number, Set<number>>();
  const covered: Covered = { on: (device) => byDevice.get(device) ?? new Set() };
  const inside = mountPoints.filter((place) => place !== mountPoint && isInside(place, mountPoint));
  if (inside.length === 0) return covered;
  const copy = openTreeWithoutMounts(mountPoint);
  if (typeof copy === 'string') return undefined;
  using tree = copy;
  for (const place of inside) {
    const below = place.slice(mountPoint === '/' ? 1 : mountPoint.length + 1) as ByteString;
    const stat = lstatIfAny(joinPath(tree.path, below));
    if (!stat) continue;
    const device = kernelDevice(stat.dev);
    byDevice.set(device, (byDevice.get(device) ?? new Set()).add(stat.ino));
  }
  return covered;
}
