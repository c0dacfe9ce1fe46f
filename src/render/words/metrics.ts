/** The names of the metrics, with what Prometheus shows of each. Base units, `_total` for what only counts up (prometheus.io/docs/practices/naming). */

interface MetricWords {
  readonly help: string;
  readonly kind: 'gauge' | 'counter';
  readonly labels: readonly string[];
}

const disk = ['mountpoint', 'device', 'fstype'] as const;
const cause = ['mountpoint', 'rule', 'class'] as const;

export const metricTable = {
  diskwhy_build_info: {
    help: 'Always 1; the version that wrote this.',
    kind: 'gauge',
    labels: ['version'],
  },
  diskwhy_filesystem_size_bytes: { help: 'Size of the filesystem.', kind: 'gauge', labels: disk },
  diskwhy_filesystem_used_bytes: {
    help: 'Used, as df counts it: without the reserve.',
    kind: 'gauge',
    labels: disk,
  },
  diskwhy_filesystem_available_bytes: {
    help: 'What an ordinary user may still write.',
    kind: 'gauge',
    labels: disk,
  },
  diskwhy_filesystem_reserved_bytes: { help: 'Free, but for root only.', kind: 'gauge', labels: disk },
  diskwhy_filesystem_inodes: {
    help: 'Inodes there are; 0 where they are made as they are needed.',
    kind: 'gauge',
    labels: disk,
  },
  diskwhy_filesystem_inodes_used: { help: 'Inodes in use.', kind: 'gauge', labels: disk },
  diskwhy_fill_bytes_per_second: {
    help: 'How fast space goes, negative where it comes back; absent until it is measured.',
    kind: 'gauge',
    labels: ['mountpoint'],
  },
  diskwhy_fill_seconds: {
    help: 'Until nothing is available, at the soonest; +Inf where it is not filling, absent until it is measured.',
    kind: 'gauge',
    labels: ['mountpoint'],
  },
  diskwhy_inodes_fill_seconds: {
    help: 'Until no inode is free, at the soonest; +Inf where they are not used up, absent until it is measured.',
    kind: 'gauge',
    labels: ['mountpoint'],
  },
  diskwhy_ledger_bytes: {
    help: 'What the filesystem used when it was scanned, by accounts that add up to it.',
    kind: 'gauge',
    labels: ['mountpoint', 'account'],
  },
  diskwhy_ledger_complete: {
    help: '1 where nothing was hidden from the account, else there may be more.',
    kind: 'gauge',
    labels: ['mountpoint', 'account'],
  },
  diskwhy_path_bytes: { help: 'On disk below a path that was named.', kind: 'gauge', labels: ['path'] },
  diskwhy_path_entries: {
    help: 'Inodes below a path that was named.',
    kind: 'gauge',
    labels: ['path'],
  },
  diskwhy_findings: { help: 'Findings of a cause.', kind: 'gauge', labels: cause },
  diskwhy_finding_bytes: {
    help: 'Explained by a cause; no byte is in two.',
    kind: 'gauge',
    labels: cause,
  },
  diskwhy_finding_freeable_bytes: {
    help: 'What comes back if the first remedy of each is followed.',
    kind: 'gauge',
    labels: cause,
  },
  diskwhy_finding_path_bytes: {
    help: 'The largest findings, with where they are; only with --path-labels.',
    kind: 'gauge',
    labels: [...cause, 'path'],
  },
  diskwhy_freeable_bytes: {
    help: 'What all findings give back together, by what has to come before.',
    kind: 'gauge',
    labels: ['risk'],
  },
  diskwhy_scan_duration_seconds: { help: 'How long the last scan took.', kind: 'gauge', labels: [] },
  diskwhy_scan_timestamp_seconds: { help: 'When the last scan ended.', kind: 'gauge', labels: [] },
  diskwhy_scan_complete: {
    help: '1 where the last scan could read everything.',
    kind: 'gauge',
    labels: [],
  },
  diskwhy_problems: { help: 'Paths that the last scan could not read.', kind: 'gauge', labels: [] },
  diskwhy_watch_alarms: {
    help: 'What grows faster than was asked for now, by what its lines say.',
    kind: 'gauge',
    labels: ['verdict'],
  },
  diskwhy_watch_alarm_bytes_per_second: {
    help: 'How fast that grows together.',
    kind: 'gauge',
    labels: ['verdict'],
  },
  diskwhy_watch_timestamp_seconds: {
    help: 'When the watch looked last.',
    kind: 'gauge',
    labels: [],
  },
  diskwhy_watch_alarms_total: {
    help: 'Alarms since the watch began, by what the lines of the log say.',
    kind: 'counter',
    labels: ['verdict'],
  },
  diskwhy_scans_total: { help: 'Scans that ended.', kind: 'counter', labels: [] },
  diskwhy_scan_failures_total: {
    help: 'Scans that could not be done; what is told is then of the last that could.',
    kind: 'counter',
    labels: [],
  },
} as const satisfies Record<string, MetricWords>;

export type MetricName = keyof typeof metricTable;
