/** The JSON of `diskwhy [path…]`, schema diskwhy/explain@3. */
import { toText } from '../../model/byte-string.ts';
import type { CompressionUsage } from '../../model/btrfs-usage.ts';
import type { ExplainReport, ExplainRoot } from '../../model/explain-report.ts';
import type { Problem } from '../../model/problem.ts';
import type { RankedFile } from '../../model/scan-result.ts';
import type { ConditionJson } from './condition.ts';
import { filesystemJson } from './filesystem.ts';
import { findingJson } from './finding.ts';
import { isoTime } from './iso-time.ts';
import { ownersJson } from './owners.ts';
import { pathJson } from './path.ts';
import type { PathJson } from './path.ts';
import type { TreeNode } from '../../model/tree-node.ts';

/** A plain object for JSON.stringify. @param top how many of the largest files and of the problems' lists to give. */
export function explainJson(
  report: ExplainReport,
  version: string,
  top: number,
  conditions: readonly ConditionJson[] | undefined,
) {
  const { scan } = report;
  return {
    schema: 'diskwhy/explain@3' as const,
    version,
    generatedAt: isoTime(report.generatedAt),
    ...fromJson(report),
    complete: report.complete,
    interrupted: scan.interrupted,
    roots: report.roots.map((root) => rootJson(root, report, top)),
    contained: report.contained.map(({ path, countedIn }) => ({
      ...pathJson(path),
      countedIn: toText(countedIn),
    })),
    filesystems: report.filesystems.map(filesystemJson),
    findings: report.findings.map((finding) => findingJson(finding, report.generatedAt)),
    explained: report.explained,
    freeable: report.freeable,
    problems: {
      count: scan.problems.count,
      items: scan.problems.items.map(problemJson),
    },
    excluded: scan.excluded,
    ...(conditions && { conditions }),
  };
}

/** Where it was read from, where that is not the machine itself. */
export function fromJson({ from }: ExplainReport) {
  return (
    from && { from: { ...pathJson(from.path), program: from.program, writtenAt: isoTime(from.writtenAt) } }
  );
}

function rootJson(root: ExplainRoot, report: ExplainReport, top: number) {
  const { source, threads, seconds } = report.scan;
  return {
    ...rootHead(root),
    source,
    threads,
    seconds,
    totals: root.totals,
    ...breakdownJson(root),
    tree: nodeJson(root.tree),
    largestFiles: largestBelow(root, report).slice(0, top).map(fileJson),
    mounts: root.mounts.map(({ path, type, usedBytes, totalBytes, counted }) => ({
      ...pathJson(path),
      type,
      usedBytes: usedBytes ?? null,
      totalBytes: totalBytes ?? null,
      counted,
    })),
    ...(root.owners && { owners: ownersJson(root.owners, top) }),
  };
}

/** What is named of a root everywhere. */
export function rootHead({ path, mountPoint }: ExplainRoot) {
  return { ...pathJson(path), mountPoint: mountPoint === undefined ? null : toText(mountPoint) };
}

/** Its bytes by what they are for, by kind of file and by age. */
export function breakdownJson({ breakdown }: ExplainRoot) {
  return {
    byUse: breakdown.byUse,
    byType: breakdown.byType.map(({ extensions, ...kind }) => ({
      ...kind,
      extensions: extensions.map(({ extension, ...sums }) => ({ extension: toText(extension), ...sums })),
    })),
    byAge: breakdown.byAge,
  };
}

export function largestBelow(root: ExplainRoot, { scan }: ExplainReport): readonly RankedFile[] {
  return scan.largestFiles.filter(({ directory }) => isBelow(scan, directory, root.directory));
}

export function fileJson({ path, diskBytes, apparentBytes, links, modifiedAt }: RankedFile) {
  return { ...pathJson(path), diskBytes, apparentBytes, links, modifiedAt: isoTime(modifiedAt) };
}

export function problemJson({ path, operation, code }: Problem) {
  return { ...pathJson(path), operation, code };
}

/** A directory, or a large file in it. */
interface NodeJson
  extends PathJson, Omit<TreeNode, 'name' | 'path' | 'modifiedAt' | 'compression' | 'children'> {
  /** Of the newest entry below it; null where there is none. */
  readonly modifiedAt: string | null;
  /** How what lies in it is written on btrfs, each extent once, as compsize counts; null where it is not known. */
  readonly compression: readonly CompressionUsage[] | null;
  /** The largest first. */
  readonly children: readonly NodeJson[];
}

function nodeJson(node: TreeNode): NodeJson {
  return {
    ...pathJson(node.path),
    type: node.type,
    diskBytes: node.diskBytes,
    apparentBytes: node.apparentBytes,
    freeableBytes: node.freeableBytes,
    entries: node.entries,
    modifiedAt: isoTime(node.modifiedAt),
    complete: node.complete,
    compression: node.compression ?? null,
    children: node.children.map(nodeJson),
    rest: node.rest,
  };
}

function isBelow({ tree }: ExplainReport['scan'], directory: number, root: number): boolean {
  let next = directory;
  while (next > root) next = tree.columns.parent[next];
  return next === root;
}
