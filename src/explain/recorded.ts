/** A report of what was written down elsewhere or before: the tree and when it was written to, nothing of this machine. */
import type { ExplainReport, RecordedFrom } from '../model/explain-report.ts';
import type { ScanResult } from '../model/scan-result.ts';
import { ABOVE_ROOTS } from '../model/tree.ts';
import type { ExplainRequest } from './explain-request.ts';
import { howMuchIsExplained } from './ledger/explained.ts';
import { worthBytes } from './facts.ts';
import { recentGrowthIn } from './rules/recent-growth.ts';
import { treeLimits } from './extents/tree-limits.ts';
import { treeView } from './tree-view.ts';

/** Rules and the ledger ask the machine that the tree is on, and so are left out. */
export function explainRecorded(
  scan: ScanResult,
  from: RecordedFrom,
  request: Pick<ExplainRequest, 'depth' | 'top' | 'apparent' | 'minBytes' | 'minShare'>,
): ExplainReport {
  const { roots, tree } = scan;
  const facts = { scan, roots, nowSeconds: from.writtenAt, worthBytes: worthBytes([]) };
  return {
    generatedAt: from.writtenAt,
    from,
    scan,
    complete: scan.complete,
    roots: roots.map((root) => ({
      ...root,
      mountPoint: undefined,
      tree: treeView(scan, root.directory, treeLimits(request, tree, root.directory), new Map()),
      mounts: [],
      owners: undefined,
    })),
    contained: [],
    filesystems: [],
    // What could be done about it is for that machine to say.
    findings: recentGrowthIn(facts).map((proposal) => ({
      ...proposal,
      remedies: [],
      refusals: [],
    })),
    explained: howMuchIsExplained([], [], tree.columns.diskBytes[ABOVE_ROOTS]),
    freeable: {
      safeBytes: 0,
      reviewBytes: 0,
      safeCommands: 0,
      reviewCommands: 0,
      openCommands: 0,
      isExact: true,
    },
  };
}
