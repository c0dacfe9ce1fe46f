/** Why "no space left on device" comes before the disk is full: ext2, ext3 and ext4 keep a share for root. */
import type { Filesystem } from '../../model/filesystem.ts';
import type { Finding } from '../../model/finding.ts';
import type { Rule } from './rule.ts';
import { quoted, shellWord, sizeText } from './wording.ts';

export const reservedBlocks: Rule = {
  name: 'reserved-blocks',
  find: ({ filesystems }) => filesystems.filter(matters).map(findingOf),
};

/** mke2fs(8) reserves 5 % unless told otherwise; this much is enough for root to clean up. */
const ENOUGH_SHARE = 0.01;
const FULL_SHARE = 0.9;

function matters({ type, usedBytes, availableBytes, reservedBytes, totalBytes }: Filesystem): boolean {
  if (!/^ext[234]$/u.test(type) || reservedBytes === 0) return false;
  if (availableBytes === 0) return true;
  const fullness = usedBytes / (usedBytes + availableBytes);
  return fullness >= FULL_SHARE && reservedBytes >= totalBytes * ENOUGH_SHARE;
}

function findingOf({ device, mountPoint, availableBytes, reservedBytes, totalBytes }: Filesystem): Finding {
  const enough = totalBytes * ENOUGH_SHARE;
  const gained = Math.max(0, Math.floor(reservedBytes - enough));
  const share = ((100 * reservedBytes) / totalBytes).toFixed(1);
  return {
    rule: 'reserved-blocks',
    title: 'reserved for root',
    diskBytes: 0,
    claimedBytes: 0,
    freeableBytes: 0,
    paths: [mountPoint],
    evidence: [
      `${sizeText(reservedBytes)} (${share} %) of ${quoted(device)} are free, but only root may write them`,
      availableBytes === 0
        ? 'everybody else gets "No space left on device" already'
        : `everybody else gets "No space left on device" after ${sizeText(availableBytes)} more`,
    ],
    remedy:
      gained > 0
        ? {
            text: `keep 1 % for root: gives ${sizeText(gained)} to everybody, while it is mounted`,
            command: device.startsWith('/dev/') ? `tune2fs -m 1 ${shellWord(device)}` : undefined,
          }
        : { text: 'the reserve is small already: free space by the other findings', command: undefined },
    risk: 'review',
    ...(availableBytes === 0 ? { urgent: true } : {}),
  };
}
