/** How much of the used space the findings explain. */
import type { ExplainReport } from '../../model/explain-report.ts';
import type { Filesystem } from '../../model/filesystem.ts';
import type { Finding } from '../../model/finding.ts';

/** Rules about bytes that lie in no tree. */
const OUTSIDE_TREES = new Set(['deleted-open', 'hidden-under-mount']);

/** Of what is used where every filesystem was walked whole; otherwise of what the named paths hold. */
export function howMuchIsExplained(
  findings: readonly Finding[],
  filesystems: readonly Filesystem[],
  walkedBytes: number,
): ExplainReport['explained'] {
  const isWhole = filesystems.length > 0 && filesystems.every(({ ledger }) => ledger.scope === 'filesystem');
  const counted = isWhole ? findings : findings.filter(({ rule }) => !OUTSIDE_TREES.has(rule));
  const ofBytes = isWhole ? filesystems.reduce((sum, { usedBytes }) => sum + usedBytes, 0) : walkedBytes;
  const claimed = counted.reduce((sum, { claimedBytes }) => sum + claimedBytes, 0);
  // What was deleted while the scan ran is claimed, but used no more.
  return { scope: isWhole ? 'filesystem' : 'path', bytes: Math.min(claimed, ofBytes), ofBytes };
}
