/** Inodes without a name that XFS keeps because somebody still holds them, found among all that it lists: root only. */
import { closeSync, constants, openSync } from 'node:fs';
import { toBuffer } from '../../model/byte-string.ts';
import type { Orphan } from '../../model/ledger.ts';
import type { Mount } from '../../model/mount.ts';
import { BLOCK_BYTES } from '../../model/size.ts';
import { loadLibc } from '../calls/libc.ts';
import { readXfsGeometry, XfsBulkstat } from './xfs-bulkstat.ts';

/** Some hundred thousand inodes; a filesystem of more is not asked to the end. */
const MOST_MS = 150;

/** Those that were found in time; undefined where the kernel does not list inodes. */
export function readXfsOrphans({ mountPoint }: Mount): Orphan[] | undefined {
  const libc = loadLibc();
  if (!libc) return undefined;
  let descriptor: number;
  try {
    descriptor = openSync(toBuffer(mountPoint), constants.O_RDONLY | constants.O_DIRECTORY);
  } catch {
    return undefined;
  }
  try {
    const geometry = readXfsGeometry(libc, descriptor);
    if (!geometry) return undefined;
    const inodes = new XfsBulkstat(libc, descriptor, geometry);
    const until = performance.now() + MOST_MS;
    const orphans: Orphan[] = [];
    const look = (): void => {
      const { inode, links, blocks, size } = inodes;
      if (links === 0) orphans.push({ inode, diskBytes: blocks * BLOCK_BYTES, apparentBytes: size });
    };
    for (let group = 0; group < geometry.groups && performance.now() < until; group++) {
      inodes.begin(group);
      while (inodes.next(look) && performance.now() < until);
    }
    return orphans;
  } finally {
    closeSync(descriptor);
  }
}
