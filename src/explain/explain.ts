/** The door of the room: sizes the named paths and says why their disks are full. */
import type { ByteString } from '../model/byte-string.ts';
import type { ExplainReport } from '../model/explain-report.ts';
import type { Ledger } from '../model/ledger.ts';
import type { OpenFiles } from '../model/process.ts';
import type { SourceName } from '../model/scan-result.ts';
import { ABOVE_ROOTS } from '../model/tree.ts';
import { dropContained, planBoundaries, scan, visibleMounts } from '../scan/scan.ts';
import type { ScanHooks } from '../scan/scan.ts';
import { nowSeconds } from '../system/clock.ts';
import { readMounts } from '../system/mounts.ts';
import { scanOpenFiles } from '../system/open-files.ts';
import { readPackages } from '../system/packages/packages.ts';
import { readUserAccounts } from '../system/user-accounts.ts';
import { howMuchIsExplained } from './explained.ts';
import { resolveRoots } from './explain-roots.ts';
import { worthBytes } from './facts.ts';
import { explainFilesystems } from './filesystems.ts';
import { subtractHeldFiles } from './subtract-held-files.ts';
import { householdOf } from './household.ts';
import { findKnownPlaces } from './known-places.ts';
import { mountRows } from './mount-rows.ts';
import { findFindings } from './rules/rules.ts';
import { ownerFacts } from './owners/owners.ts';
import { treeView } from './tree-view.ts';
import type { TreeLimits } from './tree-view.ts';

export interface ExplainRequest {
  /** As named: absolute, or from the working directory. */
  readonly paths: readonly ByteString[];
  /** Who asks: root sees everything. */
  readonly uid: number;
  /** Says where caches and stores of programs are. */
  readonly environment: Readonly<Record<string, ByteString | undefined>>;
  /** Explain the whole filesystems the paths lie on. */
  readonly wholeFilesystems: boolean;
  readonly source: 'auto' | SourceName;
  readonly threads: number | undefined;
  readonly exclude: readonly string[];
  readonly crossMounts: boolean;
  /** Count by package and by user. */
  readonly owners?: boolean;
  /** Rank by apparent size. */
  readonly apparent: boolean;
  readonly depth: number;
  /** Rows per list; Infinity for all. */
  readonly top: number;
  /** Smaller ones are left out of trees. */
  readonly minBytes: number;
  /** As are those below this share of their root. */
  readonly minShare: number;
}

/** Files are kept for the tree as well as for the list of the largest. */
const FILES_FOR_TREE = 1000;
/** Known places far smaller than a finding still add up to one. */
const SMALL_PLACE = 1 / 8;

/** Throws UsageError for a path that cannot be looked at; trouble further down is in the report. */
export async function explain(request: ExplainRequest, hooks: ScanHooks = {}): Promise<ExplainReport> {
  const now = nowSeconds();
  const allMounts = readMounts();
  const mounts = visibleMounts(allMounts);
  const { kept: roots, contained } = dropContained(
    resolveRoots(request.paths, mounts, request.wholeFilesystems),
  );
  const boundaries = planBoundaries(mounts, roots, request.crossMounts);
  const packages = request.owners === true ? readPackages() : undefined;
  let openFiles: OpenFiles | undefined;
  const result = await scan(
    {
      roots,
      boundaries,
      source: request.source,
      threads: request.threads,
      exclude: request.exclude,
      largestCount: Math.max(FILES_FOR_TREE, Math.min(request.top, 100_000)),
      rankByApparent: request.apparent,
      nowSeconds: now,
      ownedPaths: packages?.paths,
    },
    { ...hooks, readHeld: () => new Set((openFiles = scanOpenFiles()).files.keys()) },
  );
  openFiles ??= scanOpenFiles();
  const heldPaths = subtractHeldFiles(result.tree, openFiles);
  const { filesystems, deletedFiles, hiddenTrees } = await explainFilesystems(
    {
      scan: result,
      roots,
      boundaries,
      mounts: allMounts,
      visible: mounts,
      openFiles,
      nowSeconds: now,
      isRoot: request.uid === 0,
    },
    hooks.signal,
  );
  const accounts = readUserAccounts();
  const least = worthBytes(filesystems);
  const owners = packages && ownerFacts(result, packages, accounts);
  const findings = await findFindings({
    nowSeconds: now,
    isRoot: request.uid === 0,
    scan: result,
    roots: result.roots.map(({ path, directory }, index) => ({
      path,
      directory,
      filesystem: filesystems.find(({ mountPoint }) => mountPoint === roots[index].mount?.mountPoint),
    })),
    filesystems,
    mounts,
    accounts,
    openFiles,
    deletedFiles,
    hiddenTrees,
    places: findKnownPlaces(
      result,
      householdOf(
        request.environment,
        accounts,
        roots.map(({ path }) => path),
      ),
      least * SMALL_PLACE,
    ),
    owners,
    worthBytes: least,
  });
  const { depth, top, apparent: byApparent } = request;
  const { diskBytes, apparentBytes } = result.tree.columns;
  const limitsFor = (root: number): TreeLimits => {
    const whole = (byApparent ? apparentBytes : diskBytes)[root];
    return { depth, top, byApparent, minBytes: Math.max(request.minBytes, request.minShare * whole) };
  };
  return {
    generatedAt: now,
    scan: result,
    // What a whole filesystem hides from this user makes its ledger a guess; what root cannot see, nobody can.
    complete:
      result.complete &&
      (request.uid === 0 || filesystems.every(({ ledger }) => ledger.scope === 'path' || isFilledIn(ledger))),
    roots: result.roots.map((root, index) => ({
      ...root,
      mountPoint: roots[index].mount?.mountPoint,
      tree: treeView(result, root.directory, limitsFor(root.directory), heldPaths),
      mounts: mountRows(root.path, boundaries),
      owners: owners?.roots[index],
    })),
    contained: contained.map(({ root, countedIn }) => ({ path: root.path, countedIn: countedIn.path })),
    filesystems,
    findings,
    explained: howMuchIsExplained(findings, filesystems, diskBytes[ABOVE_ROOTS]),
  };
}

/** Whether all files are in it; what a filesystem does not tell of itself is no file. */
function isFilledIn({ accounts }: Ledger): boolean {
  return accounts.every(({ account, complete }) => complete || account === 'filesystem-metadata');
}
