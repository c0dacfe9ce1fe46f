/** How much of a tree a request wants to see. */
import type { DirectoryTree } from '../../model/tree.ts';
import type { ExplainRequest } from '../explain-request.ts';
import type { TreeLimits } from '../tree-view.ts';

/** @param root the directory that shares are counted from. */
export function treeLimits(
  request: Pick<ExplainRequest, 'depth' | 'top' | 'apparent' | 'minBytes' | 'minShare'>,
  { columns: { diskBytes, apparentBytes } }: DirectoryTree,
  root: number,
): TreeLimits {
  const { depth, top, apparent: byApparent, minBytes, minShare } = request;
  const whole = (byApparent ? apparentBytes : diskBytes)[root];
  return { depth, top, byApparent, minBytes: Math.max(minBytes, minShare * whole) };
}
