/** Everything that is held on this machine, gathered once: by processes, by locks, by the kernel, by mounts elsewhere. */
import { isInside } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { deviceOf } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';
import type { Mount } from '../../model/mount.ts';
import type { OpenFiles } from '../../model/process.ts';
import type { TmpHolder } from '../../model/tmp-reason.ts';
import { readDiskFiles } from '../../system/disks/disk-files.ts';
import type { DiskFile } from '../../system/disks/disk-files.ts';
import { readFileLocks } from '../../system/files/file-locks.ts';
import { readForeignMounts } from '../../system/mounts/foreign-mounts.ts';
import type { ForeignMounts } from '../../system/mounts/foreign-mounts.ts';
import { findLayers } from '../../system/mounts/overlay-layers.ts';
import type { OverlayLayer } from '../../system/mounts/overlay-layers.ts';
import { scanOpenFiles } from '../../system/processes/open-files.ts';
import { readProcess } from '../../system/processes/process-identity.ts';
import { runningPrograms } from '../../system/processes/running-programs.ts';
import { readUnixSockets } from '../../system/processes/unix-sockets.ts';
import type { UnixSockets } from '../../system/processes/unix-sockets.ts';

/** Ways to hold a file, the most telling first. */
export const HOLDS = ['executable', 'working-directory', 'root', 'descriptor', 'mapping'] as const;

/** Says who holds an inode and how. */
export class Holdings {
  readonly open: OpenFiles;
  readonly sockets: UnixSockets;
  readonly disks: readonly DiskFile[];
  /** This namespace's mounts, covered ones included. */
  readonly ownMounts: readonly Mount[];
  readonly mounts: ForeignMounts;
  readonly layers: readonly OverlayLayer[];
  readonly commands: ReadonlyMap<string, readonly number[]>;
  /** False where locks could not be read. */
  readonly knowsLocks: boolean;
  readonly #locks = new Map<FileId, TmpHolder[]>();

  /**
   * @param ownMounts this namespace's.
   * @param open what processes hold, where it was asked for already.
   * @param places where units may lie.
   * @param devices pairs of a filesystem's own device number and the one its files show (btrfs subvolumes).
   */
  constructor(
    ownMounts: readonly Mount[],
    places: readonly ByteString[],
    devices: readonly (readonly [own: number, shown: number])[],
    open: OpenFiles = scanOpenFiles(true),
  ) {
    this.open = open;
    this.sockets = readUnixSockets();
    this.disks = readDiskFiles();
    this.ownMounts = ownMounts;
    this.mounts = readForeignMounts();
    this.layers = findLayers(ownMounts, this.mounts, places, 'directories-in-them');
    this.commands = runningPrograms();
    const locks = readFileLocks();
    this.knowsLocks = locks !== undefined;
    for (const { id, pid, kind } of locks ?? []) {
      const holder: TmpHolder = { pid, command: commandOf(pid), how: 'lock', lock: kind };
      for (const one of [id, ...shownAs(id, devices)]) this.#addLock(one, holder);
    }
  }

  /** The inodes of all this. This process's own are left out. */
  inodes(): ReadonlySet<FileId> {
    const ids = new Set<FileId>(this.#locks.keys());
    for (const { id, holds } of this.open.files.values()) {
      if (holds.some(({ pid }) => pid !== process.pid)) ids.add(id);
    }
    for (const { id } of this.disks) if (id !== undefined) ids.add(id);
    for (const { id } of this.layers) ids.add(id);
    return ids;
  }

  /** Who holds an inode, most telling first; each process once. */
  holdersOf(id: FileId): TmpHolder[] {
    const holders = new Map<number, TmpHolder>();
    const add = (holder: TmpHolder): void => {
      if (!holders.has(holder.pid)) holders.set(holder.pid, holder);
    };
    const holds = (this.open.files.get(id)?.holds ?? []).filter(({ pid }) => pid !== process.pid);
    for (const how of HOLDS) {
      for (const { pid } of holds.filter(({ kind }) => kind === how)) {
        add({ pid, command: commandOf(pid), how });
      }
    }
    for (const lock of this.#locks.get(id) ?? []) add(lock);
    for (const disk of this.disks) if (disk.id === id) add(diskHolder(disk));
    const layer = this.layers.find((one) => one.id === id);
    if (layer) add({ pid: 0, command: '' as ByteString, how: 'overlay', mountPoint: layer.mountPoint });
    return [...holders.values()];
  }

  isLocked(id: FileId): boolean {
    return this.#locks.has(id);
  }

  /** Loop devices, swap and exports by path: a file in another mount namespace has no id here. */
  diskIn(unit: ByteString): TmpHolder | undefined {
    const disk = this.disks.find(({ path }) => isInside(path, unit));
    return disk && diskHolder(disk);
  }

  /** Pids of running programs of these names. */
  running(names: readonly string[]): TmpHolder[] {
    return names.flatMap((name) =>
      (this.commands.get(name) ?? []).map((pid) => ({ pid, command: name as ByteString, how: 'running' })),
    );
  }

  #addLock(id: FileId, holder: TmpHolder): void {
    const known = this.#locks.get(id);
    if (known) known.push(holder);
    else this.#locks.set(id, [holder]);
  }
}

function shownAs(id: FileId, devices: readonly (readonly [number, number])[]): FileId[] {
  const own = deviceOf(id);
  const inode = id.slice(id.indexOf(':') + 1);
  return devices.filter(([one]) => one === own).map(([, shown]) => `${shown}:${inode}` as FileId);
}

/** A lock's pid may be dead, or of another PID namespace (-1 or 0). */
function commandOf(pid: number): ByteString {
  return (pid > 0 ? readProcess(pid)?.command : undefined) ?? ('' as ByteString);
}

function diskHolder({ user }: DiskFile): TmpHolder {
  const kernel = { pid: 0, command: user as ByteString };
  if (user === 'swap') return { ...kernel, how: 'swap' };
  return user === 'nfsd' ? { ...kernel, how: 'exported' } : { ...kernel, how: 'disk-image', device: user };
}
