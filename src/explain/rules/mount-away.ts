/** A backup target or data disk that is not mounted now, though fstab or a unit names it: its bytes lie on the disk below. */
import { fromText } from '../../model/byte-string.ts';
import type { Proposal } from '../../model/finding.ts';
import { mountOf } from '../../system/mounts/mounts.ts';
import { plannedMounts } from '../../system/services/planned-mounts.ts';
import type { PlannedMount } from '../../system/services/planned-mounts.ts';
import type { Facts } from '../facts.ts';
import type { Claims } from '../claims/claims.ts';
import { looking } from '../claims/looking.ts';
import type { Rule } from '../claims/rule.ts';

export const mountAway: Rule = {
  name: 'mount-away',
  find: (facts, claims) =>
    plannedMounts().flatMap((planned) => {
      const directory = facts.scan.tree.find(planned.mountPoint);
      if (directory === undefined || facts.scan.tree.isFileRoot(directory)) return [];
      const mount = mountOf(facts.mounts, planned.mountPoint);
      // Mounted already, by whatever name; or so little that only somebody's placeholder lies there.
      if (mount === undefined || mount.mountPoint === planned.mountPoint) return [];
      if (claims.unclaimedBytes(directory) < facts.worthBytes) return [];
      return [proposalOf(planned, directory, mount.source, facts, claims)];
    }),
};

function proposalOf(
  { mountPoint, source, type, writtenIn }: PlannedMount,
  directory: number,
  onDevice: PlannedMount['source'],
  { scan: { tree } }: Facts,
  claims: Claims,
): Proposal {
  const { entries, newest } = tree.columns;
  return {
    rule: 'mount-away',
    mountPoint,
    source,
    type,
    writtenIn,
    onDevice,
    entries: entries[directory] - 1,
    changedAt: newest[directory],
    ...claims.directory(directory),
    // Moved to where it belongs, all of it comes back; by itself nothing does.
    freeableBytes: 0,
    paths: [mountPoint],
    actions: [looking('findmnt', '--fstab', mountPoint), looking('ls', '-la', mountPoint)].slice(
      writtenIn === fromText('/etc/fstab') ? 0 : 1,
    ),
    risk: 'review',
  };
}
