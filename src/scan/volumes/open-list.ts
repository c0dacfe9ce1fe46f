/** Opens an XFS filesystem whose inodes are to be listed, or says why they cannot be. */
import { closeSync } from 'node:fs';
import { isInside, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { deviceNumber } from '../../model/file-id.ts';
import type { BulkRefusal } from '../../model/scan-result.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import type { Libc } from '../../system/calls/libc.ts';
import { lstatIfAny } from '../../system/calls/lstat.ts';
import { openRootDirectory } from '../../system/directories/root-directory.ts';
import { readUsage } from '../../system/filesystems/filesystems.ts';
import { readXfsGeometry, XfsBulkstat } from '../../system/filesystems/xfs-bulkstat.ts';
import type { XfsGeometry } from '../../system/filesystems/xfs-bulkstat.ts';
import { readMemory } from '../../system/machine/memory.ts';
import { openTreeWithoutMounts } from '../../system/mounts/open-tree.ts';
import type { ListedVolume } from './inode-list.ts';
import { RECORD_WORDS } from './inode-records.ts';
import type { VolumeRequest } from './open-volume.ts';

const CHUNK = 64;
/** Written longer ago than this, the size on disk is the size. */
const REST_SECONDS = 600;
/** Of the memory that is available, one part in so many may be taken. */
const MEMORY_SHARE = 4;
const MOST_CHUNKS = 2 ** 28;

export function openList(libc: Libc, request: VolumeRequest): ListedVolume | BulkRefusal {
  const { mount, mountPoints } = request;
  if (mount.type !== 'xfs') return { code: 'other-type', type: mount.type };
  if (mount.options.includes('idmapped')) return { code: 'mount-option', option: 'idmapped' };
  const descriptor = openRootDirectory(libc, mount.mountPoint);
  if (descriptor < 0) return { code: 'device-unreadable' };
  const list = listOn(libc, descriptor, request, coveredBy(mountPoints, mount.mountPoint));
  if ('code' in list) closeSync(descriptor);
  return list;
}

function listOn(
  libc: Libc,
  mountDescriptor: number,
  { mount, restSeconds }: VolumeRequest,
  covered: ReadonlySet<number> | undefined,
): ListedVolume | BulkRefusal {
  const geometry = readXfsGeometry(libc, mountDescriptor);
  const probe = new XfsBulkstat(libc, mountDescriptor);
  probe.begin(0);
  if (!geometry || !covered || probe.next() === 0) return { code: 'device-unreadable' };
  const memory = memoryFor(geometry, readUsage(mount.mountPoint).inodesUsed);
  if (!memory) return { code: 'memory' };
  return {
    mountId: mount.id,
    device: deviceNumber(mount.device),
    mountDescriptor,
    geometry,
    ...memory,
    counts: new Int32Array(new SharedArrayBuffer(12)),
    changedSince: Math.floor(nowSeconds() - (restSeconds ?? REST_SECONDS)),
    covered,
  };
}

/** Chunks may be half empty: there is room for that, and what finds none is asked of the kernel. */
function memoryFor(
  { groups, groupInodes }: XfsGeometry,
  inodesUsed: number,
): Pick<ListedVolume, 'chunks' | 'words'> | undefined {
  const possible = Math.ceil((groups * groupInodes) / CHUNK);
  const words = (2 * inodesUsed + 1000 * CHUNK) * RECORD_WORDS;
  const available = readMemory()?.availableBytes ?? 0;
  if (possible > MOST_CHUNKS || words > 2 ** 32 - 1 || words * 4 > available / MEMORY_SHARE) return undefined;
  return {
    chunks: new Uint32Array(new SharedArrayBuffer(possible * 4)),
    words: new Uint32Array(new SharedArrayBuffer(words * 4)),
  };
}

/** Inodes of what lies under mounts; undefined where that cannot be seen. */
function coveredBy(
  mountPoints: readonly ByteString[],
  mountPoint: ByteString,
): ReadonlySet<number> | undefined {
  const covered = new Set<number>();
  const inside = mountPoints.filter((place) => place !== mountPoint && isInside(place, mountPoint));
  if (inside.length === 0) return covered;
  const copy = openTreeWithoutMounts(mountPoint);
  if (typeof copy === 'string') return undefined;
  using tree = copy;
  for (const place of inside) {
    const below = place.slice(mountPoint === '/' ? 1 : mountPoint.length + 1) as ByteString;
    const inode = lstatIfAny(joinPath(tree.path, below))?.ino;
    if (inode !== undefined) covered.add(inode);
  }
  return covered;
}
