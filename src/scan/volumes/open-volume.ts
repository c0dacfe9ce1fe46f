/** Opens the filesystem of a mount to be read in bulk, or says why it cannot be: then it is walked. */
import { closeSync, readFileSync } from 'node:fs';
import { isInside, parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { deviceNumber } from '../../model/file-id.ts';
import type { Mount } from '../../model/mount.ts';
import type { BulkRefusal } from '../../model/scan-result.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import { lstatIfAny } from '../../system/calls/lstat.ts';
import type { Libc } from '../../system/calls/libc.ts';
import { openRootDirectory } from '../../system/directories/root-directory.ts';
import { delayedBlocks, deviceReader, isMountedByExt4, openDevice } from '../../system/ext4/device-reader.ts';
import type { DeviceReader, OpenDevice } from '../../system/ext4/device-reader.ts';
import { readInodeTables } from '../../system/ext4/inode-tables.ts';
import type { InodeTables } from '../../system/ext4/inode-tables.ts';
import { isRefusal, parseSuperBlock, SUPER_BLOCK } from '../../system/ext4/super-block.ts';
import type { Ext4Geometry } from '../../system/ext4/super-block.ts';
import { readMemory } from '../../system/machine/memory.ts';
import { MOST_PIECE_BYTES, RECORD_WORDS } from './inode-records.ts';
import type { RecordMemory, Volume } from './volume.ts';

/** What a volume is opened for. */
export interface VolumeRequest {
  readonly mount: Mount;
  /** All of the filesystem is read: its tables are, too, from end to end. */
  readonly isWhole: boolean;
  /** Where something is mounted. */
  readonly mountPoints: readonly ByteString[];
  /** What was changed in the last so many seconds is looked at by statx; undefined for what the kernel may still hold back. */
  readonly restSeconds: number | undefined;
}

/** Around the inodes that are needed, where only a part of the filesystem is read. */
const SMALL_PIECE_BYTES = 2 ** 16;
/** Of the memory that is available, one part in so many may be taken for records. */
const MEMORY_SHARE = 4;
/** A typed array's most words. */
const MOST_WORDS = 2 ** 32 - 1;

/** The volume, its descriptors to be closed by `closeVolume`; or why there is none. */
export function openVolume(libc: Libc, request: VolumeRequest): Volume | BulkRefusal {
  const { mount } = request;
  if (!/^ext[234]$/u.test(mount.type)) return { code: 'other-type', type: mount.type };
  if (!isMountedByExt4(mount.device)) return { code: 'device-unreadable' };
  const options = new Set([...mount.options, ...mount.filesystemOptions]);
  // Times that are in memory only; owners that are other ones here.
  const option = ['lazytime', 'idmapped', 'nouid32'].find((name) => options.has(name));
  if (option !== undefined) return { code: 'mount-option', option };
  const device = openDevice(mount);
  if (!device) return { code: 'device-unreadable' };
  const volume = openOn(libc, device, request);
  if ('code' in volume) closeSync(device.descriptor);
  return volume;
}

export function closeVolume({ deviceDescriptor, mountDescriptor }: Volume): void {
  closeSync(deviceDescriptor);
  closeSync(mountDescriptor);
}

function openOn(libc: Libc, device: OpenDevice, request: VolumeRequest): Volume | BulkRefusal {
  const { mount, mountPoints, isWhole } = request;
  const read = deviceReader(libc, device.descriptor);
  const restSeconds = request.restSeconds ?? secondsToRest(mount.device);
  if (restSeconds === undefined) return { code: 'held-back' };
  const changedSince = Math.floor(nowSeconds() - restSeconds);
  const geometry = readGeometry(read, device.bytes);
  if ('code' in geometry) return geometry;
  const tables = readInodeTables(geometry, read);
  if (!tables) return { code: 'implausible' };
  const records = recordMemory(geometry, tables, isWhole);
  if (!records) return { code: 'memory' };
  const mountDescriptor = openRootDirectory(libc, mount.mountPoint);
  if (mountDescriptor < 0) return { code: 'device-unreadable' };
  return {
    mountId: mount.id,
    device: deviceNumber(mount.device),
    deviceDescriptor: device.descriptor,
    mountDescriptor,
    geometry,
    tables,
    records,
    changedSince,
    mountParents: parentsOf(mountPoints, mount.mountPoint),
  };
}

function readGeometry(read: DeviceReader, deviceBytes: number): Ext4Geometry | BulkRefusal {
  const bytes = Buffer.alloc(SUPER_BLOCK.bytes);
  if (!read.fill(bytes, SUPER_BLOCK.position)) return { code: 'device-unreadable' };
  const parsed = parseSuperBlock(bytes, deviceBytes);
  if (!isRefusal(parsed)) return parsed;
  return parsed.code === 'feature' ? parsed : { code: 'implausible' };
}

/** Undefined where it would take more memory than this machine can spare. */
function recordMemory(
  geometry: Ext4Geometry,
  { used }: InodeTables,
  isWhole: boolean,
): RecordMemory | undefined {
  const { groups, inodeBytes, inodesPerGroup } = geometry;
  const pieceBytes = isWhole ? MOST_PIECE_BYTES : SMALL_PIECE_BYTES;
  const pieceInodes = Math.min(inodesPerGroup, Math.max(1, Math.floor(pieceBytes / inodeBytes)));
  const starts = new Float64Array(new SharedArrayBuffer(groups * 8));
  const firstPieces = new Uint32Array(new SharedArrayBuffer(groups * 4));
  let records = 0;
  let pieces = 0;
  for (let group = 0; group < groups; group++) {
    starts[group] = records;
    firstPieces[group] = pieces;
    records += used[group];
    pieces += Math.ceil(used[group] / pieceInodes);
  }
  const words = records * RECORD_WORDS;
  const available = readMemory()?.availableBytes ?? 0;
  if (words > MOST_WORDS || words * 4 > available / MEMORY_SHARE) return undefined;
  return {
    words: new Uint32Array(new SharedArrayBuffer(words * 4)),
    starts,
    firstPieces,
    states: new Int32Array(new SharedArrayBuffer(pieces * 4)),
    pieceInodes,
    isWhole,
    found: new Int32Array(new SharedArrayBuffer(Math.ceil(records / 32) * 4)),
    counts: new Int32Array(new SharedArrayBuffer(8)),
  };
}

/** Changes are on disk, or in the device's cache, after this; undefined where the kernel may hold them back for longer. */
function secondsToRest(device: string): number | undefined {
  if (delayedBlocks(device) === 0) return REST_SECONDS;
  const [writeback, expire, laptop] = [
    'dirty_writeback_centisecs',
    'dirty_expire_centisecs',
    'laptop_mode',
  ].map(kernelSetting);
  if (writeback === 0 || laptop !== 0) return undefined;
  const slowest = (2 * (writeback + expire)) / 100;
  return slowest > LONGEST_REST_SECONDS ? undefined : LONGEST_REST_SECONDS;
}

/** What was written this long ago and has a place on disk is as the device's cache says. */
const REST_SECONDS = 60;
/** The kernel writes after half a minute by itself; a disk that is slow or busy may be behind. */
const LONGEST_REST_SECONDS = 600;

function kernelSetting(name: string): number {
  try {
    return Number(readFileSync(`/proc/sys/vm/${name}`, 'latin1'));
  } catch {
    return 0;
  }
}

/** Inodes of the directories on the mount that hold mount points of others: what covers what is for the kernel to say. */
function parentsOf(mountPoints: readonly ByteString[], mountPoint: ByteString): ReadonlySet<number> {
  const parents = new Set<number>();
  for (const place of mountPoints) {
    if (place === mountPoint || !isInside(place, mountPoint)) continue;
    const inode = lstatIfAny(parentPath(place))?.ino;
    if (inode !== undefined) parents.add(inode);
  }
  return parents;
}
