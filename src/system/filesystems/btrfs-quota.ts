/** What quota groups of btrfs say of subvolumes, where they are on and right (linux/btrfs_tree.h): root only. */
import type { Libc } from '../calls/libc.ts';
import type { SubvolumeBytes } from './btrfs-survey.ts';
import { BTRFS_ID, BTRFS_ITEM, BtrfsTree } from './btrfs-tree.ts';

/** struct btrfs_qgroup_status_item: version, generation, flags. */
const STATUS_FLAGS = 16;
/** On; being counted, wrong, or the simple kind, which counts what a subvolume wrote and not what it has alone. */
const ON = 1n;
const NOT_RIGHT = 2n | 4n | 8n;
/** struct btrfs_qgroup_info_item: generation, rfer, rfer_cmpr, excl. */
const REFERENCED = 8;
const EXCLUSIVE = 24;

/**
 * Bytes of each subvolume, its metadata included, by the number of its tree (a group of subvolumes has a number beyond
 * those); undefined where nobody counts, or not exactly.
 */
export function bytesByQuota(
  libc: Libc,
  descriptor: number,
): ReadonlyMap<number, SubvolumeBytes> | undefined {
  const search = new BtrfsTree(libc, descriptor);
  const tree = BTRFS_ID.quotaTree;
  search.begin({
    tree,
    firstObject: 0,
    lastObject: 0,
    firstType: BTRFS_ITEM.quotaStatus,
    lastType: BTRFS_ITEM.quotaInfo,
  });
  const bytes = new Map<number, SubvolumeBytes>();
  let isRight = false;
  while (search.read()) {
    while (search.advance()) {
      if (search.type === BTRFS_ITEM.quotaStatus) {
        const flags = search.view.getBigUint64(search.itemAt + STATUS_FLAGS, true);
        isRight = (flags & ON) !== 0n && (flags & NOT_RIGHT) === 0n;
      } else if (search.type === BTRFS_ITEM.quotaInfo)
        bytes.set(Number(search.offset), {
          referencedBytes: search.long(REFERENCED),
          exclusiveBytes: search.long(EXCLUSIVE),
        });
    }
  }
  return isRight ? bytes : undefined;
}
