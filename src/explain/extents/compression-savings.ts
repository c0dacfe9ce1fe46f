/** How much less compressed files of a btrfs take than they show: that never comes back. */
import { parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Mount } from '../../model/mount.ts';
import { loadLibc } from '../../system/calls/libc.ts';
import { lstatIfAny } from '../../system/calls/lstat.ts';
import { openRootDirectory } from '../../system/directories/root-directory.ts';
import { BtrfsExtents } from '../../system/filesystems/btrfs-extents.ts';
import type { Extents } from '../../system/filesystems/btrfs-extents.ts';
import { treeOfPath } from './tree-of-path.ts';

/** A file of which some is compressed. */
interface CompressedFile {
  readonly path: ByteString;
  readonly mount: Mount;
  /** As st_blocks says, which btrfs counts without compression. */
  readonly diskBytes: number;
  readonly compressedBytes: number;
}

export class CompressionSavings implements Disposable {
  readonly #libc = loadLibc();
  /** By mount point; -1 where it cannot be opened. */
  readonly #descriptors = new Map<ByteString, number>();

  /** All of the compressed bytes where the kernel does not tell what they take: not root, or not until `deadline`. */
  of({ path, mount, diskBytes, compressedBytes }: CompressedFile, deadline: number): number {
    const taken = mount.type === 'btrfs' ? this.#takenBytes(path, mount, deadline) : undefined;
    return taken === undefined ? compressedBytes : Math.max(0, diskBytes - taken);
  }

  #takenBytes(path: ByteString, { mountPoint }: Mount, deadline: number): number | undefined {
    const libc = this.#libc;
    if (!libc) return undefined;
    let descriptor = this.#descriptors.get(mountPoint);
    if (descriptor === undefined)
      this.#descriptors.set(mountPoint, (descriptor = openRootDirectory(libc, mountPoint)));
    const tree = descriptor < 0 ? undefined : treeOfPath(libc, parentPath(path));
    const inode = lstatIfAny(path)?.ino;
    if (tree === undefined || inode === undefined) return undefined;
    const extents: Extents = new Map();
    if (!new BtrfsExtents(libc, descriptor).collect(extents, deadline, tree, inode)) return undefined;
    // A file that seems to have none was not told of.
    return extents.size === 0 ? undefined : [...extents.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  [Symbol.dispose](): void {
    for (const descriptor of this.#descriptors.values()) if (descriptor >= 0) this.#libc?.close(descriptor);
  }
}
