/** Filesystems that are mounted to be written and take no writes any more, since the kernel met an error on them. */
import { fromText } from '../../model/byte-string.ts';
import type { FilesystemStop, Mount } from '../../model/mount.ts';

/** Those that write, and that their kernel code stops on an error: others are read-only by nature (squashfs, iso9660). */
const STOPPED_ON_ERROR = /^(?:ext[234]|xfs|btrfs|f2fs|jfs|vfat|exfat|ntfs3?|nilfs2|reiserfs)$/u;

/**
 * Undefined where it can be written, or was mounted read-only. Whoever mounts read-only, or remounts so, sets that of the
 * mount too; an error sets it of the filesystem alone. Newer kernels' ext4 has words of its own for it (`emergency_ro`,
 * `shutdown`: fs/ext4/super.c, _ext4_show_options).
 */
export function stoppedByError({ type, options, filesystemOptions }: Mount): FilesystemStop | undefined {
  if (!STOPPED_ON_ERROR.test(type) || !options.includes('rw')) return undefined;
  const says = (word: string): boolean => filesystemOptions.includes(fromText(word));
  if (says('shutdown')) return 'shut-down';
  return says('ro') || says('emergency_ro') ? 'read-only' : undefined;
}
