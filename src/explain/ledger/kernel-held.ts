/** Deleted files that no process is seen to hold: images of loop devices, what the kernel exports or mounts, and the like. */
import { deviceNumber, deviceOf, fileId, inodeNumber } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';
import type { DeletedFile, KernelHeldFile } from '../../model/ledger.ts';
import type { Mount } from '../../model/mount.ts';
import { loopImage } from '../../system/disks/loop-image.ts';
import { readLoopDevices } from '../../system/disks/loop-devices.ts';
import { readExt4Space } from '../../system/filesystems/ext4-space.ts';

/** Largest first; only ext4 tells. @param deletedFiles what processes hold on the mount's filesystem. */
export function kernelHeldFilesOn(mount: Mount, deletedFiles: readonly DeletedFile[]): KernelHeldFile[] {
  if (!/^ext[234]$/u.test(mount.type)) return [];
  const images = loopImages();
  const device = deviceNumber(mount.device);
  const onDevice = [...images.keys()]
    .filter((id) => deviceOf(id) === device)
    .map((id) => Number(inodeNumber(id)));
  const orphans = readExt4Space(mount, onDevice)?.orphans ?? [];
  if (orphans.length === 0) return [];
  // Through an overlay a file has another device, and now and then another number.
  const inodes = new Set(deletedFiles.map(({ id }) => inodeNumber(id)));
  const known = new Set(orphans.map(({ inode }) => String(inode)));
  const others = deletedFiles.filter(({ id }) => !known.has(inodeNumber(id)));
  return orphans
    .filter(
      ({ inode, diskBytes, apparentBytes }) =>
        !inodes.has(String(inode)) &&
        !others.some((file) => file.diskBytes === diskBytes && file.apparentBytes === apparentBytes),
    )
    .map(({ inode, diskBytes }) => {
      const id = fileId(device, 0, inode);
      const loop = images.get(id);
      return { id, diskBytes, path: loop?.backingFile, loop: loop?.device };
    })
    .toSorted((a, b) => b.diskBytes - a.diskBytes);
}

function loopImages(): Map<FileId, ReturnType<typeof readLoopDevices>[number]> {
  return new Map(
    readLoopDevices().flatMap((loop) => {
      const id = loopImage(loop.device.slice('/dev/'.length));
      return id === undefined ? [] : [[id, loop] as const];
    }),
  );
}
