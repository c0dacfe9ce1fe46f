/** The JSON of `diskwhy history`, schema diskwhy/history@1. */
import type { KeptSnapshot } from '../../model/kept-snapshot.ts';
import type { SnapshotHistory } from '../../model/snapshot-history.ts';
import { diffJson } from './diff.ts';
import { isoTime } from './iso-time.ts';
import { pathJson } from './path.ts';

/** A plain object for JSON.stringify. @param top how many of the changes to give; Infinity for all. */
export function historyJson(
  { root, snapshots, damaged, growth, forecast }: SnapshotHistory,
  version: string,
  top: number,
) {
  return {
    schema: 'diskwhy/history@1' as const,
    version,
    ...pathJson(root),
    snapshots: snapshots.map(snapshotJson),
    damaged: damaged.map(({ file, reason }) => ({ ...pathJson(file), reason })),
    /** What changed from the first to the last; null where there are not two. */
    growth: growth ? diffJson(growth, version, top) : null,
    /** null where too little is known. */
    forecast: forecast
      ? {
          bytesPerDay: forecast.bytesPerDay,
          availableBytes: forecast.availableBytes,
          fullInSeconds: forecast.fullInSeconds ?? null,
        }
      : null,
  };
}

function snapshotJson(one: KeptSnapshot) {
  const { file, fileBytes, takenAt, diskBytes, apparentBytes, entries, complete, filesystem } = one;
  return {
    file: pathJson(file),
    fileBytes,
    takenAt: isoTime(takenAt),
    diskBytes,
    apparentBytes,
    entries,
    complete,
    filesystem: filesystem
      ? {
          mountPoint: filesystem.mountPoint,
          totalBytes: filesystem.totalBytes,
          usedBytes: filesystem.usedBytes,
          availableBytes: filesystem.availableBytes,
        }
      : null,
  };
}
