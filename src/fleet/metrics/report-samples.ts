/** A report as samples: labels are mount points, rules and classes, of which there are few, never paths unless asked for. */
import { toText } from '../../model/byte-string.ts';
import type { ExplainReport } from '../../model/explain-report.ts';
import type { Filesystem, Usage } from '../../model/filesystem.ts';
import type { Finding } from '../../model/finding.ts';
import { classOf, mountPointAbove } from '../facts/facts.ts';
import type { Sample } from './exposition.ts';

type Labels = Sample['labels'];

/** @param pathLabels how many of the largest findings are told with their paths. */
export function reportSamples(report: ExplainReport, pathLabels: number): Sample[] {
  const { scan, filesystems, findings, freeable, generatedAt } = report;
  return [
    ...filesystems.flatMap(ledgerSamples),
    ...treeSamples(report),
    ...causeSamples(findings, filesystems),
    ...pathSamples(findings, filesystems, pathLabels),
    { metric: 'diskwhy_freeable_bytes', labels: { risk: 'safe' }, value: freeable.safeBytes },
    { metric: 'diskwhy_freeable_bytes', labels: { risk: 'review' }, value: freeable.reviewBytes },
    { metric: 'diskwhy_scan_duration_seconds', labels: {}, value: scan.seconds },
    { metric: 'diskwhy_scan_timestamp_seconds', labels: {}, value: generatedAt + scan.seconds },
  ];
}

/**
 * What is known of a tree that was written down: what needs the machine itself is absent, as absent is no zero.
 * @param writtenAt seconds since 1970, where it is known.
 */
export function recordedSamples(report: ExplainReport, writtenAt: number | undefined): Sample[] {
  const time: Sample[] =
    writtenAt === undefined
      ? []
      : [{ metric: 'diskwhy_scan_timestamp_seconds', labels: {}, value: writtenAt }];
  return [...treeSamples(report), ...time];
}

function treeSamples({ roots, scan, complete }: ExplainReport): Sample[] {
  return [
    ...roots.flatMap(({ path, totals }): Sample[] => [
      { metric: 'diskwhy_path_bytes', labels: { path: toText(path) }, value: totals.diskBytes },
      { metric: 'diskwhy_path_entries', labels: { path: toText(path) }, value: totals.entries },
    ]),
    { metric: 'diskwhy_scan_complete', labels: {}, value: Number(complete) },
    { metric: 'diskwhy_problems', labels: {}, value: scan.problems.count },
  ];
}

/** How full a filesystem is. */
export function usageSamples(
  { mountPoint, device, type }: Pick<Filesystem, 'mountPoint' | 'device' | 'type'>,
  usage: Usage,
): Sample[] {
  const labels = { mountpoint: toText(mountPoint), device: toText(device), fstype: type };
  return [
    { metric: 'diskwhy_filesystem_size_bytes', labels, value: usage.totalBytes },
    { metric: 'diskwhy_filesystem_used_bytes', labels, value: usage.usedBytes },
    { metric: 'diskwhy_filesystem_available_bytes', labels, value: usage.availableBytes },
    { metric: 'diskwhy_filesystem_reserved_bytes', labels, value: usage.reservedBytes },
    { metric: 'diskwhy_filesystem_inodes', labels, value: usage.inodes },
    { metric: 'diskwhy_filesystem_inodes_used', labels, value: usage.inodesUsed },
  ];
}

function ledgerSamples({ mountPoint, ledger }: Filesystem): Sample[] {
  return ledger.accounts.flatMap(({ account, bytes, complete }): Sample[] => {
    const labels = { mountpoint: toText(mountPoint), account };
    // What nobody could see is no zero.
    const seen: Sample[] =
      bytes === undefined ? [] : [{ metric: 'diskwhy_ledger_bytes', labels, value: bytes }];
    return [...seen, { metric: 'diskwhy_ledger_complete', labels, value: Number(complete) }];
  });
}

function causeSamples(findings: readonly Finding[], filesystems: readonly Filesystem[]): Sample[] {
  const causes = new Map<string, { readonly labels: Labels; count: number; bytes: number; free: number }>();
  for (const finding of findings) {
    const labels = causeLabels(finding, filesystems);
    const key = Object.values(labels).join('\0');
    const cause = causes.get(key) ?? { labels, count: 0, bytes: 0, free: 0 };
    cause.count++;
    cause.bytes += finding.claimedBytes;
    cause.free += finding.freeableBytes;
    causes.set(key, cause);
  }
  return [...causes.values()].flatMap(({ labels, count, bytes, free }): Sample[] => [
    { metric: 'diskwhy_findings', labels, value: count },
    { metric: 'diskwhy_finding_bytes', labels, value: bytes },
    { metric: 'diskwhy_finding_freeable_bytes', labels, value: free },
  ]);
}

function causeLabels(finding: Finding, filesystems: readonly Filesystem[]): Labels {
  const mountPoint = mountPointAbove(finding.paths.at(0), filesystems);
  const mountpoint = mountPoint === undefined ? '' : toText(mountPoint);
  return { mountpoint, rule: finding.rule, class: classOf(finding) };
}

/** Two of one cause in one place are one series. */
function pathSamples(
  findings: readonly Finding[],
  filesystems: readonly Filesystem[],
  most: number,
): Sample[] {
  const sums = new Map<string, { readonly labels: Labels; bytes: number }>();
  for (const finding of findings) {
    const [first] = finding.paths;
    if (first === undefined || finding.claimedBytes === 0) continue;
    const labels = { ...causeLabels(finding, filesystems), path: toText(first) };
    const key = Object.values(labels).join('\0');
    const known = sums.get(key);
    if (known) known.bytes += finding.claimedBytes;
    else if (sums.size < most) sums.set(key, { labels, bytes: finding.claimedBytes });
  }
  return [...sums.values()].map(({ labels, bytes }) => ({
    metric: 'diskwhy_finding_path_bytes',
    labels,
    value: bytes,
  }));
}
