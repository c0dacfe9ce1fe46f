/** The mounts below a root, as rows of the report. */
import { isInside } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { MountRow } from '../../model/explain-report.ts';
import type { Mount } from '../../model/mount.ts';
import type { Boundaries } from '../../scan/scan.ts';
import { readUsage } from '../../system/filesystems/filesystems.ts';

/** Mounts below a root that hold bytes, fullest first. */
export function mountRows(root: ByteString, { entered, left }: Boundaries): MountRow[] {
  return [...entered.map((mount) => mountRow(mount, true)), ...left.map((mount) => mountRow(mount, false))]
    .filter(({ path, kind }) => path !== root && isInside(path, root) && kind !== 'kernel')
    .toSorted((a, b) => (b.usedBytes ?? 0) - (a.usedBytes ?? 0));
}

function mountRow({ mountPoint, type, kind }: Mount, counted: boolean): MountRow {
  const row = { path: mountPoint, type, kind, counted };
  if (kind !== 'disk' && kind !== 'memory') return { ...row, usedBytes: undefined, totalBytes: undefined };
  try {
    const { usedBytes, totalBytes } = readUsage(mountPoint);
    return { ...row, usedBytes, totalBytes };
  } catch {
    return { ...row, usedBytes: undefined, totalBytes: undefined };
  }
}
