/** How full filesystems are. */
import { statfsSync } from 'node:fs';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Usage } from '../../model/filesystem.ts';
import { isUnanswered } from '../calls/unanswered-places.ts';

/** Fullness of the filesystem that holds `path` (statfs(2)), as df counts it; throws as node:fs does, and where it would be waited for. */
export function readUsage(path: ByteString): Usage {
  if (isUnanswered(path)) throw Object.assign(new Error('does not answer'), { code: 'ETIMEDOUT' });
  const { bsize, blocks, bfree, bavail, files, ffree } = statfsSync(toBuffer(path));
  return {
    totalBytes: blocks * bsize,
    usedBytes: (blocks - bfree) * bsize,
    availableBytes: bavail * bsize,
    reservedBytes: Math.max(0, bfree - bavail) * bsize,
    inodes: files,
    inodesUsed: Math.max(0, files - ffree),
  };
}
