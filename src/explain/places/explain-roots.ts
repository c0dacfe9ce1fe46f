/** The roots of an explanation: the paths as named, or with `--filesystem` the filesystems they lie on. */
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import type { Mount } from '../../model/mount.ts';
import { resolveRoot } from '../../scan/scan.ts';
import type { Root } from '../../scan/scan.ts';

/** Throws UsageError for a path that cannot be looked at. @param mounts visible ones. */
export function resolveRoots(
  paths: readonly ByteString[],
  mounts: readonly Mount[],
  wholeFilesystems: boolean,
): Root[] {
  const roots = paths.map((path) => resolveRoot(path, mounts));
  if (!wholeFilesystems) return roots;
  const mountPoints = new Set(roots.map((root, index) => filesystemRoot(root, mounts, paths[index])));
  return [...mountPoints].map((path) => resolveRoot(path, mounts));
}

/** Where the root directory of a path's filesystem is mounted; the mount the path is seen through comes first. */
function filesystemRoot({ mount }: Root, mounts: readonly Mount[], path: ByteString): ByteString {
  if (mount) {
    const whole = [mount, ...mounts].find((one) => one.device === mount.device && one.root === '/');
    if (whole) return whole.mountPoint;
  }
  throw new UsageError(
    'the filesystem it lies on is not known as a whole: its root is mounted nowhere, or /proc/self/mountinfo cannot be read',
    path,
  );
}
