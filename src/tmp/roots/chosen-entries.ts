/** Entries that a person chose one by one: the only ones of their roots that are scanned and judged. */
import { isInside, parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import type { Mount } from '../../model/mount.ts';
import { resolveRoot } from '../../scan/scan.ts';
import type { Root } from '../../scan/scan.ts';
import { lstatIfAny } from '../../system/calls/lstat.ts';
import type { TmpRequest } from '../tmp-request.ts';
import type { TempRoot } from './temp-roots.ts';

export interface ChosenEntry {
  readonly path: ByteString;
  /** Index of the root it lies in. */
  readonly root: number;
  /** What is scanned of it; undefined for what is no directory, and for what cannot be opened. */
  readonly scanned: Root | undefined;
}

/** What a database's journals are called, behind its own name (sqlite.org/tempfiles.html). */
const JOURNALS = ['', '-wal', '-shm', '-journal'];

/**
 * The chosen entries that lie right in one of the roots, with the databases and journals that belong to them.
 * Undefined where nobody chose: then all entries are judged.
 * @param mounts visible ones.
 */
export function chosenEntries(
  { only, anchors }: TmpRequest,
  temporary: readonly TempRoot[],
  mounts: readonly Mount[],
): ChosenEntry[] | undefined {
  if (!only) return undefined;
  const paths = new Set(only.flatMap(familyOf));
  return [...paths].flatMap((path) => {
    const root = temporary.findIndex((one) => one.path === parentPath(path));
    const stat = lstatIfAny(path);
    if (root < 0 || !stat) return [];
    return [{ path, root, scanned: stat.isDirectory() ? directoryAt(path, mounts, anchors) : undefined }];
  });
}

function familyOf(path: ByteString): ByteString[] {
  const database = path.replace(/-(?:wal|shm|journal)$/u, '');
  return [path, ...JOURNALS.map((ending) => (database + ending) as ByteString)];
}

/** Undefined for a mount point, which is another filesystem's, and for what changed meanwhile. */
function directoryAt(
  path: ByteString,
  mounts: readonly Mount[],
  anchors: TmpRequest['anchors'],
): Root | undefined {
  if (mounts.some(({ mountPoint }) => isInside(mountPoint, path))) return undefined;
  try {
    const root = resolveRoot(path, mounts, anchors);
    return root.path === path ? root : undefined;
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}
