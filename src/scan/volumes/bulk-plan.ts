/** Which filesystems of a scan are read in bulk, and when that is decided. */
import { closeSync } from 'node:fs';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import type { Orphan } from '../../model/ledger.ts';
import type { Mount } from '../../model/mount.ts';
import type { BulkNotice, BulkRefusal, SourceName } from '../../model/scan-result.ts';
import { readBtrfsSpace } from '../../system/filesystems/btrfs-space.ts';
import { isSubvolumeRoot } from '../../system/filesystems/btrfs-snapshots.ts';
import { readUsage } from '../../system/filesystems/filesystems.ts';
import { loadLibc } from '../../system/calls/libc.ts';
import type { Boundaries, Root } from '../roots/roots.ts';
import type { ListedVolume } from './inode-list.ts';
import { LIST_COUNT } from './list-count.ts';
import { INODE_BYTES } from './list-subvolumes.ts';
import { namelessInodes } from './nameless-inodes.ts';
import { openLists } from './open-list.ts';
import { closeVolume, openVolume } from './open-volume.ts';
import { COUNT } from './volume.ts';
import type { Volume } from './volume.ts';

/** Which filesystems a source reads. */
const TYPES: Readonly<Record<string, RegExp>> & { readonly ext4: RegExp } = {
  ext4: /^ext[234]$/u,
  xfs: /^xfs$/u,
  btrfs: /^btrfs$/u,
};
/** Those that list their inodes. */
const LISTED = /^(?:xfs|btrfs)$/u;

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

/** What is read in bulk: volumes, and lists of inodes beside the walk. */
export interface Volumes {
  readonly volumes: readonly Volume[];
  readonly lists: readonly ListedVolume[];
}

export const NO_VOLUMES: Volumes = { volumes: [], lists: [] };

/** @param source what everything else is read by. */
export function planBulk(request: BulkRequest, source: 'walk' | 'portable'): BulkPlan {
  return new BulkPlan(request, source === 'walk' ? mountsToRead(request) : []);
}

class BulkPlan implements Disposable {
  readonly #request: BulkRequest;
  readonly #mounts: readonly Mount[];
  readonly #volumes: { readonly mount: Mount; readonly volume: Volume }[] = [];
  readonly #lists: { readonly mount: Mount; readonly list: ListedVolume }[] = [];
  readonly #listDescriptors: number[] = [];
  readonly #refusals: BulkNotice[] = [];
  readonly #uncommitted: ByteString[] = [];
  /** Whether to open them only when the work has turned out not to be small: left to the program, it tries first. */
  readonly isLater: boolean;

  constructor(request: BulkRequest, mounts: readonly Mount[]) {
    this.#request = request;
    this.#mounts = mounts;
    this.isLater = request.source === 'auto';
  }

  /** Directories that were read in bulk. */
  get directories(): number {
    const read = this.#volumes.map(({ volume }) => volume.records.counts[COUNT.read]);
    const listed = this.#lists.map(({ list }) => list.counts[COUNT.read]);
    return [...read, ...listed].reduce((sum, count) => sum + count, 0);
  }

  /** What served most; undefined where nothing was read in bulk. */
  get usedSource(): SourceName | undefined {
    if (this.directories === 0) return undefined;
    return this.#lists.at(0)?.list.listing.type ?? 'ext4';
  }

  /** See ScanResult. */
  get uncommitted(): readonly ByteString[] {
    return this.directories === 0 ? [] : this.#uncommitted;
  }

  /** See ScanResult: of filesystems that were listed to their end. */
  get nameless(): ReadonlyMap<ByteString, readonly Orphan[]> {
    return new Map(
      this.#lists.flatMap(({ mount, list: { nameless, counts, parts } }) => {
        const isWhole = counts[LIST_COUNT.done] >= parts;
        const found = nameless && isWhole ? namelessInodes(nameless, counts) : undefined;
        return found ? [[mount.mountPoint, found]] : [];
      }),
    );
  }

  /** Opens what can be opened. */
  open(): Volumes {
    const { source, boundaries, roots, restSeconds } = this.#request;
    const mountPoints = [...boundaries.left, ...boundaries.entered].map(({ mountPoint }) => mountPoint);
    for (const mount of this.#mounts) {
      const isWhole = roots.some(({ path }) => path === mount.mountPoint) && mount.root === '/';
      const wanted = { mount, isWhole, mountPoints, restSeconds };
      const opened = LISTED.test(mount.type)
        ? openLists(loadLibc()!, wanted)
        : openVolume(loadLibc()!, wanted);
      if ('lists' in opened) {
        this.#lists.push(...opened.lists.map((list) => ({ mount, list })));
        this.#listDescriptors.push(opened.mountDescriptor);
        if (!opened.isCommitted) this.#uncommitted.push(mount.mountPoint);
      } else if (!('code' in opened)) this.#volumes.push({ mount, volume: opened });
      else if (source !== 'auto' || !SILENT.has(opened.code))
        this.#refusals.push({ mountPoint: mount.mountPoint, refusal: opened, damaged: 0 });
    }
    return { volumes: this.#volumes.map(({ volume }) => volume), lists: this.#lists.map(({ list }) => list) };
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
    for (const descriptor of this.#listDescriptors) closeSync(descriptor);
  }
}

/** The mounts of the roots for which it was asked, or may pay. */
function mountsToRead({ source, roots, needsWalk }: BulkRequest): Mount[] {
  if (source === 'walk' || needsWalk) return [];
  const mounts = new Set(roots.flatMap(({ mount, stat }) => (mount && stat.isDirectory() ? [mount] : [])));
  if (source !== 'auto') {
    for (const { mount, path } of roots) {
      if (!mount || !TYPES[source]?.test(mount.type))
        throw new UsageError(
          `--source ${source} reads ${source} only; leave the option out, or use walk`,
          path,
        );
    }
    return [...mounts];
  }
  return [...mounts].filter(
    (mount) =>
      (TYPES.ext4.test(mount.type) ||
        // A list has all inodes of the filesystem, however small the part.
        (LISTED.test(mount.type) && roots.some((root) => isWholeVolume(root, mount)))) &&
      isLarge(mount),
  );
}

function isWholeVolume({ path, stat }: Root, { type, mountPoint, root }: Mount): boolean {
  return path === mountPoint && (type === 'btrfs' ? isSubvolumeRoot(stat) : root === '/');
}

function isLarge({ mountPoint, type }: Mount): boolean {
  try {
    // btrfs counts no inodes, but has nothing to list where there are few.
    if (type === 'btrfs') return (readBtrfsSpace(mountPoint)?.inodeBytes ?? 0) >= LEAST_INODES * INODE_BYTES;
    return readUsage(mountPoint).inodesUsed >= LEAST_INODES;
  } catch {
    return false;
  }
}
