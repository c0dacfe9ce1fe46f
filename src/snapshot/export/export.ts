/** The door of the export: scans a tree and writes every entry of it in ncdu's JSON, as it goes. */
import { lstatSync, opendirSync } from 'node:fs';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import type { KeptFilesystem } from '../../model/kept-snapshot.ts';
import type { ScanResult, SourceName } from '../../model/scan-result.ts';
import {
  EntryText,
  planBoundaries,
  recordedStat,
  resolveRoot,
  scan,
  visibleMounts,
} from '../../scan/scan.ts';
import type { Root, ScanHooks } from '../../scan/scan.ts';
import { readUsage } from '../../system/filesystems/filesystems.ts';
import { readMounts } from '../../system/mounts/mounts.ts';
import { Outflow } from './outflow.ts';
import type { TakeBytes } from './outflow.ts';

export type { TakeBytes } from './outflow.ts';

export interface SnapshotRequest {
  readonly path: ByteString;
  readonly source: 'auto' | SourceName;
  readonly threads: number | undefined;
  readonly exclude: readonly string[];
  readonly crossMounts: boolean;
  /** Seconds since 1970: the snapshot's own time. */
  readonly nowSeconds: number;
  /** Of the program. */
  readonly version: string;
  /** Of zstd, 1 to 22; undefined where nothing is compressed. */
  readonly compression: number | undefined;
}

/** What came of a snapshot. */
export interface Snapshot {
  readonly scan: ScanResult;
  /** As it was when the snapshot began; undefined where it does not say. */
  readonly filesystem: KeptFilesystem | undefined;
  readonly writtenBytes: number;
}

/** The root to be, a directory that is there; throws UsageError for others. */
export function resolveSnapshotRoot(path: ByteString): Root {
  const root = resolveRoot(path, visibleMounts(readMounts()));
  if (!root.stat.isDirectory()) throw new UsageError('is no directory; a snapshot is of a tree', path);
  return root;
}

/**
 * Writes a snapshot of the tree to `take`. Throws what `take` throws, and UsageError where the root cannot be read.
 * An interrupted scan ends early and says so in its result: then what was written is no whole snapshot.
 */
export async function writeSnapshot(
  request: SnapshotRequest,
  take: TakeBytes,
  hooks: ScanHooks = {},
): Promise<Snapshot> {
  const root = resolveSnapshotRoot(request.path);
  // Before anything is written.
  if (!canList(root.path)) throw new UsageError('cannot be read', root.path);
  const stop = new AbortController();
  const signals = hooks.signal ? [hooks.signal, stop.signal] : [stop.signal];
  const outflow = new Outflow(take, request.compression, () => stop.abort());
  const filesystem = filesystemOf(root);
  outflow.write(headOf(root, request, filesystem));
  const scanned = await scan(
    {
      roots: [root],
      boundaries: planBoundaries(visibleMounts(readMounts()), [root], request.crossMounts),
      source: request.source,
      threads: request.threads,
      exclude: request.exclude,
      largestCount: 0,
      rankByApparent: false,
      nowSeconds: request.nowSeconds,
    },
    { ...hooks, signal: AbortSignal.any(signals), record: outflow },
  );
  const unread = scanned.problems.items.find(
    ({ path, operation }) => path === root.path && operation === 'open-directory',
  );
  if (unread) throw new UsageError('cannot be read', root.path);
  outflow.write(TAIL);
  await outflow.finish();
  return { scan: scanned, filesystem, writtenBytes: outflow.writtenBytes };
}

function canList(path: ByteString): boolean {
  try {
    opendirSync(toBuffer(path)).closeSync();
    return true;
  } catch {
    return false;
  }
}

const TAIL = Buffer.from(']]\n', 'latin1');

/** Everything before the entries in the root. */
function headOf(
  root: Root,
  { nowSeconds, version, exclude, crossMounts }: SnapshotRequest,
  filesystem: KeptFilesystem | undefined,
): Uint8Array {
  const metadata = {
    progname: 'diskwhy',
    progver: version,
    timestamp: Math.floor(nowSeconds),
    // Other readers pass over it.
    diskwhy: { filesystem, exclude, crossMounts },
  };
  const text = new EntryText();
  const path = toBuffer(root.path);
  text.add(Buffer.from(`[1,2,${JSON.stringify(metadata)},\n[`));
  // No directory is around it, and so none has its device.
  text.addEntry(recordedStat(lstatSync(path, { bigint: true })), NO_DEVICE, path, 0, path.length);
  return text.take();
}

const NO_DEVICE = -1;

function filesystemOf({ mount }: Root): KeptFilesystem | undefined {
  if (!mount) return undefined;
  try {
    const { totalBytes, usedBytes, availableBytes } = readUsage(mount.mountPoint);
    return { mountPoint: toBuffer(mount.mountPoint).toString('utf8'), totalBytes, usedBytes, availableBytes };
  } catch {
    return undefined;
  }
}
