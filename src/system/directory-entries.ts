/** Memory layouts of linux_dirent64 (getdents64(2)) and struct statx (statx(2)): the same on every 64-bit Linux. */

/** Byte offsets in linux_dirent64. Records are 8-byte aligned; the name ends with NUL inside the last 8 bytes. */
export const DIRENT = { length: 16, name: 19 } as const;

/** struct statx is 256 bytes. The indexes below count 32-bit words; 64-bit fields are low word, then high word. */
export const STATX_BYTES = 256;
export const STATX = {
  mask: 0,
  nlink: 4,
  uid: 5,
  mode: 7,
  inode: 8,
  size: 10,
  blocks: 12,
  mtime: 28,
  deviceMajor: 34,
  deviceMinor: 35,
  mountId: 36,
} as const;

/** STATX_BASIC_STATS | STATX_MNT_ID (Linux 5.8). */
export const STATX_MNT_ID = 0x1000;
export const STATX_WANTED = 0x07ff | STATX_MNT_ID;

/** AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT: look at the entry itself and mount nothing. */
export const STATX_FLAGS = 0x100 | 0x800;
export const AT_EMPTY_PATH = 0x1000;

/** The top four bits of st_mode (inode(7)). */
export const FILE_TYPE = {
  mask: 0o170000,
  directory: 0o040000,
  regular: 0o100000,
  symlink: 0o120000,
} as const;
