/** How the judge of temporary files is asked about a directory that was scanned, and whether that is worth it. */
import type { ByteString } from '../../model/byte-string.ts';
import type { TmpRequest } from '../../tmp/tmp.ts';
import type { Facts } from '../facts.ts';

const STALE_DAYS = 2;
const DAY_SECONDS = 86_400;
/** As `diskwhy tmp` leaves out smaller ones unless asked. */
const SMALL_BYTES = 2 ** 20;
/** Looking at more entries one by one takes longer than a report may. */
const MOST_LOOKED_AT = 20_000;

/** Whether enough of it was not modified for long enough. */
export function mayBeStale(directory: number, { scan, nowSeconds, worthBytes }: Facts): boolean {
  const { newest, diskBytes } = scan.tree.columns;
  let inDirectories = 0;
  let old = 0;
  for (const child of scan.tree.children(directory)) {
    inDirectories += diskBytes[child];
    if (newest[child] <= nowSeconds - STALE_DAYS * DAY_SECONDS) old += diskBytes[child];
  }
  return old + (diskBytes[directory] - inDirectories) >= worthBytes;
}

/** What `diskwhy tmp` is asked by the command that is then printed. */
export function staleTempRequest(path: ByteString, directory: number, facts: Facts): TmpRequest {
  const { request, isRoot, nowSeconds } = facts;
  const home = request.environment['HOME'];
  return {
    roots: [path],
    olderMs: STALE_DAYS * DAY_SECONDS * 1000,
    olderIsExplicit: true,
    minBytes: doSmallOnesCount(directory, facts) ? 0 : SMALL_BYTES,
    ageBy: ['mtime', 'ctime', 'btime', 'atime'],
    // What was to be left out of the scan was not looked at.
    keep: request.exclude,
    allUsers: isRoot,
    system: isRoot,
    assumeUnused: false,
    unfinished: new Map(),
    uid: request.uid,
    home: home?.startsWith('/') === true ? home : undefined,
    environment: request.environment,
    platform: process.platform === 'darwin' ? 'darwin' : 'linux',
    source: 'auto',
    threads: undefined,
    nowSeconds,
  };
}

/** Whether the directory has too many entries to look at each. */
export function areMany(directory: number, { scan }: Facts): boolean {
  const { entries } = scan.tree.columns;
  let below = 0;
  for (const child of scan.tree.children(directory)) below += entries[child] - 1;
  return entries[directory] - below > MOST_LOOKED_AT;
}

/** Whether entries of less than a MiB add up to something, and are few enough to be looked at. */
function doSmallOnesCount(directory: number, facts: Facts): boolean {
  const { scan, worthBytes } = facts;
  const { diskBytes } = scan.tree.columns;
  let largeBytes = 0;
  for (const child of scan.tree.children(directory))
    if (diskBytes[child] >= SMALL_BYTES) largeBytes += diskBytes[child];
  for (const file of scan.largestFiles)
    if (file.directory === directory && file.diskBytes >= SMALL_BYTES) largeBytes += file.diskBytes;
  return diskBytes[directory] - largeBytes >= worthBytes && !areMany(directory, facts);
}
