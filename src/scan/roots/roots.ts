/** The door of the roots: the paths a scan starts from, resolved, refused where they hold no disk space, and none inside another. */
import { lstatSync, realpathSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { fromBytes, isInside, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import type { Mount } from '../../model/mount.ts';
import { errnoMessage, errorCode } from '../../system/calls/errno.ts';
import { mountOf, placeOnDevice } from '../../system/mounts/mounts.ts';
import type { Root } from './root.ts';

export { boundaryTables, planBoundaries, visibleMounts } from './boundaries.ts';
export type { Boundaries } from './boundaries.ts';
export type { Root } from './root.ts';

/**
 * Resolves a path as a person named it, links followed; throws UsageError where it cannot be looked at.
 * @param mounts visible ones: a covered mount holds no path.
 */
export function resolveRoot(path: ByteString, mounts: readonly Mount[]): Root {
  let real: ByteString;
  let stat: Stats;
  try {
    real = fromBytes(realpathSync.native(toBuffer(path), { encoding: 'buffer' }));
    stat = lstatSync(toBuffer(real));
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new UsageError(errnoMessage(code), path);
  }
  const mount = mountOf(mounts, real);
  if (mount?.kind === 'kernel') {
    throw new UsageError(
      `${mount.type} shows the kernel's state and holds no disk space; name a real directory`,
      path,
    );
  }
  return { path: real, stat, mount };
}

/** What `dropContained` left out, and which root counts it. */
export interface ContainedRoot {
  readonly root: Root;
  readonly countedIn: Root;
}

/** Keeps the roots that lie in no other one, by their place on the device, so that bind mounts count once too. */
export function dropContained(roots: readonly Root[]): { kept: Root[]; contained: ContainedRoot[] } {
  const kept: Root[] = [];
  const contained: ContainedRoot[] = [];
  // Shorter places first: what contains comes before what it contains. Equal ones stay in the order given.
  for (const root of roots.toSorted((a, b) => placeOf(a).length - placeOf(b).length)) {
    const countedIn = kept.find((other) => contains(other, root));
    if (countedIn) contained.push({ root, countedIn });
    else kept.push(root);
  }
  return { kept: roots.filter((root) => kept.includes(root)), contained };
}

function contains(outer: Root, inner: Root): boolean {
  if (outer.mount && inner.mount && outer.mount.device !== inner.mount.device) return false;
  return isInside(placeOf(inner), placeOf(outer));
}

function placeOf({ path, mount }: Root): ByteString {
  return mount ? placeOnDevice(mount, path) : path;
}
