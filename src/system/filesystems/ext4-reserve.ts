/** The blocks ext4 keeps for itself, so that it can always finish what it promised: nobody may write them, not even root. */
import { readFileSync, realpathSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { toBuffer } from '../../model/byte-string.ts';
import type { Mount } from '../../model/mount.ts';

/**
 * By /sys/fs/ext4/DEVICE/reserved_clusters (Documentation/ABI/testing/sysfs-fs-ext4); 0 where it cannot be read, and
 * for ext2 and ext3. They are free in statfs(2), and not available, as root's own reserve is.
 */
export function kernelReserveBytes({ device, mountPoint }: Mount): number {
  try {
    const name = path.basename(realpathSync(`/sys/dev/block/${device}`));
    const clusters = Number(readFileSync(`/sys/fs/ext4/${name}/reserved_clusters`, 'latin1'));
    return clusters * statfsSync(toBuffer(mountPoint)).bsize;
  } catch {
    return 0;
  }
}
