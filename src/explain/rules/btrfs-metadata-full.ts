/** btrfs's second way of being full: every chunk is dealt out, and those of metadata have no room. */
import type { Filesystem } from '../../model/filesystem.ts';
import type { Proposal } from '../../model/finding.ts';
import { readBtrfsSpace } from '../../system/filesystems/btrfs-space.ts';
import type { BtrfsChunks } from '../../system/filesystems/btrfs-space.ts';
import type { Rule } from '../claims/rule.ts';
import { systemCommand } from './system-command.ts';

export const btrfsMetadataFull: Rule = {
  name: 'btrfs-metadata-full',
  find: ({ filesystems }) =>
    filesystems
      .filter(({ type }) => type === 'btrfs')
      .flatMap((filesystem) => {
        const chunks = readBtrfsSpace(filesystem.mountPoint)?.chunks;
        return chunks !== undefined && isFull(chunks) ? [proposalOf(filesystem, chunks)] : [];
      }),
};

/** Writing fails before the last byte: btrfs keeps room for what a transaction may need at the worst. */
const FULL_SHARE = 0.85;
/** Less than this makes no new chunk of metadata (256 MiB, on small filesystems a tenth of them). */
const SMALL_CHUNK_BYTES = 64 * 2 ** 20;
const ROOM_SHARE = 0.1;

function isFull(chunks: BtrfsChunks): chunks is BtrfsChunks & { readonly unallocatedBytes: number } {
  const { metadataTotalBytes, metadataUsedBytes, dataTotalBytes, dataUsedBytes, unallocatedBytes } = chunks;
  if (unallocatedBytes === undefined || metadataTotalBytes === 0) return false;
  return (
    metadataUsedBytes >= metadataTotalBytes * FULL_SHARE &&
    unallocatedBytes < Math.min(SMALL_CHUNK_BYTES, (metadataTotalBytes + dataTotalBytes) * ROOM_SHARE) &&
    // Where data is full as well, the disk is simply full.
    dataTotalBytes - dataUsedBytes >= dataTotalBytes * ROOM_SHARE
  );
}

function proposalOf(
  { mountPoint }: Filesystem,
  chunks: BtrfsChunks & { readonly unallocatedBytes: number },
): Proposal {
  return {
    rule: 'btrfs-metadata-full',
    mountPoint,
    ...chunks,
    diskBytes: 0,
    claimedBytes: 0,
    freeableBytes: 0,
    paths: [mountPoint],
    actions: [
      // Chunks change hands, no byte of a file goes.
      systemCommand('btrfs', 'btrfs', 'balance', 'start', '-dusage=5', mountPoint),
    ],
    risk: 'review',
    urgent: true,
  };
}
