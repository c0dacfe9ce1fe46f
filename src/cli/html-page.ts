/** What the page of HTML needs of a scan, and how a report becomes it. */
import { UsageError } from '../model/errors.ts';
import type { ExplainReport } from '../model/explain-report.ts';
import type { Terminal } from './terminal.ts';
import { readVersion } from './version.ts';

/** Of the tree: what is deeper, further down the list or smaller than a pixel or two is summed up. */
export const PAGE_LIMITS = { depth: 40, top: 200, minShare: 0.0002 } as const;

/** Throws UsageError where a person would get the page's source on a terminal. */
export function refuseTerminal({ isOutputTerminal }: Terminal): void {
  if (isOutputTerminal)
    throw new UsageError('a page of HTML is for a browser: name a file for it, -o report.html');
}

/** What makes the page; loaded while a scan runs. */
export async function loadPage(): Promise<(report: ExplainReport) => string> {
  const [{ reportPage }, { useOfPath }] = await Promise.all([
    import('../render/html/report-page.ts'),
    import('../scan/scan.ts'),
  ]);
  return (report) => reportPage(report, { version: readVersion(), useOf: (path) => useOfPath(path).use });
}
