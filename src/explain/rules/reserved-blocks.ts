/** Why "no space left on device" comes before the disk is full: ext2, ext3 and ext4 keep a share for root. */
import type { Filesystem } from '../../model/filesystem.ts';
import type { Finding } from '../../model/finding.ts';
import { sizeText } from '../../model/size.ts';
import { kernelReserveBytes } from '../../system/filesystems/ext4-reserve.ts';
import { mountOf } from '../../system/mounts/mounts.ts';
import type { Rule } from './rule.ts';
import { quoted, shellWord } from './wording.ts';

export const reservedBlocks: Rule = {
  name: 'reserved-blocks',
  find: ({ filesystems, mounts }) =>
    filesystems
      .filter(({ type }) => /^ext[234]$/u.test(type))
      .flatMap((filesystem) => {
        const mount = mountOf(mounts, filesystem.mountPoint);
        const rootBytes = filesystem.reservedBytes - (mount === undefined ? 0 : kernelReserveBytes(mount));
        return matters(filesystem, rootBytes) ? findingOf(filesystem, rootBytes) : [];
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

function findingOf(filesystem: Filesystem, rootBytes: number): Finding {
  const { device, mountPoint, availableBytes, totalBytes } = filesystem;
  const gained = Math.floor(rootBytes - totalBytes * ENOUGH_SHARE);
  const share = ((100 * rootBytes) / totalBytes).toFixed(1);
  return {
    rule: 'reserved-blocks',
    title: 'reserved for root',
    diskBytes: 0,
    claimedBytes: 0,
    freeableBytes: 0,
    paths: [mountPoint],
    evidence: [
      `${sizeText(rootBytes)} (${share} %) of ${quoted(device)} are free, but only root may write them`,
      availableBytes === 0
        ? 'everybody else gets "No space left on device" already'
        : `everybody else gets "No space left on device" after ${sizeText(availableBytes)} more`,
    ],
    remedy:
      gained > 0
        ? {
            text: `keep 1 % for root, which gives about ${sizeText(gained)} to everybody at once; on the system's own disk free space as well, or root has no room either`,
            command: device.startsWith('/dev/') ? `tune2fs -m 1 ${shellWord(device)}` : undefined,
          }
        : { text: 'the reserve is small already: free space by the other findings', command: undefined },
    risk: 'review',
    ...(availableBytes === 0 ? { urgent: true } : {}),
  };
}
