/** Filesystems that are mounted to be written and take no writes any more, since the kernel met an error on them. */
import { readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { fromText } from '../../model/byte-string.ts';
import type { FilesystemStop, Mount } from '../../model/mount.ts';
import { readKernelLog } from '../processes/kernel-log.ts';

/** Those that write, and that their kernel code stops on an error: others are read-only by nature (squashfs, iso9660). */
const STOPPED_ON_ERROR = /^(?:ext[234]|xfs|btrfs|f2fs|jfs|vfat|exfat|ntfs3?|nilfs2|reiserfs)$/u;

/**
 * Undefined where it can be written, or was mounted read-only. Whoever mounts read-only, or remounts so, sets that of the
 * mount too; an error sets it of the filesystem alone. Kernels since 6.15 have words of their own for it for ext4
 * (`emergency_ro`, `shutdown`: fs/ext4/super.c, _ext4_show_options). Those before since 6.12, and 6.1 of today, leave ext4 `rw`:
 * there only the kernel's log tells, which is read where ext4 has counted errors.
 */
export function stoppedByError(mount: Mount): FilesystemStop | undefined {
  const { type, options, filesystemOptions } = mount;
  if (!STOPPED_ON_ERROR.test(type) || !options.includes('rw')) return undefined;
  const says = (word: string): boolean => filesystemOptions.includes(fromText(word));
  if (says('shutdown')) return 'shut-down';
  if (says('ro') || says('emergency_ro')) return 'read-only';
  return type.startsWith('ext') && isStoppedByLog(mount) ? 'read-only' : undefined;
}

function isStoppedByLog({ device }: Mount): boolean {
  const name = kernelName(device);
  if (name === undefined || !hasErrors(name)) return false;
  return isLastStopped(name, readKernelLog());
}

/** Whether the last that a log says of an ext4 is that it takes no writes. @param device as the kernel calls it: "sda1". */
export function isLastStopped(device: string, log: readonly string[]): boolean {
  const last = (what: RegExp): number =>
    log.findLastIndex((line) => line.includes(`EXT4-fs (${device}): `) && what.test(line));
  return last(/: Remounting filesystem read-only/u) > last(/: (?:re-)?mounted\b/u);
}

/** Since it was made; they are kept through mounts (sysfs-fs-ext4 in the kernel's ABI documents). */
function hasErrors(name: string): boolean {
  try {
    return Number(readFileSync(`/sys/fs/ext4/${name}/errors_count`, 'latin1')) > 0;
  } catch {
    return false;
  }
}

function kernelName(device: string): string | undefined {
  try {
    return path.basename(realpathSync(`/sys/dev/block/${device}`));
  } catch {
    return undefined;
  }
}
