/** The roots as the report shows them: how full, what kind of filesystem, and what the system's own cleaner does there. */
import type { ByteString } from '../../model/byte-string.ts';
import type { Usage } from '../../model/filesystem.ts';
import type { Mount } from '../../model/mount.ts';
import type { TmpRoot } from '../../model/tmp-report.ts';
import { nextTmpfilesRun, systemdRuns } from '../../system/services/cleaner-schedule.ts';
import { readUsage } from '../../system/filesystems/filesystems.ts';
import type { UnitRoot } from '../roots/roots.ts';
import type { TmpfilesLine } from '../tmpfiles/tmpfiles.ts';
import { cronPolicy, tmpfilesPolicy } from './cleaner-policy.ts';

/** @param bytesOf of all units of the root of that index. */
export function reportRoots(
  roots: readonly UnitRoot[],
  bytesOf: (root: number) => number,
  lines: readonly TmpfilesLine[],
  nowSeconds: number,
): TmpRoot[] {
  const isManaged = systemdRuns();
  let nextRun: number | undefined;
  let asked = false;
  const nextRunAt = (): number | undefined => {
    if (!asked) nextRun = nextTmpfilesRun(nowSeconds);
    asked = true;
    return nextRun;
  };
  return roots.map(({ path, origin, mount }, index) => {
    const policy = isManaged ? tmpfilesPolicy(lines, path, undefined) : undefined;
    const isTimed = policy?.ageMs !== undefined;
    return {
      path,
      origin,
      filesystemType: mount?.type ?? '',
      filesystemKind: mount?.kind ?? 'disk',
      mountPoint: mount?.mountPoint ?? ('/' as ByteString),
      usage: usageOf(path),
      diskBytes: bytesOf(index),
      reads: readsOf(mount),
      policy: isTimed ? { ...policy, nextRunAt: nextRunAt() } : (policy ?? cronPolicy(path)),
    };
  });
}

function readsOf(mount: Mount | undefined): TmpRoot['reads'] {
  if (mount?.options.includes('noatime')) return 'noatime';
  return mount?.options.includes('relatime') ? 'relatime' : 'exact';
}

function usageOf(path: ByteString): Usage | undefined {
  try {
    return readUsage(path);
  } catch {
    return undefined;
  }
}
