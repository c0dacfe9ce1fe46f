/** Everything after the scan: ledgers, findings, and the part of the tree that is worth showing. */
import type { ExplainReport } from '../model/explain-report.ts';
import type { Filesystem } from '../model/filesystem.ts';
import { ABOVE_ROOTS } from '../model/tree.ts';
import type { dropContained, LivingScanResult, Root, ScanHooks } from '../scan/scan.ts';
import { freeableBytes } from '../remedies/remedies.ts';
import type { Packages } from '../system/packages/packages.ts';
import { howMuchIsExplained } from './ledger/explained.ts';
import type { ExplainRequest } from './explain-request.ts';
import { explainFilesystems } from './ledger/filesystems.ts';
import type { FilesystemFacts } from './ledger/filesystems.ts';
import { findingsOf } from './findings.ts';
import { prepareFindings } from './places/preparation.ts';
import type { Preparation } from './places/preparation.ts';
import { withoutShared } from './extents/shared-extents.ts';
import { subtractHeldFiles } from './files/subtract-held-files.ts';
import { subtractSharedFiles, withoutSharedFiles } from './extents/subtract-shared-files.ts';
import { mountRows } from './ledger/mount-rows.ts';
import { ownerFacts } from './owners/owners.ts';
import { treeLimits } from './extents/tree-limits.ts';
import { treeView } from './tree-view.ts';
import { withBtrfsUsage } from './extents/with-btrfs-usage.ts';

export interface Scanned extends FilesystemFacts {
  readonly scan: LivingScanResult;
  readonly request: ExplainRequest;
  readonly contained: ReturnType<typeof dropContained>['contained'];
  /** Where owners were asked for. */
  readonly packages: Packages | undefined;
}

/** What can be done before the scan has ended; the function it returns does the rest. */
export function prepareReport(
  { environment }: ExplainRequest,
  roots: readonly Root[],
): (scanned: Scanned, signal: ScanHooks['signal']) => Promise<ExplainReport> {
  const preparation = prepareFindings(
    environment,
    roots.map(({ path }) => path),
  );
  return (scanned, signal) => reportOf(scanned, preparation, signal);
}

async function reportOf(
  scanned: Scanned,
  preparation: Preparation,
  signal: ScanHooks['signal'],
): Promise<ExplainReport> {
  const { scan, roots, contained, boundaries, openFiles, packages, nowSeconds, isRoot } = scanned;
  const heldPaths = subtractHeldFiles(scan.tree, openFiles);
  const shared = subtractSharedFiles(scan, scanned.visible, heldPaths);
  const staying = new Map([...[...heldPaths].map((path) => [path, Infinity] as const), ...shared.bytes]);
  for (const [path, bytes] of shared.saved) staying.set(path, (staying.get(path) ?? 0) + bytes);
  const { filesystems, deletedFiles, hiddenTrees } = await explainFilesystems(scanned, signal);
  const owners = packages && ownerFacts(scan, packages, preparation.accounts);
  const found = await findingsOf(preparation, {
    nowSeconds,
    isRoot,
    request: scanned.request,
    scan,
    roots: scan.roots.map(({ path, directory }, index) => ({
      path,
      directory,
      filesystem: filesystems.find(({ mountPoint }) => mountPoint === roots[index].mount?.mountPoint),
    })),
    filesystems,
    mounts: scanned.visible,
    allMounts: scanned.mounts,
    openFiles,
    deletedFiles,
    hiddenTrees,
    owners,
  });
  const findings = withoutSharedFiles(withoutShared(found, filesystems, shared), shared);
  const { diskBytes } = scan.tree.columns;
  const parts = {
    filesystems,
    findings,
    roots: scan.roots.map((root, index) => ({
      ...root,
      mountPoint: roots[index].mount?.mountPoint,
      tree: treeView(scan, root.directory, treeLimits(scanned.request, scan.tree, root.directory), staying),
      mounts: mountRows(root.path, boundaries),
      owners: owners?.roots[index],
    })),
  };
  const isDetailed = scanned.request.details === true && isRoot;
  return {
    generatedAt: nowSeconds,
    scan,
    // What a whole filesystem hides from this user makes its ledger a guess; what root cannot see, nobody can.
    complete: scan.complete && (isRoot || filesystems.every(isFilledIn)),
    ...(isDetailed ? withBtrfsUsage(parts, scanned.visible) : parts),
    contained: contained.map(({ root, countedIn }) => ({ path: root.path, countedIn: countedIn.path })),
    freeable: freeableBytes(findings),
    explained: howMuchIsExplained(findings, filesystems, diskBytes[ABOVE_ROOTS]),
  };
}

/** Whether all files are in its ledger that were to be; what a filesystem does not tell of itself is no file. */
function isFilledIn({ ledger: { scope, accounts } }: Filesystem): boolean {
  return (
    scope === 'path' ||
    accounts.every(
      ({ account, complete }) => complete || account === 'filesystem-metadata' || account === 'excluded',
    )
  );
}
