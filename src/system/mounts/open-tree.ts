/** A view of a filesystem without what is mounted over its directories. */
import { closeSync } from 'node:fs';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { errnoName } from '../calls/errno.ts';
import { loadLibc } from '../calls/libc.ts';

/** A detached copy of one mount, gone when disposed. */
export interface OpenTree extends Disposable {
  /** A path that leads to its root: /proc/self/fd/N. */
  readonly path: ByteString;
}

const AT_FDCWD = -100;
/** OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC (open_tree(2)). Without AT_RECURSIVE the copy has no mounts in it. */
const CLONE = 1 | 0o2000000;

/** Copies the mount at `mountPoint`; returns the errno's name where that is not allowed (EPERM: not root) or not possible. */
export function openTreeWithoutMounts(mountPoint: ByteString): OpenTree | string {
  const libc = loadLibc();
  if (!libc) return 'ENOSYS';
  const path = Buffer.concat([toBuffer(mountPoint), Buffer.alloc(1)]);
  const descriptor = libc.openTree(AT_FDCWD, libc.addressOf(path), CLONE);
  if (descriptor < 0) return errnoName(libc.errno());
  return {
    path: `/proc/self/fd/${descriptor}` as ByteString,
    [Symbol.dispose]: () => {
      closeSync(descriptor);
    },
  };
}
