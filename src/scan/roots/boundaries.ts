/** Which mounts below the roots a scan enters, and which it leaves alone and only shows. */
import { isInside } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Mount } from '../../model/mount.ts';
import { placeOnDevice } from '../../system/mounts/mounts.ts';
import type { Root } from './root.ts';

/** Mounts below the roots. */
export interface Boundaries {
  readonly entered: readonly Mount[];
  readonly left: readonly Mount[];
}

/**
 * @param visible see visibleMounts.
 * @param crossMounts enter disks and memory filesystems, each place of a device once; never kernel, network or automount.
 */
export function planBoundaries(
  visible: readonly Mount[],
  roots: readonly Root[],
  crossMounts: boolean,
): Boundaries {
  const below = visible.filter((mount) =>
    roots.some((root) => mount.mountPoint !== root.path && isInside(mount.mountPoint, root.path)),
  );
  if (!crossMounts) return { entered: [], left: below };
  const counted = roots.flatMap(({ mount, path }) =>
    mount ? [{ mount, place: placeOnDevice(mount, path) }] : [],
  );
  const entered: Mount[] = [];
  for (const mount of below) {
    if (mount.kind !== 'disk' && mount.kind !== 'memory') continue;
    const isCounted = counted.some(
      (one) =>
        one.mount.device === mount.device &&
        (isInside(mount.root, one.place) || isInside(one.place, mount.root)),
    );
    if (isCounted) continue;
    counted.push({ mount, place: mount.root });
    entered.push(mount);
  }
  return { entered, left: below.filter((mount) => !entered.includes(mount)) };
}

/** Mounts that can be reached by their path: not those that a later mount covers. */
export function visibleMounts(mounts: readonly Mount[]): Mount[] {
  const byId = new Map(mounts.map((mount) => [mount.id, mount]));
  const isCovered = (mount: Mount): boolean =>
    mounts.some(
      (other) =>
        other !== mount &&
        // The first mount of all is its own parent, and covers none of its children.
        ((other.parentId === mount.parentId &&
          other.id !== mount.parentId &&
          isInside(mount.mountPoint, other.mountPoint)) ||
          (other.parentId === mount.id && other.mountPoint === mount.mountPoint)),
    );
  const known = new Map<Mount, boolean>();
  const isReachable = (mount: Mount): boolean => {
    const before = known.get(mount);
    if (before !== undefined) return before;
    known.set(mount, true);
    // What is mounted over its own parent's mount point hides the parent, and all that one hides, but stands in its place.
    let above = byId.get(mount.parentId);
    while (above && above.mountPoint === mount.mountPoint) {
      above = above.parentId === above.id ? undefined : byId.get(above.parentId);
    }
    const reachable = !isCovered(mount) && (above === undefined || isReachable(above));
    known.set(mount, reachable);
    return reachable;
  };
  return mounts.filter(isReachable);
}

/** What `boundaries` means to the sources: ids for the one that sees mount ids, paths for the one that does not. */
export function boundaryTables(
  { entered, left }: Boundaries,
  roots: readonly Root[],
): { enterMountIds: Set<number>; leftMountPoints: Set<ByteString> | undefined } {
  const hasTable = roots.every(({ mount }) => mount !== undefined);
  return {
    enterMountIds: new Set(entered.map((mount) => mount.id)),
    leftMountPoints: hasTable ? new Set(left.map((mount) => mount.mountPoint)) : undefined,
  };
}
