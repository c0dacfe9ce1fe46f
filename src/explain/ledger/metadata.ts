/** What a filesystem uses for itself, as far as its own interfaces tell. */
import type { AccountDetail } from '../../model/ledger.ts';
import type { LedgerNote, LedgerPart } from '../../model/ledger-note.ts';
import type { Mount } from '../../model/mount.ts';
import { readBtrfsSpace } from '../../system/filesystems/btrfs-space.ts';
import { readExt4Space } from '../../system/filesystems/ext4-space.ts';
import { readXfsSpace } from '../../system/filesystems/xfs-space.ts';

export interface Metadata {
  /** Among the used bytes. */
  readonly bytes: number;
  /** Why they are not all. */
  readonly note: LedgerNote | undefined;
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

const NONE: Metadata = { bytes: 0, note: undefined, detail: [] };

function ext4Metadata(mount: Mount): Metadata {
  const space = readExt4Space(mount);
  if (!space) return { ...NONE, note: { code: 'device-unreadable', type: mount.type } };
  const { hiddenInodeBytes: bytes, journalBytes } = space;
  return {
    bytes,
    note: undefined,
    detail: [detail('nameless-inodes', bytes), detail('journal', journalBytes)].filter(
      (one) => one.bytes !== 0,
    ),
  };
}

function xfsMetadata({ mountPoint }: Mount, freeBytes: number): Metadata {
  const space = readXfsSpace(mountPoint);
  if (!space) return { ...NONE, note: { code: 'filesystem-silent', type: 'xfs' } };
  const setAside = Math.max(0, space.freeBytes - freeBytes);
  return {
    bytes: setAside + space.inodeBytes + space.groupBytes,
    note: undefined,
    detail: [
      detail('metadata-to-come', setAside),
      detail('inode-chunks', space.inodeBytes),
      detail('group-headers', space.groupBytes),
    ],
  };
}

/** Small files live inside the metadata: what files take beyond the data's own bytes is counted with the files. */
function btrfsMetadata({ mountPoint }: Mount, fileBytes: number): Metadata {
  const space = readBtrfsSpace(mountPoint);
  if (!space) return { ...NONE, note: { code: 'filesystem-silent', type: 'btrfs' } };
  const inside = Math.min(space.metadataBytes, Math.max(0, fileBytes - space.dataBytes));
  return {
    bytes: space.metadataBytes - inside,
    note: undefined,
    detail: [detail('metadata-trees', space.metadataBytes - inside)],
  };
}

/** Parts that need no more than their name. */
type MetadataPart = Exclude<LedgerPart['code'], 'unreadable' | 'under-mount' | 'held-by-kernel'>;

function detail(code: MetadataPart, bytes: number): AccountDetail {
  return { path: undefined, bytes, part: { code }, holders: [] };
}
