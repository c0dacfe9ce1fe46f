/** Files that have no name any more and still take space, because a process holds them. */
import { deviceNumber, deviceOf } from '../../model/file-id.ts';
import type { DeletedFile, FileHolder } from '../../model/ledger.ts';
import type { Mount } from '../../model/mount.ts';
import type { HeldFile, OpenFiles, ProcessIdentity } from '../../model/process.ts';
import { mountOf } from '../../system/mounts.ts';
import { heldPath } from '../../system/open-files.ts';
import { readProcess } from '../../system/process-identity.ts';
import { FILE_TYPE } from '../../system/statx.ts';

/** Deleted regular files on the filesystem of `mount`, largest first, each inode once. @param mounts visible ones. */
export function deletedFilesOn(mount: Mount, { files }: OpenFiles, mounts: readonly Mount[]): DeletedFile[] {
  const device = deviceNumber(mount.device);
  const known = new Set(mounts.map((one) => deviceNumber(one.device)));
  const identities = new Map<number, ProcessIdentity | undefined>();
  const found: DeletedFile[] = [];
  for (const file of files.values()) {
    if (file.links > 0 || (file.mode & FILE_TYPE.mask) !== FILE_TYPE.regular) continue;
    const own = deviceOf(file.id);
    const path = own === device || !known.has(own) ? heldPath(file) : undefined;
    // Subvolumes of btrfs have devices of their own that no mount table shows.
    const isSubvolume =
      !known.has(own) &&
      mount.type === 'btrfs' &&
      path !== undefined &&
      mountOf(mounts, path)?.device === mount.device;
    if (own !== device && !isSubvolume) continue;
    const { id, diskBytes, apparentBytes, modifiedAt } = file;
    found.push({ id, path, diskBytes, apparentBytes, modifiedAt, holders: holdersOf(file, identities) });
  }
  return found.toSorted((a, b) => b.diskBytes - a.diskBytes);
}

/** Who holds a file, each process once. @param identities what is known already, added to. */
export function holdersOf(
  { holds }: HeldFile,
  identities: Map<number, ProcessIdentity | undefined>,
): FileHolder[] {
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
