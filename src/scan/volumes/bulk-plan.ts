/** Which filesystems of a scan are read in bulk, and when that is decided. */
import { UsageError } from '../../model/errors.ts';
import type { Mount } from '../../model/mount.ts';
import type { BulkNotice, BulkRefusal, SourceName } from '../../model/scan-result.ts';
import { readUsage } from '../../system/filesystems/filesystems.ts';
import { loadLibc } from '../../system/calls/libc.ts';
import type { Boundaries, Root } from '../roots/roots.ts';
import { closeVolume, openVolume } from './open-volume.ts';
import { COUNT } from './volume.ts';
import type { Volume } from './volume.ts';

/** Filesystems with fewer inodes in use are walked: that takes no longer than a hundredth of a second or two. */
const LEAST_INODES = 20_000;
/** Nobody who left the choice to the program is told what he could not have had, or did not miss. */
const SILENT = new Set<BulkRefusal['code']>(['other-type', 'device-unreadable', 'held-back']);

/** What is to be scanned, and how. */
export interface BulkRequest {
  readonly roots: readonly Root[];
  readonly boundaries: Boundaries;
  readonly source: 'auto' | SourceName;
  /** Signs of life, or a record of each entry, are asked for everywhere: the walk notes them. */
  readonly needsWalk: boolean;
  /** See VolumeRequest. */
  readonly restSeconds: number | undefined;
}

/** @param source what everything else is read by. */
export function planBulk(request: BulkRequest, source: 'walk' | 'portable'): BulkPlan {
  return new BulkPlan(request, source === 'walk' ? mountsToRead(request) : []);
}

class BulkPlan implements Disposable {
  readonly #request: BulkRequest;
  readonly #mounts: readonly Mount[];
  readonly #volumes: { readonly mount: Mount; readonly volume: Volume }[] = [];
  readonly #refusals: BulkNotice[] = [];
  /** Whether to open them only when the work has turned out not to be small: left to the program, it tries first. */
  readonly isLater: boolean;

  constructor(request: BulkRequest, mounts: readonly Mount[]) {
    this.#request = request;
    this.#mounts = mounts;
    this.isLater = request.source === 'auto';
  }

  /** Directories that were read in bulk. */
  get directories(): number {
    return this.#volumes.reduce((sum, { volume }) => sum + volume.records.counts[COUNT.read], 0);
  }

  /** Opens what can be opened. */
  open(): Volume[] {
    const { source, boundaries, roots, restSeconds } = this.#request;
    const mountPoints = [...boundaries.left, ...boundaries.entered].map(({ mountPoint }) => mountPoint);
    for (const mount of this.#mounts) {
      const isWhole = roots.some(({ path }) => path === mount.mountPoint) && mount.root === '/';
      const opened = openVolume(loadLibc()!, { mount, isWhole, mountPoints, restSeconds });
      if (!('code' in opened)) this.#volumes.push({ mount, volume: opened });
      else if (source !== 'auto' || !SILENT.has(opened.code))
        this.#refusals.push({ mountPoint: mount.mountPoint, refusal: opened, damaged: 0 });
    }
    return this.#volumes.map(({ volume }) => volume);
  }

  /** What is to be told of it. */
  notices(): BulkNotice[] {
    const damaged = this.#volumes.map(({ mount, volume }) => ({
      mountPoint: mount.mountPoint,
      refusal: undefined,
      damaged: volume.records.counts[COUNT.damaged],
    }));
    return [...this.#refusals, ...damaged.filter((notice) => notice.damaged > 0)];
  }

  [Symbol.dispose](): void {
    for (const { volume } of this.#volumes) closeVolume(volume);
  }
}

/** The mounts of the roots for which it was asked, or may pay. */
function mountsToRead({ source, roots, needsWalk }: BulkRequest): Mount[] {
  if (source === 'walk' || needsWalk) return [];
  const mounts = new Set(roots.flatMap(({ mount, stat }) => (mount && stat.isDirectory() ? [mount] : [])));
  if (source !== 'auto') {
    for (const { mount, path } of roots) {
      if (!mount || !/^ext[234]$/u.test(mount.type))
        throw new UsageError(`--source ext4 reads ext4 only; leave the option out, or use walk`, path);
    }
    return [...mounts];
  }
  return [...mounts].filter(({ type, mountPoint }) => /^ext[234]$/u.test(type) && isLarge(mountPoint));
}

function isLarge(mountPoint: Mount['mountPoint']): boolean {
  try {
    return readUsage(mountPoint).inodesUsed >= LEAST_INODES;
  } catch {
    return false;
  }
}
