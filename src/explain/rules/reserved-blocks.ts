/** Why "no space left on device" comes before the disk is full: ext2, ext3 and ext4 keep a share for root. */
import type { Filesystem } from '../../model/filesystem.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Proposal } from '../../model/finding.ts';
import type { Rule } from '../claims/rule.ts';

export const reservedBlocks: Rule = {
  name: 'reserved-blocks',
  find: ({ filesystems }) =>
    filesystems
      .filter(({ type }) => /^ext[234]$/u.test(type))
      .filter(matters)
      .map(proposalOf),
};

/** mke2fs(8) reserves 5 % unless told otherwise; this much is enough for root to clean up. */
const ENOUGH_SHARE = 0.01;
const FULL_SHARE = 0.9;
/** Of the whole: so much was never meant to be kept, and with so little left it is what stops everybody. */
const LARGE_RESERVE_SHARE = 0.1;
const LITTLE_LEFT_SHARE = 0.02;

function matters({ usedBytes, availableBytes, totalBytes, reservedBytes }: Filesystem): boolean {
  if (reservedBytes <= 0) return false;
  if (availableBytes === 0) return true;
  const fullness = usedBytes / (usedBytes + availableBytes);
  return fullness >= FULL_SHARE && reservedBytes >= totalBytes * ENOUGH_SHARE;
}

function keepsOut({ availableBytes, totalBytes, reservedBytes }: Filesystem): boolean {
  if (availableBytes === 0) return true;
  return reservedBytes >= totalBytes * LARGE_RESERVE_SHARE && availableBytes < totalBytes * LITTLE_LEFT_SHARE;
}

function proposalOf(filesystem: Filesystem): Proposal {
  const { device, mountPoint, availableBytes, totalBytes, reservedBytes } = filesystem;
  const gainedBytes = Math.max(0, Math.floor(reservedBytes - totalBytes * ENOUGH_SHARE));
  return {
    rule: 'reserved-blocks',
    device,
    reservedBytes,
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
    ...(keepsOut(filesystem) ? { urgent: true } : {}),
  };
}
