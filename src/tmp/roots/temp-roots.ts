/** The directories whose entries are judged: those named, or the machine's temporary directories. */
import { statSync } from 'node:fs';
import { isInside, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import type { Mount } from '../../model/mount.ts';
import { dropContained, resolveRoot } from '../../scan/scan.ts';
import type { Root } from '../../scan/scan.ts';
import { readUserAccounts } from '../../system/machine/user-accounts.ts';
import type { TmpRequest } from '../tmp-request.ts';
import { homeOfAnother } from './households.ts';
import { TEMP_DIRECTORIES } from './temp-directories.ts';
import type { UnitRoot } from './unit-root.ts';
import { isUnanswered } from '../../system/calls/unanswered-places.ts';

/** A root with what the scan needs of it. */
export interface TempRoot extends UnitRoot {
  readonly root: Root;
}

/** Directories that hold systems, not scratch; nor does anything in those of the second list. */
const NEVER = new Set(
  '/ /dev /home /media /mnt /opt /root /run /srv /var /var/cache /var/lib /var/log'.split(' '),
);
const NEVER_INSIDE = '/bin /boot /etc /lib /lib32 /lib64 /proc /sbin /sys /usr'.split(' ');

/** @param mounts visible ones. Throws UsageError for a root that is refused. */
export function tempRoots(request: TmpRequest, mounts: readonly Mount[]): TempRoot[] {
  const isNamed = request.roots.length > 0;
  const roots = isNamed
    ? request.roots.map((path) => namedRoot(path, request, mounts))
    : defaultRoots(request, mounts);
  return dropContained(roots).kept.map((root) => ({
    root,
    path: root.path,
    mount: root.mount,
    origin: isNamed && !isTemporary(root.path, request) ? 'named' : 'temp',
    isShared: isShared(root.stat.mode),
  }));
}

/** The sticky bit on what others may write to. */
function isShared(mode: number): boolean {
  return (mode & 0o1000) !== 0 && (mode & 0o022) !== 0;
}

function isTemporary(path: ByteString, { platform, environment }: TmpRequest): boolean {
  return TEMP_DIRECTORIES[platform].includes(path) || path === environment['TMPDIR'];
}

function defaultRoots({ platform, environment, anchors }: TmpRequest, mounts: readonly Mount[]): Root[] {
  const own = environment['TMPDIR'];
  const paths = [...TEMP_DIRECTORIES[platform], ...(own?.startsWith('/') === true ? [own] : [])];
  return paths.flatMap((path) => {
    if (!isDirectory(path)) return [];
    try {
      const root = resolveRoot(path, mounts, anchors);
      return isRefused(root.path) === undefined && root.mount?.kind !== 'network' ? [root] : [];
    } catch (error) {
      if (error instanceof UsageError) return [];
      throw error;
    }
  });
}

function namedRoot(path: ByteString, { uid, allUsers, anchors }: TmpRequest, mounts: readonly Mount[]): Root {
  const root = resolveRoot(path, mounts, anchors);
  if (!root.stat.isDirectory())
    throw new UsageError('not a directory; name the directory whose entries are to be judged', path);
  const refused = isRefused(root.path);
  if (refused !== undefined) throw new UsageError(`${refused}; name a temporary directory`, path);
  const owner = uid === 0 && !allUsers ? homeOfAnother(root.path, uid) : undefined;
  if (owner !== undefined) {
    throw new UsageError(`it lies in the home of ${owner}; --all-users judges what belongs to others`, path);
  }
  return root;
}

/** Why entries of a directory are never judged. */
function isRefused(path: ByteString): string | undefined {
  if (NEVER.has(path) || NEVER_INSIDE.some((one) => isInside(path, one))) return 'it is a part of the system';
  return readUserAccounts().some(({ home }) => home === path) && !TEMP_DIRECTORIES.linux.includes(path)
    ? 'it is a home directory'
    : undefined;
}

function isDirectory(path: ByteString): boolean {
  if (isUnanswered(path)) return false;
  try {
    return statSync(toBuffer(path), { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false;
  }
}
