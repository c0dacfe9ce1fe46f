/** Opens a filesystem whose inodes are to be listed, or says why they cannot be. */
import { closeSync } from 'node:fs';
import { deviceNumber } from '../../model/file-id.ts';
import type { BulkRefusal } from '../../model/scan-result.ts';
import type { Libc } from '../../system/calls/libc.ts';
import { openRootDirectory } from '../../system/directories/root-directory.ts';
import { readUsage } from '../../system/filesystems/filesystems.ts';
import { readXfsGeometry, XfsBulkstat } from '../../system/filesystems/xfs-bulkstat.ts';
import { coveredBy } from './covered.ts';
import type { ListedVolume } from './inode-list.ts';
import { memoryFor } from './list-memory.ts';
import { namelessMemory } from './nameless-inodes.ts';
import { listSubvolumes } from './list-subvolumes.ts';
import type { VolumeRequest } from './open-volume.ts';
import { changedSince } from './rest.ts';

/** Lists of one mount, and what is to be closed when they are not needed any more. */
export interface OpenLists {
  readonly lists: readonly ListedVolume[];
  readonly mountDescriptor: number;
  /** Whether the lists say all that was written. */
  readonly isCommitted: boolean;
}

export function openLists(libc: Libc, request: VolumeRequest): OpenLists | BulkRefusal {
  const { mount } = request;
  if (mount.type !== 'xfs' && mount.type !== 'btrfs') return { code: 'other-type', type: mount.type };
  const options = new Set([...mount.options, ...mount.filesystemOptions]);
  const option = ['lazytime', 'idmapped'].find((name) => options.has(name));
  if (option !== undefined) return { code: 'mount-option', option };
  const mountDescriptor = openRootDirectory(libc, mount.mountPoint);
  if (mountDescriptor < 0) return { code: 'device-unreadable' };
  const common = { mountId: mount.id, mountDescriptor };
  const opened =
    mount.type === 'xfs' ? listXfs(libc, common, request) : listSubvolumes(libc, common, request);
  if (!('code' in opened)) return { ...opened, mountDescriptor };
  closeSync(mountDescriptor);
  return opened;
}

function listXfs(
  libc: Libc,
  common: Pick<ListedVolume, 'mountId' | 'mountDescriptor'>,
  { mount, mountPoints, restSeconds }: VolumeRequest,
): Omit<OpenLists, 'mountDescriptor'> | BulkRefusal {
  const geometry = readXfsGeometry(libc, common.mountDescriptor);
  const covered = coveredBy(mountPoints, mount.mountPoint);
  if (!geometry || !covered) return { code: 'device-unreadable' };
  const probe = new XfsBulkstat(libc, common.mountDescriptor, geometry);
  probe.begin(0);
  if (!probe.next(() => undefined)) return { code: 'device-unreadable' };
  const device = deviceNumber(mount.device);
  const inodes = geometry.groups * geometry.groupInodes;
  const memory = memoryFor(inodes, readUsage(mount.mountPoint).inodesUsed, 0);
  if (!memory) return { code: 'memory' };
  const listing = { type: 'xfs', geometry } as const;
  const parts = geometry.groups;
  const covers = covered.on(device);
  const rest = { covered: covers, names: undefined, changedSince: changedSince(restSeconds, false) };
  const nameless = namelessMemory();
  const list = { ...common, device, listing, parts, inodes, nameless, ...memory, ...rest };
  return { lists: [list], isCommitted: true };
}
