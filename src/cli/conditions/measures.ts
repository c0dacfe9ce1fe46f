/** The values that conditions are about, from what was looked at. */
import { toText } from '../../model/byte-string.ts';
import type { ExplainReport } from '../../model/explain-report.ts';
import type { Filesystem } from '../../model/filesystem.ts';
import { restOf } from '../../model/ledger.ts';
import type { Subject } from './condition.ts';
import type { Fullness } from './fullness.ts';

/** One value of a subject. */
export interface Measure {
  readonly subject: Subject;
  /** Whose: a mount point, or what a finding is and where. */
  readonly of: string;
  /** In the unit of the subject's conditions; undefined where it could not be told. */
  readonly value: number | undefined;
  /** Why it could not be told. */
  readonly unknown?: string;
}

export function fullnessMeasures(filesystems: readonly Fullness[]): Measure[] {
  return filesystems.flatMap(({ mountPoint, usage, bytesPerSecond }): Measure[] => {
    const of = toText(mountPoint);
    const unknown = 'the filesystem does not tell how full it is';
    if (!usage)
      return (['used', 'inodes', 'full', 'growth'] as const).map((subject) => ({
        subject,
        of,
        value: undefined,
        unknown,
      }));
    const { usedBytes, availableBytes, inodes, inodesUsed } = usage;
    const seconds =
      bytesPerSecond === undefined || bytesPerSecond === 0 ? Infinity : availableBytes / bytesPerSecond;
    return [
      { subject: 'used', of, value: share(usedBytes, usedBytes + availableBytes) },
      // Some filesystems make inodes as they need them.
      { subject: 'inodes', of, value: share(inodesUsed, inodes) },
      { subject: 'full', of, value: availableBytes === 0 ? 0 : seconds },
      { subject: 'growth', of, value: bytesPerSecond },
    ];
  });
}

export function reportMeasures({ filesystems, findings }: ExplainReport): Measure[] {
  return [
    ...filesystems.map(unexplained),
    ...findings
      .filter(({ claimedBytes }) => claimedBytes > 0)
      .map(({ rule, paths, claimedBytes }): Measure => {
        const where = paths.length === 0 ? '' : ` in ${toText(paths[0])}`;
        return { subject: 'finding', of: `${rule.replaceAll('-', ' ')}${where}`, value: claimedBytes };
      }),
  ];
}

function unexplained({ mountPoint, ledger, usedBytes }: Filesystem): Measure {
  const measure = { subject: 'unexplained', of: toText(mountPoint) } as const;
  if (ledger.scope !== 'filesystem')
    return { ...measure, value: undefined, unknown: 'only a part of it was walked; --filesystem walks all' };
  return ledger.accounts.some(({ account }) => account === 'unseen')
    ? { ...measure, value: undefined, unknown: 'not all of it was looked at' }
    : { ...measure, value: share(Math.max(0, restOf(ledger)), usedBytes) };
}

function share(part: number, whole: number): number {
  return whole > 0 ? (part / whole) * 100 : 0;
}
