/** Looks at one file by its path, cheaply and often: what a growth meter needs to know of it. */
import { lstatSync, statSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { fileId, fileIdOfStats } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';
import { BLOCK_BYTES } from '../../model/size.ts';
import { loadLibc } from '../calls/libc.ts';
import { FILE_TYPE, Statx } from '../calls/statx.ts';

export interface LookedAt {
  readonly id: FileId;
  readonly isRegular: boolean;
  readonly isDirectory: boolean;
  /** 0: it has no name any more. */
  readonly links: number;
  readonly diskBytes: number;
  readonly apparentBytes: number;
  /** Seconds since 1970 of the last change to data or inode. */
  readonly changedAt: number;
  /** Seconds since 1970, with a fraction; 0 where the filesystem does not keep it. */
  readonly bornAt: number;
}

/** Undefined where there is nothing to look at. */
export interface FileLook {
  /** The entry itself, links not followed. */
  readonly entry: (path: ByteString) => LookedAt | undefined;
  /** What the path leads to: for /proc/PID/fd/N, which leads to files without a name as well. */
  readonly target: (path: ByteString) => LookedAt | undefined;
}

/** PATH_MAX, its NUL included: the kernel takes no more. */
const PATH_BYTES = 4096;

export function createFileLook(): FileLook {
  const libc = loadLibc();
  if (!libc)
    return { entry: (path) => portable(path, lstatSync), target: (path) => portable(path, statSync) };
  const statx = new Statx(libc);
  const name = Buffer.alloc(PATH_BYTES);
  const nameAt = libc.addressOf(name);
  const put = (path: ByteString): boolean => {
    if (path.length >= PATH_BYTES) return false;
    name[name.write(path, 'latin1')] = 0;
    return true;
  };
  return {
    entry: (path) => (put(path) && statx.lookAtPath(nameAt) ? lookedAt(statx) : undefined),
    target: (path) => (put(path) && statx.lookAtTarget(nameAt) ? lookedAt(statx) : undefined),
  };
}

function lookedAt(statx: Statx): LookedAt {
  const type = statx.mode & FILE_TYPE.mask;
  return {
    id: fileId(statx.device, statx.inodeHigh, statx.inodeLow),
    isRegular: type === FILE_TYPE.regular,
    isDirectory: type === FILE_TYPE.directory,
    links: statx.links,
    diskBytes: statx.blocks * BLOCK_BYTES,
    apparentBytes: statx.size,
    changedAt: statx.ctime,
    bornAt: statx.birth ?? 0,
  };
}

function portable(
  path: ByteString,
  stat: (path: Buffer, options: { bigint: true }) => BigIntStats,
): LookedAt | undefined {
  try {
    const stats = stat(toBuffer(path), { bigint: true });
    return {
      id: fileIdOfStats(stats),
      isRegular: stats.isFile(),
      isDirectory: stats.isDirectory(),
      links: Number(stats.nlink),
      diskBytes: Number(stats.blocks) * BLOCK_BYTES,
      apparentBytes: Number(stats.size),
      changedAt: Number(stats.ctimeMs) / 1000,
      bornAt: Number(stats.birthtimeMs) / 1000,
    };
  } catch {
    return undefined;
  }
}
