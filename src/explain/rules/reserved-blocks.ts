/** Why "no space left on device" comes before the disk is full: ext2, ext3 and ext4 keep a share for root. */
import type { Filesystem } from '../../model/filesystem.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Proposal } from '../../model/finding.ts';
import { kernelReserveBytes } from '../../system/filesystems/ext4-reserve.ts';
import { mountOf } from '../../system/mounts/mounts.ts';
import type { Rule } from './rule.ts';

export const reservedBlocks: Rule = {
  name: 'reserved-blocks',
  find: ({ filesystems, mounts }) =>
    filesystems
      .filter(({ type }) => /^ext[234]$/u.test(type))
      .flatMap((filesystem) => {
        const mount = mountOf(mounts, filesystem.mountPoint);
        const rootBytes = filesystem.reservedBytes - (mount === undefined ? 0 : kernelReserveBytes(mount));
        return matters(filesystem, rootBytes) ? proposalOf(filesystem, rootBytes) : [];
      }),
};

/** mke2fs(8) reserves 5 % unless told otherwise; this much is enough for root to clean up. */
const ENOUGH_SHARE = 0.01;
const FULL_SHARE = 0.9;

/** @param rootBytes free, and only root may write them. */
function matters({ usedBytes, availableBytes, totalBytes }: Filesystem, rootBytes: number): boolean {
  if (rootBytes <= 0) return false;
  if (availableBytes === 0) return true;
  const fullness = usedBytes / (usedBytes + availableBytes);
  return fullness >= FULL_SHARE && rootBytes >= totalBytes * ENOUGH_SHARE;
}

function proposalOf(filesystem: Filesystem, rootBytes: number): Proposal {
  const { device, mountPoint, availableBytes, totalBytes } = filesystem;
  const gainedBytes = Math.max(0, Math.floor(rootBytes - totalBytes * ENOUGH_SHARE));
  return {
    rule: 'reserved-blocks',
    device,
    reservedBytes: rootBytes,
    totalBytes,
    availableBytes,
    gainedBytes,
    diskBytes: 0,
    claimedBytes: 0,
    freeableBytes: 0,
    paths: [mountPoint],
    actions:
      gainedBytes > 0 && device.startsWith('/dev/')
        ? [
            {
              kind: 'grow',
              argv: ['tune2fs', '-m', '1', device] as ByteString[],
              // Available to everybody, not less used.
              frees: { bytes: 0, certainty: 'exact' },
              loses: 'nothing',
              risk: 'review',
              needs: { root: true },
            },
          ]
        : [],
    risk: 'review',
    ...(availableBytes === 0 ? { urgent: true } : {}),
  };
}
