/** LVM's thin pools: every filesystem on one may look free while the pool has nothing left. */
import type { ByteString } from '../../model/byte-string.ts';
import type { Filesystem } from '../../model/filesystem.ts';
import type { Proposal } from '../../model/finding.ts';
import { readThinPools } from '../../system/disks/thin-pools.ts';
import type { ThinPool } from '../../system/disks/thin-pools.ts';
import type { Rule } from './rule.ts';

const FULL_SHARE = 0.95;

export const thinPoolFull: Rule = {
  name: 'thin-pool-full',
  find: ({ filesystems }) => {
    const mapped = filesystems.filter(({ device }) => /^\/dev\/(?:mapper\/|dm-)/u.test(device));
    if (mapped.length === 0) return [];
    const full = readThinPools().filter(
      ({ usedShare, metadataUsedShare, state }) =>
        state !== 'ok' || usedShare >= FULL_SHARE || metadataUsedShare >= FULL_SHARE,
    );
    return mapped.flatMap((filesystem) =>
      full.filter((pool) => isOnPool(filesystem, pool)).map((pool) => proposalOf(filesystem, pool)),
    );
  },
};

/** LVM names both after their volume group: "vg0-data" on "vg0-pool0-tpool"; a dash in a name is doubled. */
function isOnPool({ device }: Filesystem, { name }: ThinPool): boolean {
  const own = groupOf(device.slice(device.lastIndexOf('/') + 1));
  return own !== undefined && own === groupOf(name);
}

function groupOf(volume: string): string | undefined {
  return /^((?:[^-]|--)+)-(?!-)/u.exec(volume)?.[1];
}

function proposalOf({ mountPoint, availableBytes }: Filesystem, pool: ThinPool): Proposal {
  const { name, ...state } = pool;
  return {
    rule: 'thin-pool-full',
    pool: name,
    ...state,
    mountPoint,
    availableBytes,
    diskBytes: 0,
    claimedBytes: 0,
    freeableBytes: 0,
    paths: [mountPoint],
    actions: [
      {
        kind: 'owner-command',
        owner: 'lvm',
        argv: ['fstrim', '-v', mountPoint] as ByteString[],
        actsOn: 'path',
        hasBlanks: false,
        // It goes back to the pool, not to the filesystem.
        frees: { bytes: 0, certainty: 'exact' },
        loses: 'nothing',
        risk: 'review',
        needs: { root: true },
      },
    ],
    risk: 'review',
    urgent: true,
  };
}
