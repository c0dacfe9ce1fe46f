/** Filesystems that an error made read-only: deleting is refused there, and would help nothing. */
import { realpathSync } from 'node:fs';
import { baseName, fromText, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Action } from '../../model/action.ts';
import type { Proposal } from '../../model/finding.ts';
import type { Mount } from '../../model/mount.ts';
import { stoppedByError } from '../../system/mounts/stopped-mounts.ts';
import { readKernelLog } from '../../system/processes/kernel-log.ts';
import { looking } from '../claims/looking.ts';
import type { Rule } from '../claims/rule.ts';

export const readOnlyByError: Rule = {
  name: 'read-only-by-error',
  find: ({ filesystems, mounts }) => {
    const stopped = mounts.filter(
      (mount) =>
        filesystems.some(({ mountPoint }) => mountPoint === mount.mountPoint) &&
        stoppedByError(mount) !== undefined,
    );
    if (stopped.length === 0) return [];
    const log = readKernelLog();
    return stopped.map((mount) => proposalOf(mount, log));
  },
};

function proposalOf(mount: Mount, log: readonly string[]): Proposal {
  const { mountPoint, source, type } = mount;
  return {
    rule: 'read-only-by-error',
    mountPoint,
    device: source,
    type,
    isShutDown: stoppedByError(mount) === 'shut-down',
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
