/** How full filesystems are. */
import { statfsSync } from 'node:fs';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Usage } from '../../model/filesystem.ts';

/** Fullness of the filesystem that holds `path` (statfs(2)), as df counts it; throws as node:fs does. */
export function readUsage(path: ByteString): Usage {
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
