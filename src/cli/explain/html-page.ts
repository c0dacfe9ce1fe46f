/** What the page of HTML needs of a scan, and how a report becomes it. */
import { fromText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import type { ExplainReport } from '../../model/explain-report.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { SnapshotThen } from '../snapshots/snapshot-then.ts';
import { readVersion } from '../invocation/version.ts';

/** Of the tree: what is deeper, further down the list or smaller than a pixel or two is summed up. */
export const PAGE_LIMITS = { depth: 40, top: 200, minShare: 0.0002 } as const;

/** Throws UsageError where a person would get the page's source on a terminal. */
export function refuseTerminal({ isOutputTerminal }: Terminal): void {
  if (isOutputTerminal)
    throw new UsageError('a page of HTML is for a browser: name a file for it, -o report.html');
}

/** A page of a tree that was written down, or compared with one. */
interface PageAsked {
  /** Nobody knows whose its files are. */
  readonly isRecorded: boolean;
  /** The snapshot that growth is measured from. */
  readonly since: Promise<SnapshotThen | undefined>;
}

/** What makes the page; loaded while a scan runs. */
export async function loadPage({ isRecorded, since }: PageAsked): Promise<(report: ExplainReport) => string> {
  const [{ reportPage }, { useOfPath }, ownerOf, then] = await Promise.all([
    import('../../render/html/report-page.ts'),
    import('../../scan/scan.ts'),
    isRecorded ? undefined : loadOwners(),
    since,
  ]);
  return (report) =>
    reportPage(report, {
      version: readVersion(),
      useOf: (path) => useOfPath(path).use,
      ownerOf,
      growth: then?.growthOf(report),
    });
}

async function loadOwners(): Promise<(path: ByteString) => ByteString | undefined> {
  const [{ lstatIfAny }, { readUserAccounts }] = await Promise.all([
    import('../../system/calls/lstat.ts'),
    import('../../system/machine/user-accounts.ts'),
  ]);
  const names = new Map(readUserAccounts().map(({ uid, name }) => [uid, name]));
  return (path) => {
    const stat = lstatIfAny(path);
    return stat && (names.get(stat.uid) ?? fromText(`uid ${stat.uid}`));
  };
}
