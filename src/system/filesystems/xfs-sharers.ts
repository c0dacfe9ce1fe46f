/** Whose a stretch of an XFS is that keeps no map of owners: told by the extents of every file there is. Root only. */
import type { Libc } from '../calls/libc.ts';
import { FILE_TYPE } from '../calls/statx.ts';
import { allSharedStretches } from '../files/extents.ts';
import type { Stretch } from '../files/extents.ts';
import type { SharedOwners } from './shared-owners.ts';
import { XfsBulkstat } from './xfs-bulkstat.ts';
import type { XfsGeometry } from './xfs-bulkstat.ts';

/** struct file_handle of XFS (FILEID_INO32_GEN | XFS_FILEID_TYPE_64FLAG): bytes, type, inode, generation. */
const HANDLE = { bytes: 12, type: 0x81 } as const;
const OPEN_FILE = 0o4000 | 0o400000 | 0o2000000;

/** A stretch that several files have, and the file it was seen in. */
interface SharedStretch extends Stretch {
  readonly inode: number;
}

/**
 * Files that share anything, from the first question on; then nobody can be missing. Where a file cannot be opened or
 * time runs out nothing is known of any. Open files without a name are listed as well.
 */
export class XfsSharers implements SharedOwners {
  readonly #read: () => readonly SharedStretch[] | undefined;
  #shared: readonly SharedStretch[] | undefined;
  #isRead = false;

  /** @param descriptor open on the filesystem. @param deadline of performance.now(). */
  constructor(libc: Libc, descriptor: number, geometry: XfsGeometry, deadline: number) {
    this.#read = () => readShared(libc, descriptor, geometry, deadline);
  }

  inodesOf(start: number, length: number): ReadonlySet<number> | undefined {
    if (!this.#isRead) this.#shared = this.#read();
    this.#isRead = true;
    const touching = this.#shared?.filter(
      (one) => one.start < start + length && start < one.start + one.length,
    );
    return touching && new Set(touching.map(({ inode }) => inode));
  }
}

function readShared(
  libc: Libc,
  descriptor: number,
  geometry: XfsGeometry,
  deadline: number,
): SharedStretch[] | undefined {
  const inodes = new XfsBulkstat(libc, descriptor, geometry);
  const shared: SharedStretch[] = [];
  /** Files of which not all is known. */
  const unknown = new Set<number>();
  const look = (): void => {
    const { inode, mode, extents, generation } = inodes;
    if (unknown.size > 0 || extents === 0 || (mode & FILE_TYPE.mask) !== FILE_TYPE.regular) return;
    const stretches = sharedOf(libc, descriptor, inode, generation, deadline);
    if (!stretches || performance.now() > deadline) unknown.add(inode);
    else shared.push(...stretches.map((stretch) => ({ ...stretch, inode })));
  };
  for (let group = 0; group < geometry.groups && unknown.size === 0; group++) {
    inodes.begin(group);
    while (inodes.next(look) && unknown.size === 0);
  }
  return unknown.size === 0 ? shared : undefined;
}

function sharedOf(
  libc: Libc,
  mountDescriptor: number,
  inode: number,
  generation: number,
  deadline: number,
): Stretch[] | undefined {
  const handle = Buffer.from(new ArrayBuffer(8 + HANDLE.bytes));
  handle.writeUInt32LE(HANDLE.bytes, 0);
  handle.writeInt32LE(HANDLE.type, 4);
  handle.writeBigUInt64LE(BigInt(inode), 8);
  handle.writeUInt32LE(generation, 16);
  const descriptor = libc.openByHandleAt(mountDescriptor, libc.addressOf(handle), OPEN_FILE);
  if (descriptor < 0) return undefined;
  try {
    return allSharedStretches(libc, descriptor, deadline);
  } finally {
    libc.close(descriptor);
  }
}
