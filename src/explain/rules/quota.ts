/** Quotas: "no space" for one user, group or project only. */
import { fromText } from '../../model/byte-string.ts';
import type { Filesystem } from '../../model/filesystem.ts';
import type { Proposal } from '../../model/finding.ts';
import { isNearLimit, limitsOf } from '../../model/quota.ts';
import type { Quota, QuotaLimit } from '../../model/quota.ts';
import { readQuotas } from '../../system/filesystems/quotas.ts';
import { ownerName } from '../../system/machine/owner-names.ts';
import type { Facts } from '../facts.ts';
import { looking } from '../claims/looking.ts';
import type { Rule } from '../claims/rule.ts';

export const quota: Rule = {
  name: 'quota',
  find: (facts) =>
    facts.filesystems
      .filter(({ device }) => device.startsWith('/dev/'))
      .flatMap((filesystem) => {
        const owners = readQuotas(filesystem.device)
          .flatMap((one) => limitsReached(one, facts))
          .toSorted((a, b) => b.used / b.limit - a.used / a.limit);
        return owners.length === 0 ? [] : [proposalOf(filesystem, owners)];
      }),
};

/** Those of an owner that are nearly used up. */
function limitsReached(one: Quota, { nowSeconds }: Facts): QuotaLimit[] {
  return limitsOf(one, ownerName(one.kind, one.id), nowSeconds).filter(isNearLimit);
}

function proposalOf(
  { mountPoint, device, type, availableBytes }: Filesystem,
  owners: readonly QuotaLimit[],
): Proposal {
  const [{ kind, id, name }] = owners;
  const option = { user: '-u', group: '-g', project: '-P' }[kind];
  return {
    rule: 'quota',
    mountPoint,
    device,
    type,
    availableBytes,
    owners,
    diskBytes: 0,
    claimedBytes: 0,
    freeableBytes: 0,
    paths: [mountPoint],
    actions: [looking('quota', '-s', option, name ?? fromText(String(id)))],
    risk: 'review',
    urgent: true,
  };
}
