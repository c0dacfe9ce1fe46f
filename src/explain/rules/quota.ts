/** Quotas: "no space" for one user, group or project only. */
import { fromText } from '../../model/byte-string.ts';
import type { Filesystem } from '../../model/filesystem.ts';
import type { QuotaFacts } from '../../model/findings/quota.ts';
import type { Proposal } from '../../model/finding.ts';
import { readQuotas } from '../../system/filesystems/quotas.ts';
import type { Quota } from '../../system/filesystems/quotas.ts';
import type { Facts } from '../facts.ts';
import { looking } from './looking.ts';
import type { Rule } from './rule.ts';

/** So near to the limit that the next file may be refused. */
const NEAR = 0.97;

export const quota: Rule = {
  name: 'quota',
  find: (facts) =>
    facts.filesystems
      .filter(({ device }) => device.startsWith('/dev/'))
      .flatMap((filesystem) => {
        const owners = readQuotas(filesystem.device)
          .flatMap((one) => limitReached(one, facts))
          .toSorted((a, b) => b.used / b.limit - a.used / a.limit);
        return owners.length === 0 ? [] : [proposalOf(filesystem, owners)];
      }),
};

type Owner = QuotaFacts['owners'][number];

function limitReached(one: Quota, { accounts }: Facts): Owner[] {
  const { kind, id } = one;
  const name = kind === 'user' ? accounts.find(({ uid }) => uid === id)?.name : undefined;
  const bytes = { used: one.usedBytes, limit: one.hardBytes || one.softBytes };
  const inodes = { used: one.usedInodes, limit: one.hardInodes || one.softInodes };
  return [
    ...(isNear(bytes) ? [{ kind, id, name, of: 'bytes', ...bytes } as const] : []),
    ...(isNear(inodes) ? [{ kind, id, name, of: 'inodes', ...inodes } as const] : []),
  ];
}

function isNear({ used, limit }: { readonly used: number; readonly limit: number }): boolean {
  return limit > 0 && used >= limit * NEAR;
}

function proposalOf({ mountPoint, device, availableBytes }: Filesystem, owners: readonly Owner[]): Proposal {
  const [{ kind, id, name }] = owners;
  const option = { user: '-u', group: '-g', project: '-P' }[kind];
  return {
    rule: 'quota',
    mountPoint,
    device,
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
