/** Whole filesystems to read in bulk: loop images with the same tree on each, mounted for as long as they are measured. */
import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, ftruncateSync, mkdirSync, openSync, renameSync } from 'node:fs';
import path from 'node:path';
import { provideTree } from './trees.ts';

export const filesystems = ['ext4', 'xfs', 'btrfs'] as const;
export type Filesystem = (typeof filesystems)[number];

const IMAGE_BYTES = 8 * 1024 ** 3;
/** As many inodes as the tree needs: ext4 makes one for 16 KiB. */
const MAKE = { ext4: ['-q', '-F', '-N', '1000000'], xfs: ['-q'], btrfs: ['-q'] } as const;

export interface MountedImage extends Disposable {
  readonly mountPoint: string;
}

/**
 * The filesystem with the medium tree in it, made once and kept in `folder`, mounted until disposed.
 * @throws Error where it cannot be made or mounted: not root, no loop devices, no mkfs.
 */
export function mountImage(filesystem: Filesystem, folder: string): MountedImage {
  const image = path.join(folder, `${filesystem}.img`);
  const mountPoint = path.join(folder, `mnt-${filesystem}`);
  mkdirSync(mountPoint, { recursive: true });
  if (!existsSync(image)) {
    const partial = `${image}.partial`;
    const file = openSync(partial, 'w');
    ftruncateSync(file, IMAGE_BYTES);
    closeSync(file);
    execFileSync(`mkfs.${filesystem}`, [...MAKE[filesystem], partial]);
    using filled = mounted(partial, mountPoint);
    provideTree('medium', filled.mountPoint);
    execFileSync('sync');
    renameSync(partial, image);
  }
  return mounted(image, mountPoint);
}

function mounted(image: string, mountPoint: string): MountedImage {
  execFileSync('mount', ['-o', 'loop', image, mountPoint]);
  return { mountPoint, [Symbol.dispose]: () => void execFileSync('umount', [mountPoint]) };
}
