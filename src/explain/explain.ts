/** The door of the room: sizes the named paths and says what their disks are filled with. */
import { isInside } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { ExplainReport, MountRow } from '../model/explain-report.ts';
import type { Mount } from '../model/mount.ts';
import type { SourceName } from '../model/scan-result.ts';
import { dropContained, planBoundaries, resolveRoot, scan, visibleMounts } from '../scan/scan.ts';
import type { Boundaries, ScanHooks } from '../scan/scan.ts';
import type { Household } from '../catalogue/catalogue.ts';
import type { FileId } from '../model/file-id.ts';
import type { OpenFiles } from '../model/process.ts';
import { scanOpenFiles } from '../system/open-files.ts';
import { readUserAccounts } from '../system/user-accounts.ts';
import type { UserAccount } from '../system/user-accounts.ts';
import { worthBytes } from './facts.ts';
import type { Facts } from './facts.ts';
import { findKnownPlaces } from './known-places.ts';
import { findFindings } from './rules/rules.ts';
import { nowSeconds } from '../system/clock.ts';
import { readUsage } from '../system/filesystems.ts';
import { readMounts } from '../system/mounts.ts';
import { explainFilesystems } from './filesystems.ts';
import { treeView } from './tree-view.ts';
import type { TreeLimits } from './tree-view.ts';

export interface ExplainRequest {
  /** As named: absolute, or from the working directory. */
  readonly paths: readonly ByteString[];
  /** Who asks: root sees everything. */
  readonly uid: number;
  /** Says where caches and stores of programs are. */
  readonly environment: Readonly<Record<string, ByteString | undefined>>;
  readonly source: 'auto' | SourceName;
  readonly threads: number | undefined;
  readonly exclude: readonly string[];
  readonly crossMounts: boolean;
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

/** Whose places to look for: those of every account, and what the environment says. */
function householdOf({ environment }: ExplainRequest, accounts: readonly UserAccount[]): Household {
  const homes = new Set<string>(accounts.map(({ home }) => home).filter((home) => home !== '/'));
  const own = environment['HOME'];
  if (own?.startsWith('/') === true && own !== '/') homes.add(own);
  const platform = process.platform === 'darwin' ? 'darwin' : 'linux';
  return { platform, homes: [...homes].map((home) => home.replace(/\/+$/u, '')), environment };
}

/** Files are kept for the tree as well as for the list of the largest. */
const FILES_FOR_TREE = 1000;

/** Throws UsageError for a path that cannot be looked at; trouble further down is in the report. */
export async function explain(request: ExplainRequest, hooks: ScanHooks = {}): Promise<ExplainReport> {
  const now = nowSeconds();
  const mounts = visibleMounts(readMounts());
  const { kept: roots, contained } = dropContained(request.paths.map((path) => resolveRoot(path, mounts)));
  const boundaries = planBoundaries(mounts, roots, request.crossMounts);
  let openFiles: OpenFiles | undefined;
  const readHeld = (): ReadonlySet<FileId> => new Set((openFiles = scanOpenFiles()).files.keys());
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
    },
    { ...hooks, readHeld },
  );
  const { depth, top, apparent: byApparent } = request;
  const { diskBytes, apparentBytes } = result.tree.columns;
  const limitsFor = (root: number): TreeLimits => {
    const whole = (byApparent ? apparentBytes : diskBytes)[root];
    return { depth, top, byApparent, minBytes: Math.max(request.minBytes, request.minShare * whole) };
  };
  const filesystems = explainFilesystems(result, roots, boundaries);
  const accounts = readUserAccounts();
  const least = worthBytes(filesystems);
  const facts: Facts = {
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
    openFiles: openFiles!,
    deletedFiles: [],
    hiddenTrees: [],
    places: findKnownPlaces(result, householdOf(request, accounts), least / 4),
    worthBytes: least,
  };
  return {
    generatedAt: now,
    scan: result,
    roots: result.roots.map((root, index) => ({
      ...root,
      mountPoint: roots[index].mount?.mountPoint,
      tree: treeView(result, root.directory, limitsFor(root.directory)),
      mounts: mountRows(root.path, boundaries),
    })),
    contained: contained.map(({ root, countedIn }) => ({ path: root.path, countedIn: countedIn.path })),
    filesystems,
    findings: await findFindings(facts),
  };
}

/** Mounts below a root that hold bytes, fullest first. */
function mountRows(root: ByteString, { entered, left }: Boundaries): MountRow[] {
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
