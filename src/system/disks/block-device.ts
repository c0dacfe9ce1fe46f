/** The disk under a filesystem, as sysfs describes it. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { toBuffer } from '../../model/byte-string.ts';
import type { Mount } from '../../model/mount.ts';

/**
 * Whether a mount is on a disk with heads that move (queue/rotational, sysfs-block in the kernel's ABI documents).
 * False where it cannot be told: memory, network, or a paravirtual disk, which says 1 whatever is behind it.
 */
export function isRotational(mount: Mount): boolean {
  const device = blockDevice(mount);
  if (device === undefined) return false;
  try {
    const folder = realpathSync(`/sys/dev/block/${device}`);
    if (/\/(virtio\d|vbd-|vmbus)/u.test(folder)) return false;
    // A partition has no queue of its own; its disk is the folder above.
    for (const place of ['queue', '../queue']) {
      const flag = readIfThere(`${folder}/${place}/rotational`);
      if (flag !== undefined) return flag.trim() === '1';
    }
  } catch {
    // No such device in sysfs, or no sysfs.
  }
  return false;
}

/** "major:minor" of the disk; btrfs and others mount under a number of their own and name the disk as their source. */
export function blockDevice(mount: Mount): string | undefined {
  if (!mount.device.startsWith('0:')) return mount.device;
  if (!mount.source.startsWith('/dev/')) return undefined;
  try {
    const { rdev } = statSync(toBuffer(mount.source), { bigint: true });
    const major = ((rdev >> 8n) & 0xfffn) | ((rdev >> 32n) & ~0xfffn);
    const minor = (rdev & 0xffn) | ((rdev >> 12n) & 0xffffff00n);
    return `${major}:${minor}`;
  } catch {
    return undefined;
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}
