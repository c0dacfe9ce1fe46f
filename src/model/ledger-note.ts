/** What an account's number does not tell by itself, and what its parts are: codes with values, worded in render. */

import type { ByteString } from './byte-string.ts';

/** Why there may be more than the number says, or why it is odd. */
export type LedgerNote =
  /** The scan was ended before all was walked. */
  | { readonly code: 'interrupted' }
  /** Files that were changed lately may be counted as they were before. */
  | { readonly code: 'not-committed' }
  /** Left out by --exclude. */
  | { readonly code: 'excluded'; readonly entries: number }
  | { readonly code: 'no-proc' }
  /** /proc is mounted to hide other users' processes, so that not even their number is known. */
  | { readonly code: 'processes-not-shown' }
  | {
      readonly code: 'processes-hidden';
      readonly hidden: number;
      readonly of: number;
      /** Even root is kept from looking. */
      readonly isRoot: boolean;
    }
  | { readonly code: 'processes-outside-container' }
  /** Mounts under which only root may look. */
  | { readonly code: 'mounts-not-looked-under'; readonly mounts: number }
  | { readonly code: 'partly-unreadable' }
  | { readonly code: 'unreadable-places'; readonly places: number }
  /** The filesystem's device would tell what it keeps for itself, and cannot be read. */
  | { readonly code: 'device-unreadable'; readonly type: string }
  /** The filesystem was asked what it keeps for itself, and did not tell. */
  | { readonly code: 'filesystem-silent'; readonly type: 'xfs' | 'btrfs' }
  /** What the accounts that could not be filled in hold, and what nobody explains. */
  | { readonly code: 'not-looked-at' }
  /** Less is used than the files add up to. */
  | { readonly code: 'more-files-than-used' };

/** What a part of an account is, where its path does not say it. */
export type LedgerPart =
  /** @see Problem.code */
  | { readonly code: 'unreadable'; readonly errno: string }
  /** Entries under what is mounted at the path; `type` is the mount's. */
  | { readonly code: 'under-mount'; readonly entries: number; readonly type: string }
  /** Deleted, and no process is seen that holds it. */
  | ({ readonly code: 'held-by-kernel' } & (KernelHolder | { readonly by: undefined }))
  /** ext4: quota, orphans, growth of the filesystem. */
  | { readonly code: 'nameless-inodes' }
  /** ext4: neither in what is used nor in the filesystem's size. */
  | { readonly code: 'journal' }
  /** XFS. */
  | { readonly code: 'metadata-to-come' }
  | { readonly code: 'inode-chunks' }
  | { readonly code: 'group-headers' }
  /** btrfs: with their copies and the reserve for more. */
  | { readonly code: 'metadata-trees' };

/** What of the kernel holds a file that has no name. */
export type KernelHolder =
  /** It is the image of a loop device, e.g. "/dev/loop3". */
  | { readonly by: 'loop'; readonly device: ByteString }
  /** It is mounted on another file. */
  | { readonly by: 'bind-mount'; readonly mountPoint: ByteString }
  /** A client of this machine's NFS server has it open. */
  | { readonly by: 'nfs-server'; readonly client: ByteString };
