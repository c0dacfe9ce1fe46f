/** Deleted files that no process is seen to hold: images of loop devices, what is mounted, or open over NFS. */
import type { ByteString } from '../../model/byte-string.ts';
import { deviceNumber, deviceOf, fileId, inodeNumber } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';
import type { KernelHolder } from '../../model/ledger-note.ts';
import type { DeletedFile, KernelHeldFile, Orphan } from '../../model/ledger.ts';
import type { Mount } from '../../model/mount.ts';
import { BLOCK_BYTES } from '../../model/size.ts';
import { idOfPath } from '../../system/calls/id-of-path.ts';
import { lstatIfAny } from '../../system/calls/lstat.ts';
import { loopImage } from '../../system/disks/loop-image.ts';
import { readLoopDevices } from '../../system/disks/loop-devices.ts';
import { readNfsOpens } from '../../system/disks/nfs-opens.ts';
import { readExt4Space } from '../../system/filesystems/ext4-space.ts';
import { readXfsOrphans } from '../../system/filesystems/xfs-orphans.ts';

interface Known {
  readonly path: ByteString | undefined;
  readonly holder: KernelHolder;
}

/**
 * Largest first: what ext4 and XFS list to root, and what is mounted, which anybody sees.
 * @param deletedFiles what processes hold on the mount's filesystem. @param mounts visible ones.
 * @param listed inodes without a name, where a scan has just listed all.
 */
export function kernelHeldFilesOn(
  mount: Mount,
  deletedFiles: readonly DeletedFile[],
  mounts: readonly Mount[],
  listed: readonly Orphan[] | undefined,
): KernelHeldFile[] {
  const device = deviceNumber(mount.device);
  const mounted = mountedFiles(mount, mounts);
  const known = new Map([
    ...loopImages(),
    ...openOverNfs(),
    ...mounted.map(({ id, of }) => [id, of] as const),
  ]);
  const suspects = [...known.keys()].filter((id) => deviceOf(id) === device);
  const orphans = withoutHeld(
    listed ??
      orphansOf(
        mount,
        suspects.map((id) => Number(inodeNumber(id))),
      ) ??
      [],
    deletedFiles,
  );
  const found = orphans.map((orphan): KernelHeldFile => {
    const id = fileId(device, 0, orphan.inode);
    const { path, holder } = known.get(id) ?? { path: undefined, holder: undefined };
    return { id, diskBytes: orphan.diskBytes, path, holder };
  });
  const inodes = new Set(orphans.map(({ inode }) => fileId(device, 0, inode)));
  const others = mounted.filter(({ id }) => !inodes.has(id) && !deletedFiles.some((file) => file.id === id));
  return [...found, ...others.map(({ id, diskBytes, of }) => ({ id, diskBytes, ...of }))].toSorted(
    (a, b) => b.diskBytes - a.diskBytes,
  );
}

/** Undefined where the filesystem, or the kernel to this user, does not list them. */
function orphansOf(mount: Mount, suspects: readonly number[]): readonly Orphan[] | undefined {
  if (mount.type === 'xfs') return readXfsOrphans(mount);
  return /^ext[234]$/u.test(mount.type) ? readExt4Space(mount, suspects)?.orphans : undefined;
}

/** Those that processes do not hold. Through an overlay a file has another device, and now and then another number. */
function withoutHeld(orphans: readonly Orphan[], deletedFiles: readonly DeletedFile[]): Orphan[] {
  const inodes = new Set(deletedFiles.map(({ id }) => inodeNumber(id)));
  const listed = new Set(orphans.map(({ inode }) => String(inode)));
  const others = deletedFiles.filter(({ id }) => !listed.has(inodeNumber(id)));
  return orphans.filter(
    ({ inode, diskBytes, apparentBytes }) =>
      !inodes.has(String(inode)) &&
      !others.some((file) => file.diskBytes === diskBytes && file.apparentBytes === apparentBytes),
  );
}

function loopImages(): (readonly [FileId, Known])[] {
  return readLoopDevices().flatMap(({ device, backingFile }) => {
    const id = loopImage(device.slice('/dev/'.length));
    return id === undefined ? [] : [[id, { path: backingFile, holder: { by: 'loop', device } }] as const];
  });
}

function openOverNfs(): (readonly [FileId, Known])[] {
  return readNfsOpens().map(({ id, client }) => [
    id,
    { path: undefined, holder: { by: 'nfs-server', client } },
  ]);
}

/** What mountinfo adds to the root of a mount whose file has no name any more (show_mountinfo, seq_dentry). */
const DELETED = '//deleted';

/** Deleted files of the filesystem that are mounted on others. A directory that is deleted is empty and takes next to nothing. */
function mountedFiles(mount: Mount, mounts: readonly Mount[]) {
  return mounts
    .filter(({ device, root }) => device === mount.device && root.endsWith(DELETED))
    .flatMap(({ mountPoint, root }) => {
      const stat = lstatIfAny(mountPoint);
      const id = idOfPath(mountPoint);
      if (id === undefined || stat?.isFile() !== true) return [];
      const path = (mount.root === '/' ? mount.mountPoint : '') + root.slice(0, -DELETED.length);
      const of: Known = { path: path as ByteString, holder: { by: 'bind-mount', mountPoint } };
      return [{ id, diskBytes: stat.blocks * BLOCK_BYTES, of }];
    });
}
