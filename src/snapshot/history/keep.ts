/** Keeps a snapshot: whole or not at all, never more than was allowed, and lets go what has had its time. */
import { randomBytes } from 'node:crypto';
import { statfsSync } from 'node:fs';
import { joinPath, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import { exactSizeText } from '../../model/size.ts';
import type { ScanHooks } from '../../scan/scan.ts';
import { beginFile } from '../../system/directories/new-file.ts';
import { writeSnapshot } from '../export/export.ts';
import type { Snapshot, SnapshotRequest } from '../export/export.ts';
import { readKept, removeKept, snapshotName, summaryFile, tidyStore } from './kept.ts';
import { expired } from './retention.ts';
import type { Retention } from './retention.ts';
import { lockStore, openStore, storeOf } from './store-place.ts';
import type { Keeper } from './store-place.ts';
import { summaryOf, summaryText } from './summary.ts';

/** What came of it. */
export interface KeptRun extends Snapshot {
  readonly file: ByteString;
  /** How many had their time. */
  readonly removed: number;
}

const OWNER_ONLY = 0o600;
/** A sixth less than with level 1, for five times its time, which another thread has. */
const COMPRESSION = 6;
/** Below this a filesystem is full for all that matters, and is left alone. */
const LEAST_FREE_BYTES = 64 * 2 ** 20;

/**
 * Takes a snapshot of `root` and keeps it. Throws UsageError where the store is another run's, is not to be trusted, or
 * the disk says no: then nothing has changed in it.
 * @param root the tree's path, with every link resolved.
 */
export async function keepSnapshot(
  request: Omit<SnapshotRequest, 'compression'>,
  root: ByteString,
  retention: Retention,
  keeper: Keeper,
  hooks: ScanHooks = {},
): Promise<KeptRun | undefined> {
  const store = storeOf(root, keeper);
  openStore(store, keeper.uid);
  using lock = lockStore(store);
  tidyStore(lock.store);
  const roomBytes = roomIn(store);
  const file = joinPath(store, snapshotName(request.nowSeconds, randomBytes(2).toString('hex')));
  using target = beginFile(file, OWNER_ONLY, keeper.uid);
  let bytes = 0;
  const snapshot = await writeSnapshot(
    { ...request, compression: COMPRESSION },
    (piece) => {
      bytes += piece.length;
      if (bytes > retention.keepBytes)
        throw new UsageError(
          `would be larger than --keep-bytes ${exactSizeText(retention.keepBytes)}; nothing was kept`,
          file,
        );
      if (bytes > roomBytes) throw nearlyFull(store);
      target.write(piece);
    },
    hooks,
  );
  if (hooks.signal?.aborted === true) return undefined;
  target.finish();
  using note = beginFile(summaryFile(file), OWNER_ONLY, keeper.uid);
  const { scan, filesystem } = snapshot;
  const isPlain = request.exclude.length === 0 && !request.crossMounts;
  const takenAt = Math.floor(request.nowSeconds);
  note.write(Buffer.from(summaryText(summaryOf(scan, { takenAt, filesystem, isPlain }))));
  note.finish();
  const { snapshots } = await readKept(store);
  const old = expired(snapshots, retention);
  for (const one of old) removeKept(one.file);
  return { ...snapshot, file, removed: old.length };
}

/** How much may be written without filling the filesystem. Throws UsageError where that is nothing. */
function roomIn(store: ByteString): number {
  const { bavail, bsize } = statfsSync(toBuffer(store));
  const room = bavail * bsize - LEAST_FREE_BYTES;
  if (room <= 0) throw nearlyFull(store);
  return room;
}

function nearlyFull(store: ByteString): UsageError {
  return new UsageError(
    'its filesystem is nearly full, and nothing more is kept there; XDG_STATE_HOME says where else',
    store,
  );
}
