/** The snapshot that a page of HTML is compared with (`--since`), read while the tree of today is scanned. */
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import type { ExplainReport } from '../../model/explain-report.ts';
import type { PageGrowth } from '../../render/html/report-page.ts';
import { grownNodes, growthBetween, readSnapshotOf, refuseUnlessHolds } from '../../snapshot/snapshot.ts';
import { realPath } from '../../system/calls/real-path.ts';
import type { ReadSnapshot } from '../../snapshot/snapshot.ts';
import { sinceFile } from './since-file.ts';

/** Files of which it is known how large they were. */
const MOST_FILES = 100_000;
/** Rows of the page. */
const MOST_PLACES = 100;

export interface SnapshotThen {
  /** Throws UsageError where the snapshot is of another tree. */
  readonly growthOf: (report: ExplainReport) => PageGrowth;
}

/**
 * Undefined where the reading was interrupted. Throws UsageError where the snapshot cannot be read or is of another tree.
 * @param operands what is compared with it: one tree. @param isRecorded it is read from a file, which says what it is of.
 */
export async function readSnapshotThen(
  since: ByteString,
  operands: readonly ByteString[],
  isRecorded: boolean,
  signal: AbortSignal,
): Promise<SnapshotThen | undefined> {
  if (operands.length > 1) throw new UsageError('--since compares one tree; name one path');
  if (isRecorded && since === 'last')
    throw new UsageError('--since last is of a path; name a file to compare with what --from reads');
  const named = operands.at(0) ?? ('.' as ByteString);
  const root = realPath(named) ?? named;
  const file = await sinceFile(since, root);
  try {
    const then = await readSnapshotOf(isRecorded ? undefined : root, file, MOST_FILES, signal);
    return { growthOf: (report) => growthOf(report, then, file) };
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

function growthOf(
  { scan, roots: [{ tree }] }: ExplainReport,
  then: ReadSnapshot,
  file: ByteString,
): PageGrowth {
  const [root] = scan.roots;
  // What is read from a file has said only by now what it is of.
  refuseUnlessHolds(then, root.path, file);
  const grown = grownNodes(then, tree);
  return { whole: growthBetween(then, scan, root, MOST_PLACES), of: (path) => grown.get(path) };
}
