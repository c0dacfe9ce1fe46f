/** The JSON of `diskwhy [path…]`, schema diskwhy/explain@1. */
import type { ByteString } from '../model/byte-string.ts';
import { isText, toBuffer, toText } from '../model/byte-string.ts';
import type { ExplainReport, ExplainRoot } from '../model/explain-report.ts';
import type { Filesystem } from '../model/filesystem.ts';
import type { Finding } from '../model/finding.ts';
import type { FileHolder } from '../model/ledger.ts';
import { processName } from '../model/process.ts';
import type { TreeNode } from '../model/tree-node.ts';

/** A plain object for JSON.stringify. @param top how many of the largest files and of the problems' lists to give. */
export function explainJson(report: ExplainReport, version: string, top: number): object {
  const { scan } = report;
  return {
    schema: 'diskwhy/explain@1',
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
    findings: report.findings.map(findingJson),
    explained: report.explained,
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
  };
}

function filesystemJson({ mountPoint, device, ledger, ...rest }: Filesystem): object {
  return {
    mountPoint: toText(mountPoint),
    device: toText(device),
    ...rest,
    ledger: {
      scope: ledger.scope,
      accounts: ledger.accounts.map(({ note, detail, ...account }) => ({
        ...account,
        note: note ?? null,
        detail: detail.map(({ path, bytes, text, holders }) => ({
          ...(path === undefined ? { path: null } : pathJson(path)),
          bytes: bytes ?? null,
          text: text ?? null,
          holders: holders.map(holderJson),
        })),
      })),
    },
  };
}

function holderJson({ process, descriptors, mapped }: FileHolder): object {
  const { pid, unit, container, residentBytes, sharedBytes, virtualBytes, commandLine } = process;
  return {
    pid,
    command: processName(process),
    commandLine: commandLine.map(toText),
    unit: unit ?? null,
    container: container ?? null,
    residentBytes,
    sharedBytes,
    virtualBytes,
    descriptors,
    mapped,
  };
}

function findingJson({ paths, remedy, urgent, ...rest }: Finding): object {
  return {
    ...rest,
    urgent: urgent ?? false,
    paths: paths.map(toText),
    // Beside the texts, where one of them does not lead back to its file.
    ...(paths.every(isText) ? {} : { pathsBase64: paths.map((path) => toBuffer(path).toString('base64')) }),
    remedy: { text: remedy.text, command: remedy.command ?? null },
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

/** `path` as text, and as bytes where text cannot say it. */
export function pathJson(path: ByteString): { path: string; pathBase64?: string } {
  const text = toText(path);
  return isText(path) ? { path: text } : { path: text, pathBase64: toBuffer(path).toString('base64') };
}

/** ECMAScript's times reach 100 million days either way; anything else is null. */
function isoTime(seconds: number): string | null {
  return Math.abs(seconds) <= 8.64e12 ? new Date(seconds * 1000).toISOString() : null;
}
