/** All rules, in the order in which they claim: the more certain and the more specific first, what is left and large last. */
import type { Action } from '../../model/action.ts';
import type { Finding, Proposal } from '../../model/finding.ts';
import { settle } from '../../remedies/remedies.ts';
import type { World } from '../../remedies/remedies.ts';
import type { Facts } from '../facts.ts';
import type { Rule } from '../claims/rule.ts';
import { btrfsMetadataFull } from './btrfs-metadata-full.ts';
import { btrfsSnapshots } from './btrfs-snapshots.ts';
import { directoryIndexFull } from './directory-index-full.ts';
import { deletedLoopImage } from './deleted-loop-image.ts';
import { backupGenerations } from './backup-generations.ts';
import { unfinishedFiles } from './unfinished-files.ts';
import { manyFiles } from './many-files.ts';
import { kernelsOfOthers } from './kernels-of-others.ts';
import { loginRecords } from './login-records.ts';
import { mailbox } from './mailbox.ts';
import { mountAway } from './mount-away.ts';
import { appCache } from './app-cache.ts';
import { bigFile } from './big-file.ts';
import { buildTrees } from './build-trees.ts';
import { Claims } from '../claims/claims.ts';
import { containerStorage } from './container-storage.ts';
import { coreDumps } from './core-dumps.ts';
import { databaseLogs } from './database-logs.ts';
import { deletedOpen } from './deleted-open.ts';
import { hiddenUnderMount } from './hidden-under-mount.ts';
import { hugeDirectory } from './huge-directory.ts';
import { inodesExhausted } from './inodes-exhausted.ts';
import { journald } from './journald.ts';
import { oldKernelsAndSnaps } from './old-kernels-and-snaps.ts';
import { oldReleases } from './old-releases.ts';
import { packageCache } from './package-cache.ts';
import { preallocatedOrSparse } from './preallocated-or-sparse.ts';
import { readOnlyByError } from './read-only-by-error.ts';
import { recentGrowth } from './recent-growth.ts';
import { hostedStores, store } from '../stores/store.ts';
import { placeStores } from '../stores/place-stores.ts';
import { quota } from './quota.ts';
import { reservedBlocks } from './reserved-blocks.ts';
import { rotatedLogsKept } from './rotated-logs-kept.ts';
import { logsByContent, runawayLog } from './runaway-log.ts';
import { staleTemp } from './stale-temp.ts';
import { swapFile } from './swap-file.ts';
import { tmpfsIsMemory } from './tmpfs-is-memory.ts';
import { thinPoolFull } from './thin-pool-full.ts';
import { trash } from './trash.ts';
import { unownedFiles } from './unowned-files.ts';

/** Adding a rule is its file and a line here. */
const rules: readonly Rule[] = [
  readOnlyByError,
  deletedOpen,
  deletedLoopImage,
  hiddenUnderMount,
  inodesExhausted,
  directoryIndexFull,
  btrfsMetadataFull,
  quota,
  thinPoolFull,
  reservedBlocks,
  mountAway,
  btrfsSnapshots,
  loginRecords,
  mailbox,
  runawayLog,
  coreDumps,
  databaseLogs,
  hostedStores,
  containerStorage,
  journald,
  oldKernelsAndSnaps,
  kernelsOfOthers,
  rotatedLogsKept,
  swapFile,
  packageCache,
  trash,
  store,
  staleTemp,
  unfinishedFiles,
  oldReleases,
  appCache,
  buildTrees,
  backupGenerations,
  placeStores,
  preallocatedOrSparse,
  logsByContent,
  hugeDirectory,
  tmpfsIsMemory,
  unownedFiles,
  bigFile,
  manyFiles,
  recentGrowth,
];

/**
 * What the rules find, with the actions that the gate lets pass: what is urgent first, then by the bytes each explains;
 * those that only inform come last. A reserve that keeps everybody out ranks by what it keeps: it did not fill the disk.
 */
export async function findFindings(facts: Facts, world: World): Promise<Finding[]> {
  const claims = new Claims(facts.scan);
  const findings: Finding[] = [];
  for (const rule of rules)
    for (const proposal of await rule.find(facts, claims)) findings.push(settled(proposal, world));
  return findings.toSorted(
    (a, b) =>
      Number(isFirst(b)) - Number(isFirst(a)) || weightBytes(b) - weightBytes(a) || b.diskBytes - a.diskBytes,
  );
}

function isFirst({ urgent, rule }: Finding): boolean {
  return urgent === true && rule !== 'reserved-blocks';
}

function weightBytes(finding: Finding): number {
  return finding.rule === 'reserved-blocks' && finding.urgent === true
    ? finding.reservedBytes
    : finding.claimedBytes;
}

function settled({ actions, ...proposal }: Proposal, world: World): Finding {
  const settlement = settle(actions, proposal, world);
  const wasFreeing = actions.some(isFreeing);
  const first = settlement.remedies.find(({ action }) => isFreeing(action))?.action.frees;
  const freeableBytes =
    first === undefined ? (wasFreeing ? 0 : proposal.freeableBytes) : promised(first, proposal.freeableBytes);
  return { ...proposal, freeableBytes, ...settlement };
}

/** The first remedy's promise; where only its owner can tell, what at most comes back. */
function promised(frees: Action['frees'], mostBytes: number): number {
  return frees.certainty === 'unknown' ? mostBytes : frees.bytes;
}

function isFreeing({ frees }: Action): boolean {
  return frees.bytes > 0 || frees.certainty === 'unknown';
}
