/** The JSON of `diskwhy [path…]`, schema diskwhy/explain@2. */
import { toText } from '../../model/byte-string.ts';
import type { ExplainReport, ExplainRoot } from '../../model/explain-report.ts';
import { filesystemJson } from './filesystem.ts';
import { findingJson } from './finding.ts';
import { isoTime } from './iso-time.ts';
import { ownersJson } from './owners.ts';
import { pathJson } from './path.ts';
import type { TreeNode } from '../../model/tree-node.ts';

/** A plain object for JSON.stringify. @param top how many of the largest files and of the problems' lists to give. */
export function explainJson(report: ExplainReport, version: string, top: number): object {
  const { scan } = report;
  return {
    schema: 'diskwhy/explain@2',
    version,
    generatedAt: isoTime(report.generatedAt),
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
      items: scan.problems.items.map(({ path, operation, code }) => ({ ...pathJson(path), operation, code })),
    },
    excluded: scan.excluded,
  };
}

function rootJson(root: ExplainRoot, { scan }: ExplainReport, top: number): object {
  const files = scan.largestFiles.filter(({ directory }) => isBelow(scan, directory, root.directory));
  return {
    ...pathJson(root.path),
    mountPoint: root.mountPoint === undefined ? null : toText(root.mountPoint),
    source: scan.source,
    threads: scan.threads,
    seconds: scan.seconds,
    totals: root.totals,
    byUse: root.breakdown.byUse,
    byType: root.breakdown.byType.map(({ extensions, ...kind }) => ({
      ...kind,
      extensions: extensions.map(({ extension, ...sums }) => ({ extension: toText(extension), ...sums })),
    })),
    byAge: root.breakdown.byAge,
    tree: nodeJson(root.tree),
    largestFiles: files.slice(0, top).map(({ path, diskBytes, apparentBytes, links, modifiedAt }) => ({
      ...pathJson(path),
      diskBytes,
      apparentBytes,
      links,
      modifiedAt: isoTime(modifiedAt),
    })),
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

function nodeJson(node: TreeNode): object {
  return {
    ...pathJson(node.path),
    type: node.type,
    diskBytes: node.diskBytes,
    apparentBytes: node.apparentBytes,
    freeableBytes: node.freeableBytes,
    entries: node.entries,
    modifiedAt: isoTime(node.modifiedAt),
    complete: node.complete,
    children: node.children.map(nodeJson),
    rest: node.rest,
  };
}

function isBelow({ tree }: ExplainReport['scan'], directory: number, root: number): boolean {
  let next = directory;
  while (next > root) next = tree.columns.parent[next];
  return next === root;
}
