/** The door of the ground: what is watched, the named paths, the filesystems under them, and which files belong to it. */
import { isInside, parentPath, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { deviceOf } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';
import type { Mount } from '../../model/mount.ts';
import { dropContained, planBoundaries, resolveRoot, visibleMounts } from '../../scan/scan.ts';
import type { Boundaries, Root } from '../../scan/scan.ts';
import { createExcluder } from '../../system/files/exclude.ts';
import type { Excluder } from '../../system/files/exclude.ts';
import type { FileLook } from '../../system/files/file-look.ts';
import { readMounts } from '../../system/mounts/mounts.ts';

export type {
  Collaborators,
  Growing,
  GrowingMember,
  Judge,
  Outlook,
  WriterFinder,
  WritersFound,
  WriteSighting,
} from './collaborators.ts';
export { RootHealth } from './root-health.ts';
export type { WatchHooks, WatchKeeper, WatchRequest } from './watch-request.ts';

/** A filesystem that is watched, wholly or in part. */
export interface WatchedFilesystem {
  /** st_dev of its files. */
  readonly device: number;
  readonly mount: Mount;
  /** A directory on it that is watched. */
  readonly path: ByteString;
}

const MOST_JUDGED_DIRECTORIES = 20_000;

export class Ground {
  readonly roots: readonly Root[];
  readonly boundaries: Boundaries;
  readonly filesystems: readonly WatchedFilesystem[];
  readonly #excluder: Excluder | undefined;
  readonly #excluded = new Map<ByteString, boolean>();
  readonly #devices: ReadonlySet<number>;

  /** Throws UsageError for a path that cannot be looked at. */
  constructor(
    paths: readonly ByteString[],
    crossMounts: boolean,
    exclude: readonly string[],
    look: FileLook,
  ) {
    const mounts = visibleMounts(readMounts());
    this.roots = dropContained(paths.map((path) => resolveRoot(path, mounts))).kept;
    this.boundaries = planBoundaries(mounts, this.roots, crossMounts);
    this.#excluder = createExcluder(exclude);
    const places = [
      ...this.roots.flatMap(({ path, mount }) => (mount ? [{ path, mount }] : [])),
      ...this.boundaries.entered.map((mount) => ({ path: mount.mountPoint, mount })),
    ];
    const filesystems = new Map<number, WatchedFilesystem>();
    for (const { path, mount } of places) {
      const entry = look.entry(path);
      if (!entry) continue;
      const device = deviceOf(entry.id);
      if (!filesystems.has(device)) filesystems.set(device, { device, mount, path });
    }
    this.filesystems = [...filesystems.values()];
    this.#devices = new Set(filesystems.keys());
  }

  /** Whether inotify and fanotify cannot be trusted there: others write to it from elsewhere. */
  isRemote({ mount }: WatchedFilesystem): boolean {
    return mount.kind === 'network' || mount.type.startsWith('fuse');
  }

  filesystemOf(id: FileId): WatchedFilesystem | undefined {
    const device = deviceOf(id);
    return this.filesystems.find((one) => one.device === device);
  }

  /** Whether a file belongs to what is watched. */
  holds(path: ByteString, id: FileId): boolean {
    return this.#devices.has(deviceOf(id)) && this.isWatched(path);
  }

  isWatched(path: ByteString): boolean {
    return this.isInside(path) && !this.#isExcluded(path);
  }

  isInside(path: ByteString): boolean {
    return this.roots.some((root) => isInside(path, root.path));
  }

  /** It, or a directory above it below a root. */
  #isExcluded(path: ByteString): boolean {
    const excluder = this.#excluder;
    if (!excluder || this.roots.some((root) => root.path === path)) return false;
    const above = parentPath(path);
    if (
      excluder.excludes(
        toText(above === '/' ? above : (`${above}/` as ByteString)),
        toText(path.slice(path.lastIndexOf('/') + 1) as ByteString),
      )
    )
      return true;
    const known = this.#excluded.get(above);
    if (known !== undefined) return known;
    const isExcluded = above !== path && this.isInside(above) && this.#isExcluded(above);
    if (this.#excluded.size >= MOST_JUDGED_DIRECTORIES) this.#excluded.clear();
    this.#excluded.set(above, isExcluded);
    return isExcluded;
  }
}
