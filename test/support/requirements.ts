/** What a test may need of the machine. Each is false where it is there, else the reason for skipping. */
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

/** The first reason there is, for the `skip` of a test. */
export function unless(...reasons: readonly (string | false)[]): string | false {
  return reasons.find((reason) => reason !== false) ?? false;
}

export const needsLinux: string | false = process.platform === 'linux' ? false : 'needs Linux';

export const needsRoot: string | false = process.getuid?.() === 0 ? false : 'needs root';

/** Also false in a container without CAP_SYS_ADMIN. */
export const needsMount: string | false =
  needsRoot ||
  (spawnSync('unshare', ['-m', 'true'], { stdio: 'ignore' }).status === 0 ? false : 'needs to mount');

export function needsTool(...names: readonly string[]): string | false {
  const missing = names.find(
    (name) => spawnSync('sh', ['-c', 'command -v "$0"', name], { stdio: 'ignore' }).status !== 0,
  );
  return missing === undefined ? false : `needs ${missing}`;
}

/** For tests of many seconds: DISKWHY_LONG_TESTS=1 runs them. */
export const needsLong: string | false =
  process.env['DISKWHY_LONG_TESTS'] === '1' ? false : 'takes long: DISKWHY_LONG_TESTS=1 runs it';

/** For what nobody wants done to his machine: `runInMachine` of virtual-machine.ts has one that is thrown away. */
export const needsThrowaway: string | false =
  process.env['DISKWHY_VIRTUAL_MACHINE'] === '1' ? false : 'needs a virtual machine of its own';

/** Loop devices, and a filesystem the kernel knows or can load. */
export function needsLoopDisk(type: 'ext4' | 'xfs' | 'btrfs'): string | false {
  if (needsMount) return needsMount;
  try {
    statSync('/dev/loop-control');
  } catch {
    return 'needs loop devices';
  }
  return needsTool(`mkfs.${type}`);
}

/** The user "nobody" of every Linux. */
export const NOBODY = { uid: 65_534, gid: 65_534 } as const;

/** Another user must be able to reach this checkout and its Node. */
export const needsOtherUser: string | false =
  needsRoot ||
  (spawnSync(process.execPath, [`${import.meta.dirname}/../../bin/diskwhy.js`, '--version'], {
    ...NOBODY,
    stdio: 'ignore',
    cwd: '/',
  }).status === 0
    ? false
    : 'needs a checkout that other users can read');
