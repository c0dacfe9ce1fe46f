/** The door of the roots: the paths a scan starts from, resolved, refused where they hold no disk space, and none inside another. */
import { fstatSync, lstatSync, realpathSync } from 'node:fs';
import { fromBytes, isInside, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { ExitCode, UsageError } from '../../model/errors.ts';
import type { Mount } from '../../model/mount.ts';
import { errnoMessage, errorCode } from '../../system/calls/errno.ts';
import type { Anchors } from '../../system/directories/anchors.ts';
import { mountOf, placeOnDevice } from '../../system/mounts/mounts.ts';
import type { Root } from './root.ts';
import { isUnanswered } from '../../system/calls/unanswered-places.ts';

export { boundaryTables, planBoundaries, visibleMounts } from './boundaries.ts';
export type { Boundaries } from './boundaries.ts';
export type { Root } from './root.ts';

type OpenedRoot = Omit<Root, 'mount'>;

/**
 * Resolves a path as a person named it; throws UsageError where it cannot be looked at. Links are followed: all of
 * them, or with `anchors` only those that nobody else could have put there.
 * @param mounts visible ones: a covered mount holds no path.
 * @param anchors keeps the root open, for those who act on it later.
 */
export function resolveRoot(path: ByteString, mounts: readonly Mount[], anchors?: Anchors): Root {
  const opened = anchors ? openRoot(path, anchors) : followAll(path);
  const mount = mountOf(mounts, opened.path);
  if (mount?.kind === 'kernel') {
    throw new UsageError(
      `${mount.type} shows the kernel's state and holds no disk space; name a real directory`,
      path,
    );
  }
  return { ...opened, mount };
}

function openRoot(path: ByteString, anchors: Anchors): OpenedRoot {
  const { path: real, descriptor } = anchors.open(path);
  return descriptor < 0
    ? { path: real, stat: lstatSync(toBuffer(real)) }
    : { path: real, stat: fstatSync(descriptor), descriptor };
}

function followAll(path: ByteString): OpenedRoot {
  if (isUnanswered(path)) throw new UsageError(errnoMessage('ETIMEDOUT'), path, ExitCode.partial);
  try {
    const real = fromBytes(realpathSync.native(toBuffer(path), { encoding: 'buffer' }));
    return { path: real, stat: lstatSync(toBuffer(real)) };
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new UsageError(errnoMessage(code), path);
  }
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
