/** Filesystems that an error made read-only: deleting is refused there, and would help nothing. */
import { realpathSync } from 'node:fs';
import { baseName, fromText, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Action } from '../../model/action.ts';
import type { Proposal } from '../../model/finding.ts';
import type { Mount } from '../../model/mount.ts';
import { readKernelLog } from '../../system/processes/kernel-log.ts';
import { looking } from './looking.ts';
import type { Rule } from './rule.ts';

/** Those that write, and that their kernel code stops on an error: others are read-only by nature (squashfs, iso9660). */
const STOPPED_ON_ERROR = /^(?:ext[234]|xfs|btrfs|f2fs|jfs|vfat|exfat|ntfs3?|nilfs2|reiserfs)$/u;

export const readOnlyByError: Rule = {
  name: 'read-only-by-error',
  find: ({ filesystems, mounts }) => {
    const stopped = mounts.filter(
      (mount) => filesystems.some(({ mountPoint }) => mountPoint === mount.mountPoint) && isStopped(mount),
    );
    if (stopped.length === 0) return [];
    const log = readKernelLog();
    return stopped.map((mount) => proposalOf(mount, log));
  },
};

/**
 * Whoever mounts read-only, or remounts so, sets that of the mount too; an error sets it of the filesystem alone. Newer
 * kernels' ext4 has words of its own for it (`emergency_ro`, `shutdown`: fs/ext4/super.c, _ext4_show_options).
 */
function isStopped({ type, options, filesystemOptions }: Mount): boolean {
  return (
    STOPPED_ON_ERROR.test(type) &&
    options.includes('rw') &&
    ['ro', 'emergency_ro', 'shutdown'].some((word) => filesystemOptions.includes(fromText(word)))
  );
}

function proposalOf(
  { mountPoint, source, type, filesystemOptions }: Mount,
  log: readonly string[],
): Proposal {
  return {
    rule: 'read-only-by-error',
    mountPoint,
    device: source,
    type,
    isShutDown: filesystemOptions.includes(fromText('shutdown')),
    kernelSaid: lastError(kernelName(source), log),
    diskBytes: 0,
    claimedBytes: 0,
    freeableBytes: 0,
    paths: [mountPoint],
    actions: [
      asRoot(looking('dmesg', '--level', 'err,crit,alert,emerg')),
      ...ownState(type, source, mountPoint),
    ],
    risk: 'never',
    urgent: true,
  };
}

/** What the filesystem itself has noted; none of it writes. */
function ownState(type: string, device: string, mountPoint: string): Action[] {
  if (type.startsWith('ext')) return [asRoot(looking('tune2fs', '-l', device))];
  return type === 'btrfs' ? [asRoot(looking('btrfs', 'device', 'stats', mountPoint))] : [];
}

function asRoot(action: Action): Action {
  return { ...action, needs: { root: true } };
}

/** The lines of a filesystem name its device: "EXT4-fs error (device sda1): …", "BTRFS error (device sda1 state EA): …". */
function lastError(device: string | undefined, log: readonly string[]): ByteString | undefined {
  if (device === undefined) return undefined;
  const line = log.findLast(
    (one) =>
      /error|corrupt|shut/iu.test(one) && (one.includes(`(device ${device}`) || one.includes(`(${device})`)),
  );
  return line === undefined ? undefined : fromText(line);
}

/** The kernel's name of a device; undefined where it is none, or gone: that may be the error. */
function kernelName(device: ByteString): string | undefined {
  try {
    return baseName(fromText(realpathSync(toText(device))));
  } catch {
    return device.startsWith('/dev/') ? baseName(device) : undefined;
  }
}
