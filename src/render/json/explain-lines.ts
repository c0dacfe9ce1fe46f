/** The NDJSON of `diskwhy --ndjson`, schema diskwhy/explain-lines@2: every directory a line, made when it is asked for. */
import type { ExplainReport, ExplainRoot } from '../../model/explain-report.ts';
import { ABOVE_ROOTS } from '../../model/tree.ts';
import type { ConditionJson } from './condition.ts';
import { breakdownJson, fileJson, fromJson, largestBelow, problemJson, rootHead } from './explain.ts';
import { filesystemJson } from './filesystem.ts';
import { findingJson } from './finding.ts';
import { isoTime } from './iso-time.ts';
import { pathJson } from './path.ts';

const SCHEMA = 'diskwhy/explain-lines@2' as const;

interface LinesWanted {
  /** How many of the largest files. */
  readonly top: number;
  /** Smaller directories are left out. */
  readonly minBytes: number;
  readonly conditions: readonly ConditionJson[] | undefined;
}

/**
 * Plain objects for JSON.stringify, from the `report` to its `end`.
 */
export function* explainLines(
  report: ExplainReport,
  version: string,
  { top, minBytes, conditions }: LinesWanted,
) {
  const { scan } = report;
  yield {
    type: 'report' as const,
    schema: SCHEMA,
    version,
    generatedAt: isoTime(report.generatedAt),
    ...fromJson(report),
    complete: report.complete,
    interrupted: scan.interrupted,
    excluded: scan.excluded,
  };
  for (const filesystem of report.filesystems)
    yield { type: 'filesystem' as const, schema: SCHEMA, filesystem: filesystemJson(filesystem) };
  for (const root of report.roots) {
    yield {
      type: 'root' as const,
      schema: SCHEMA,
      ...rootHead(root),
      totals: root.totals,
      ...breakdownJson(root),
    };
    for (const directory of directoriesBelow(root, report, minBytes)) yield directoryJson(directory, report);
    for (const file of largestBelow(root, report).slice(0, top))
      yield { type: 'file' as const, schema: SCHEMA, ...fileJson(file) };
  }
  for (const finding of report.findings)
    yield { type: 'finding' as const, schema: SCHEMA, finding: findingJson(finding, report.generatedAt) };
  for (const problem of scan.problems.items)
    yield { type: 'problem' as const, schema: SCHEMA, ...problemJson(problem) };
  yield {
    type: 'end' as const,
    schema: SCHEMA,
    problems: scan.problems.count,
    explained: report.explained,
    ...(conditions && { conditions }),
  };
}

/** Each before those in it. */
function* directoriesBelow(
  { directory: root }: ExplainRoot,
  { scan: { tree } }: ExplainReport,
  minBytes: number,
): Generator<number> {
  if (tree.isFileRoot(root)) return;
  const open = [root];
  for (let directory = open.pop(); directory !== undefined; directory = open.pop()) {
    if (tree.columns.diskBytes[directory] < minBytes) continue;
    yield directory;
    open.push(...tree.children(directory));
  }
}

function directoryJson(directory: number, { scan: { tree } }: ExplainReport) {
  const { diskBytes, apparentBytes, freeableBytes, entries, newest, incomplete, parent } = tree.columns;
  let depth = 0;
  for (let at = directory; parent[at] !== ABOVE_ROOTS; at = parent[at]) depth++;
  return {
    type: 'directory' as const,
    schema: SCHEMA,
    ...pathJson(tree.path(directory)),
    depth,
    diskBytes: diskBytes[directory],
    apparentBytes: apparentBytes[directory],
    freeableBytes: freeableBytes[directory],
    entries: entries[directory],
    modifiedAt: isoTime(newest[directory]),
    complete: incomplete[directory] === 0,
  };
}
