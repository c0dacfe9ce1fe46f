/** What a record keeps of a report: enough to say why, when and where over many hosts, and little enough to be moved. */
import { toText } from '../../model/byte-string.ts';
import type { ExplainReport } from '../../model/explain-report.ts';
import type { Filesystem } from '../../model/filesystem.ts';
import type { Finding, FindingOf } from '../../model/finding.ts';
import type { TreeNode } from '../../model/tree-node.ts';
import { classOf, mountPointAbove } from '../facts/facts.ts';
import type { RecordRow } from './record-schema.ts';

const MOST_FINDINGS = 200;
const MOST_DIRECTORIES = 100;
/** A message of a log is cut to so many characters: it is compared, not read. */
const MOST_CHARACTERS = 200;

export function recordRows(report: ExplainReport): RecordRow[] {
  const { filesystems, findings } = report;
  // No rule was asked of what was written down.
  if (report.from) return [hostRow(report), ...directoryRows(report)];
  return [
    hostRow(report),
    ...filesystems.flatMap(filesystemRows),
    ...findings.slice(0, MOST_FINDINGS).map((finding) => findingRow(finding, filesystems)),
    ...directoryRows(report),
    ...findings
      .filter((finding) => finding.rule === 'runaway-log')
      .map((finding) => logRow(finding, filesystems)),
  ];
}

function hostRow({ filesystems, scan, complete, freeable, from }: ExplainReport): RecordRow {
  return {
    kind: 'host',
    // Of another machine, or before: unknown, which is not 0.
    disk_bytes: from ? undefined : filesystems.reduce((sum, { usedBytes }) => sum + usedBytes, 0),
    freeable_bytes: from ? undefined : freeable.safeBytes,
    entries: scan.roots.reduce((sum, { totals }) => sum + totals.entries, 0),
    problems: scan.problems.count,
    scan_seconds: from ? undefined : scan.seconds,
    complete,
  };
}

function filesystemRows(filesystem: Filesystem): RecordRow[] {
  const mount = toText(filesystem.mountPoint);
  return [
    {
      kind: 'filesystem',
      mount,
      name: toText(filesystem.device),
      class: filesystem.type,
      disk_bytes: filesystem.usedBytes,
      total_bytes: filesystem.totalBytes,
      available_bytes: filesystem.availableBytes,
      reserved_bytes: filesystem.reservedBytes,
      inodes: filesystem.inodes,
      inodes_used: filesystem.inodesUsed,
    },
    ...filesystem.ledger.accounts.map(({ account, bytes, complete }): RecordRow => ({
      kind: 'account',
      mount,
      name: account,
      class: filesystem.ledger.scope,
      disk_bytes: bytes,
      complete,
    })),
  ];
}

function findingRow(finding: Finding, filesystems: readonly Filesystem[]): RecordRow {
  return {
    kind: 'finding',
    ...placeOf(finding, filesystems),
    name: finding.rule,
    class: classOf(finding),
    risk: finding.risk,
    disk_bytes: finding.claimedBytes,
    freeable_bytes: finding.freeableBytes,
    entries: finding.paths.length,
  };
}

function placeOf({ paths }: Finding, filesystems: readonly Filesystem[]): Pick<RecordRow, 'mount' | 'path'> {
  const [first] = paths;
  if (first === undefined) return {};
  const mount = mountPointAbove(first, filesystems);
  return { mount: mount === undefined ? undefined : toText(mount), path: toText(first) };
}

function logRow(finding: FindingOf<'runaway-log'>, filesystems: readonly Filesystem[]): RecordRow {
  const { log, bytesPerDay, hasStopped } = finding;
  const { step, span } = log;
  return {
    kind: 'log',
    ...placeOf(finding, filesystems),
    name: finding.rule,
    class: classOf(finding),
    program: step?.program?.slice(0, MOST_CHARACTERS),
    step: (step?.own?.message ?? step?.message)?.slice(0, MOST_CHARACTERS),
    disk_bytes: finding.diskBytes,
    since_seconds: span === null ? undefined : Math.floor(span.fromSeconds),
    bytes_per_second: bytesPerDay === undefined || hasStopped ? undefined : bytesPerDay / 86_400,
    confidence: log.confidence,
  };
}

/** The largest, whatever their depth. */
function directoryRows({ roots, filesystems, from }: ExplainReport): RecordRow[] {
  return roots
    .flatMap(({ tree }) => directoriesBelow(tree))
    .toSorted((a, b) => b.diskBytes - a.diskBytes)
    .slice(0, MOST_DIRECTORIES)
    .map((node) => {
      const mount = mountPointAbove(node.path, filesystems);
      return {
        kind: 'directory',
        mount: mount === undefined ? undefined : toText(mount),
        path: toText(node.path),
        disk_bytes: node.diskBytes,
        // Who holds what is in it open is not written down.
        freeable_bytes: from ? undefined : node.freeableBytes,
        entries: node.entries,
        complete: node.complete,
      };
    });
}

function directoriesBelow(node: TreeNode): TreeNode[] {
  return node.type === 'directory' ? [node, ...node.children.flatMap(directoriesBelow)] : [];
}
