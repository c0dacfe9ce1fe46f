/** Real mounts for a test: images of disks, memory, and other views of what is there. Unmounted when the test ends. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import type { TempFolder } from './temp-folder.ts';
import { tempFolder } from './temp-folder.ts';

export interface Mounted extends Disposable {
  readonly path: string;
}

/** Runs mount(8); the mount point must be there. */
export function mount(mountPoint: string, ...options: readonly string[]): Mounted {
  execFileSync('mount', [...options, mountPoint], { stdio: ['ignore', 'ignore', 'pipe'] });
  return {
    path: mountPoint,
    [Symbol.dispose]: () => {
      // Not recursive: a covering mount of the same place is its own owner's.
      execFileSync('umount', ['-l', mountPoint]);
    },
  };
}

export function mountTmpfs(mountPoint: string, options = 'size=64m'): Mounted {
  return mount(mountPoint, '-t', 'tmpfs', '-o', options, 'tmpfs');
}

export function mountBind(from: string, mountPoint: string): Mounted {
  return mount(mountPoint, '--bind', from);
}

const formats = {
  ext4: { megabytes: 64, options: ['-q', '-F'] },
  xfs: { megabytes: 512, options: ['-q', '-f'] },
  btrfs: { megabytes: 256, options: ['-q', '-f'] },
} as const;

/** A disk of its own: a sparse image, formatted and mounted, in a fresh folder or at `mountPoint`. */
export function loopDisk(
  type: keyof typeof formats,
  { mountPoint, megabytes = formats[type].megabytes, format = [], options = 'loop' }: LoopDiskOptions = {},
): Mounted {
  const folder: TempFolder = tempFolder();
  try {
    const image = `${folder.path}/image`;
    writeFileSync(image, '');
    truncateSync(image, megabytes * 2 ** 20);
    execFileSync(`mkfs.${type}`, [...formats[type].options, ...format, image], { stdio: 'ignore' });
    const place = mountPoint ?? `${folder.path}/disk`;
    if (mountPoint === undefined) mkdirSync(place);
    const mounted = mount(place, '-t', type, '-o', options, image);
    return {
      path: place,
      [Symbol.dispose]: () => {
        mounted[Symbol.dispose]();
        rmSync(image);
        folder[Symbol.dispose]();
      },
    };
  } catch (error) {
    folder[Symbol.dispose]();
    throw error;
  }
}

/**
 * Writes an ext4 image that holds what `fill` puts into a folder, its inodes changed by debugfs(8).
 *
 * It was never mounted before: another process's mount namespace would keep such a mount, and the next one would show
 * what that one has in memory.
 */
export function writeExt4Image(
  image: string,
  { megabytes, fill, edits }: { megabytes: number; fill: (folder: string) => void; edits: readonly string[] },
): void {
  using folder = tempFolder();
  fill(folder.path);
  writeFileSync(image, '');
  truncateSync(image, megabytes * 2 ** 20);
  // Inodes of 256 bytes have room for the time of birth.
  const options = ['-q', '-F', '-I', '256', '-m', '0', '-d', folder.path, image];
  execFileSync('mkfs.ext4', options, { stdio: 'ignore' });
  execFileSync('debugfs', ['-w', '-f', '-', image], {
    input: edits.join('\n'),
    stdio: ['pipe', 'ignore', 'ignore'],
  });
}

export interface LoopDiskOptions {
  readonly mountPoint?: string;
  readonly megabytes?: number;
  /** More arguments for mkfs. */
  readonly format?: readonly string[];
  /** Of the mount; "loop" unless said. */
  readonly options?: string;
}
