/** The door of the room: sizes the named paths and says why their disks are full. */
import type { ExplainReport } from '../model/explain-report.ts';
import type { OpenFiles } from '../model/process.ts';
import { dropContained, planBoundaries, scan, visibleMounts } from '../scan/scan.ts';
import type { ScanHooks } from '../scan/scan.ts';
import { nowSeconds } from '../system/clock.ts';
import { readMounts } from '../system/mounts.ts';
import { scanOpenFiles } from '../system/open-files.ts';
import type { Packages } from '../system/packages/packages.ts';
import type { ExplainRequest } from './explain-request.ts';
import { resolveRoots } from './explain-roots.ts';

export type { ExplainRequest } from './explain-request.ts';

/** Files are kept for the tree as well as for the list of the largest. */
const FILES_FOR_TREE = 1000;

/** Throws UsageError for a path that cannot be looked at; trouble further down is in the report. */
export async function explain(request: ExplainRequest, hooks: ScanHooks = {}): Promise<ExplainReport> {
  const now = nowSeconds();
  const mounts = readMounts();
  const visible = visibleMounts(mounts);
  const { kept: roots, contained } = dropContained(
    resolveRoots(request.paths, visible, request.wholeFilesystems),
  );
  const boundaries = planBoundaries(visible, roots, request.crossMounts);
  // Rules, catalogue and ledger are many files: loaded and made ready while threads scan.
  const reporting = import('./report.ts').then(({ prepareReport }) => prepareReport(request, roots));
  const packages = request.owners === true ? await readPackageLists() : undefined;
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
  const report = await reporting;
  return report(
    {
      request,
      scan: result,
      roots,
      contained,
      boundaries,
      mounts,
      visible,
      openFiles,
      packages,
      nowSeconds: now,
      isRoot: request.uid === 0,
    },
    hooks.signal,
  );
}

async function readPackageLists(): Promise<Packages> {
  const { readPackages } = await import('../system/packages/packages.ts');
  return readPackages();
}
