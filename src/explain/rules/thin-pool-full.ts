/** Thin pools: every filesystem on one may look free while the pool has nothing left. */
import type { Action } from '../../model/action.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Filesystem } from '../../model/filesystem.ts';
import type { Proposal } from '../../model/finding.ts';
import { FULL_POOL_SHARE } from '../../model/findings/thin-pool-full.ts';
import { poolLevelOf } from '../../model/thin-pool.ts';
import type { ThinPool } from '../../model/thin-pool.ts';
import { blockDevice } from '../../system/disks/block-device.ts';
import { mappedDevicesUnder } from '../../system/disks/mapped-devices.ts';
import { poolVolume, readThinPools } from '../../system/disks/thin-pools.ts';
import type { PoolVolume } from '../../system/disks/thin-pools.ts';
import { looking } from '../claims/looking.ts';
import type { Rule } from '../claims/rule.ts';
import { systemCommand } from './system-command.ts';

const MIB = 2 ** 20;

export const thinPoolFull: Rule = {
  name: 'thin-pool-full',
  find: ({ filesystems, allMounts }) => {
    const stacked = filesystems.flatMap((filesystem) => {
      const mount = allMounts.find(({ mountPoint }) => mountPoint === filesystem.mountPoint);
      const number = mount && blockDevice(mount);
      const devices = number === undefined ? [] : mappedDevicesUnder(number);
      return devices.length === 0 ? [] : [{ filesystem, devices }];
    });
    if (stacked.length === 0) return [];
    const full = readThinPools().filter((pool) => poolLevelOf(pool) !== 'ok');
    return stacked.flatMap(({ filesystem, devices }) =>
      full.flatMap((pool) => {
        const device = devices.find(({ name }) => name === pool.name);
        return device ? [proposalOf(filesystem, pool, poolVolume(device.name, device.uuid))] : [];
      }),
    );
  },
};

function proposalOf(
  { mountPoint, availableBytes }: Filesystem,
  pool: ThinPool,
  volume: PoolVolume | undefined,
): Proposal {
  const { name, ...state } = pool;
  return {
    rule: 'thin-pool-full',
    pool: name,
    ...state,
    groupFreeBytes: volume?.groupFreeBytes,
    mountPoint,
    availableBytes,
    diskBytes: 0,
    claimedBytes: 0,
    freeableBytes: 0,
    paths: [mountPoint],
    actions: [
      ...(volume ? enlargements(pool, volume) : []),
      // It goes back to the pool. One that takes no writes keeps what is trimmed, though fstrim(8) says that it went.
      ...(isWritable(pool) ? [systemCommand('lvm', 'fstrim', '-v', mountPoint)] : []),
      ...(volume ? [looking('lvs', '-a', '-o', '+metadata_percent', volume.group)] : []),
    ],
    risk: 'review',
    urgent: true,
  };
}

function isWritable({ state }: ThinPool): boolean {
  return state === 'ok' || state === 'out-of-space';
}

/** Twice as large, or as large as its group allows: the metadata first, without room there nothing else can be done. */
function enlargements(pool: ThinPool, { name, groupFreeBytes = 0 }: PoolVolume): Action[] {
  const { usedShare, metadataUsedShare, totalBytes, metadataBytes, state } = pool;
  if (state === 'failed') return [];
  // LVM keeps a spare of the metadata's size, which grows with it.
  const more =
    metadataUsedShare >= FULL_POOL_SHARE
      ? { option: '--poolmetadatasize', bytes: Math.min(metadataBytes, groupFreeBytes / 2) }
      : { option: '-L', bytes: Math.min(totalBytes, groupFreeBytes) };
  const isFull = metadataUsedShare >= FULL_POOL_SHARE || usedShare >= FULL_POOL_SHARE;
  const mebibytes = Math.floor(more.bytes / MIB);
  if (!isFull || mebibytes === 0) return [];
  return [
    {
      kind: 'grow',
      argv: ['lvextend', more.option, `+${mebibytes}M`, name] as ByteString[],
      frees: { bytes: 0, certainty: 'exact' },
      loses: 'nothing',
      risk: 'review',
      needs: { root: true },
    },
  ];
}
