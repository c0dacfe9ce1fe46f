/** Files that have no name any more and still take space, because a process holds them. */
import type { ByteString } from '../../model/byte-string.ts';
import { deviceNumber, deviceOf } from '../../model/file-id.ts';
import type { DeletedFile, FileHolder } from '../../model/ledger.ts';
import type { Mount } from '../../model/mount.ts';
import type { HeldFile, OpenFiles, ProcessIdentity } from '../../model/process.ts';
import { mountOf, readMountsOf } from '../../system/mounts/mounts.ts';
import { heldPath } from '../../system/processes/open-files.ts';
import { readProcess } from '../../system/processes/process-identity.ts';
import { FILE_TYPE } from '../../system/calls/statx.ts';

/** Deleted regular files on the filesystem of `mount`, largest first, each inode once. @param mounts visible ones. */
export function deletedFilesOn(mount: Mount, { files }: OpenFiles, mounts: readonly Mount[]): DeletedFile[] {
  const device = deviceNumber(mount.device);
  const known = new Set(mounts.map((one) => deviceNumber(one.device)));
  const identities = new Map<number, ProcessIdentity | undefined>();
  const found: DeletedFile[] = [];
  for (const file of files.values()) {
    if (file.links > 0 || (file.mode & FILE_TYPE.mask) !== FILE_TYPE.regular) continue;
    const own = deviceOf(file.id);
    if (own !== device && (known.has(own) || storedOn(file, mounts) !== mount.device)) continue;
    const path = heldPath(file);
    const { id, diskBytes, apparentBytes, modifiedAt } = file;
    found.push({ id, path, diskBytes, apparentBytes, modifiedAt, holders: holdersOf(file, identities) });
  }
  return found.toSorted((a, b) => b.diskBytes - a.diskBytes);
}

/**
 * The device, as "major:minor", that stores a file whose own device no visible mount has: files in containers are on
 * an overlay that only they see, and subvolumes of btrfs have devices of their own.
 */
function storedOn(file: HeldFile, mounts: readonly Mount[]): string | undefined {
  const device = deviceOf(file.id);
  const overlay = readMountsOf(file.holds[0].pid).find((one) => deviceNumber(one.device) === device);
  const upper = overlay?.filesystemOptions.find((option) => option.startsWith(UPPER));
  const path = upper === undefined ? heldPath(file) : (upper.slice(UPPER.length) as ByteString);
  const mount = path === undefined ? undefined : mountOf(mounts, path);
  return upper !== undefined || mount?.type === 'btrfs' ? mount?.device : undefined;
}

/** Where an overlay keeps what was written (the kernel's overlayfs.rst); named as its maker saw it. */
const UPPER = 'upperdir=';

/** Who holds a file, each process once. @param identities what is known already, added to. */
function holdersOf({ holds }: HeldFile, identities: Map<number, ProcessIdentity | undefined>): FileHolder[] {
  const holders: FileHolder[] = [];
  for (const pid of new Set(holds.map((hold) => hold.pid))) {
    if (!identities.has(pid)) identities.set(pid, readProcess(pid));
    const process = identities.get(pid);
    if (!process) continue;
    const own = holds.filter((hold) => hold.pid === pid);
    holders.push({
      process,
      descriptors: own.flatMap(({ descriptor }) => descriptor ?? []),
      mapped: own.some(({ kind }) => kind === 'mapping' || kind === 'executable'),
    });
  }
  return holders;
}
