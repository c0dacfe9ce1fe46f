/** The door of the room: sizes the named paths and says why their disks are full. */
import { cacheDirectoryTag } from '../model/cache-directory-tag.ts';
import type { ExplainReport } from '../model/explain-report.ts';
import type { OpenFiles } from '../model/process.ts';
import { dropContained, planBoundaries, scan, visibleMounts } from '../scan/scan.ts';
import type { Root, ScanHooks } from '../scan/scan.ts';
import { nowSeconds } from '../system/calls/clock.ts';
import { readMounts } from '../system/mounts/mounts.ts';
import { scanOpenFiles } from '../system/processes/open-files.ts';
import type { Packages } from '../system/packages/packages.ts';
import type { ExplainRequest } from './explain-request.ts';
import { resolveRoots } from './places/explain-roots.ts';
import type { freshWorld } from './places/fresh-world.ts';
import type { explainRecorded } from './recorded.ts';
import type { prepareReport } from './report.ts';
import { lifeOfTemp } from './places/temp-life.ts';

export type { ExplainRequest } from './explain-request.ts';

/** What looks at the machine anew, loaded only when somebody acts on a report. */
export async function loadFreshWorld(): Promise<typeof freshWorld> {
  return (await import('./places/fresh-world.ts')).freshWorld;
}

/** What makes a report of a tree that was written down, loaded only where one was. */
export async function loadRecorded(): Promise<typeof explainRecorded> {
  return (await import('./recorded.ts')).explainRecorded;
}

export interface ExplainHooks extends ScanHooks {
  /** Everything was read; what follows takes up to some seconds. */
  readonly onScanned?: () => void;
}

/** Files are kept for the tree as well as for the list of the largest. */
const FILES_FOR_TREE = 1000;

/** Throws UsageError for a path that cannot be looked at; trouble further down is in the report. */
export async function explain(request: ExplainRequest, hooks: ExplainHooks = {}): Promise<ExplainReport> {
  const now = nowSeconds();
  const mounts = readMounts();
  const visible = visibleMounts(mounts);
  const { kept: roots, contained } = dropContained(
    resolveRoots(request.paths, visible, request.wholeFilesystems),
  );
  const boundaries = planBoundaries(visible, roots, request.crossMounts);
  const packages = request.owners === true ? await readPackageLists() : undefined;
  let openFiles: OpenFiles | undefined;
  let reporting: ReturnType<typeof loadReport> | undefined;
  const result = await scan(
    {
      roots,
      boundaries,
      source: request.source,
      threads: request.threads,
      exclude: request.exclude,
      largestCount: Math.max(FILES_FOR_TREE, Math.min(request.top, 100_000)),
      rankByApparent: request.apparent,
      notedName: cacheDirectoryTag.name,
      nowSeconds: now,
      ownedPaths: packages?.paths,
      life: lifeOfTemp(roots, request.uid),
    },
    {
      ...hooks,
      // Other threads are walking now: time for this one to load and prepare what comes after.
      readHeld: () => {
        reporting = loadReport(request, roots);
        openFiles = scanOpenFiles();
        return new Set(openFiles.files.keys());
      },
    },
  );
  hooks.onScanned?.();
  openFiles ??= scanOpenFiles();
  const report = await (reporting ?? loadReport(request, roots));
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

/** Rules, catalogue and ledger are many files. */
async function loadReport(
  request: ExplainRequest,
  roots: readonly Root[],
): Promise<ReturnType<typeof prepareReport>> {
  const { prepareReport: prepare } = await import('./report.ts');
  return prepare(request, roots);
}

async function readPackageLists(): Promise<Packages> {
  const { readPackages } = await import('../system/packages/packages.ts');
  return readPackages();
}
