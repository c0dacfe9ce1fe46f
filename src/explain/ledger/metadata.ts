/** What a filesystem uses for itself, as far as its own interfaces tell. */
import type { AccountDetail } from '../../model/ledger.ts';
import type { Mount } from '../../model/mount.ts';
import { readBtrfsSpace } from '../../system/filesystems/btrfs-space.ts';
import { readExt4Space } from '../../system/filesystems/ext4-space.ts';
import { readXfsSpace } from '../../system/filesystems/xfs-space.ts';

export interface Metadata {
  /** Among the used bytes. */
  readonly bytes: number;
  readonly complete: boolean;
  readonly note: string | undefined;
  readonly detail: readonly AccountDetail[];
}

/**
 * @param freeBytes of statfs, the reserve included.
 * @param fileBytes files on the filesystem that were accounted for, so that what lies inside metadata counts once.
 */
export function readMetadata(mount: Mount, freeBytes: number, fileBytes: number): Metadata {
  switch (mount.type) {
    case 'ext2':
    case 'ext3':
    case 'ext4':
      return ext4Metadata(mount);
    case 'xfs':
      return xfsMetadata(mount, freeBytes);
    case 'btrfs':
      return btrfsMetadata(mount, fileBytes);
    default:
      return NONE;
  }
}

const NONE: Metadata = { bytes: 0, complete: true, note: undefined, detail: [] };

function ext4Metadata({ source, type }: Mount): Metadata {
  const space = readExt4Space(source);
  if (!space)
    return {
      ...NONE,
      complete: false,
      note: `${type}'s own inodes are not known: its device cannot be read`,
    };
  const { hiddenInodeBytes: bytes, journalBytes } = space;
  return {
    bytes,
    complete: true,
    note: undefined,
    detail: [
      detail('inodes without a name: quota, orphans, growth', bytes),
      detail('journal, which counts neither as used nor as size', journalBytes),
    ].filter((one) => one.bytes !== 0),
  };
}

function xfsMetadata({ mountPoint }: Mount, freeBytes: number): Metadata {
  const space = readXfsSpace(mountPoint);
  if (!space) return { ...NONE, complete: false, note: 'XFS did not tell what it keeps for itself' };
  const setAside = Math.max(0, space.freeBytes - freeBytes);
  return {
    bytes: setAside + space.inodeBytes + space.groupBytes,
    complete: true,
    note: undefined,
    detail: [
      detail('set aside for metadata to come', setAside),
      detail('inode chunks', space.inodeBytes),
      detail('headers of allocation groups', space.groupBytes),
    ],
  };
}

/** Small files live inside the metadata: what files take beyond the data's own bytes is counted with the files. */
function btrfsMetadata({ mountPoint }: Mount, fileBytes: number): Metadata {
  const space = readBtrfsSpace(mountPoint);
  if (!space) return { ...NONE, complete: false, note: 'btrfs did not tell what it keeps for itself' };
  const inside = Math.min(space.metadataBytes, Math.max(0, fileBytes - space.dataBytes));
  return {
    bytes: space.metadataBytes - inside,
    complete: true,
    note: undefined,
    detail: [detail('trees, their copies and the reserve for more', space.metadataBytes - inside)],
  };
}

function detail(text: string, bytes: number): AccountDetail {
  return { path: undefined, bytes, text, holders: [] };
}
