/**
 * The second look at what is held, by processes and by the kernel, just before deletion: whatever came into use since
 * it was judged is kept.
 */
import { isInside } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { IDENTITY_WORD } from '../../model/entry-digest.ts';
import { fileId, inodeParts } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';
import type { Holding } from '../../model/deletion.ts';
import type { Mount } from '../../model/mount.ts';
import type { OpenFiles } from '../../model/process.ts';
import type { DiskFile } from '../../system/disks/disk-files.ts';
import { COUNTS_OPENERS } from '../../system/files/open-probe.ts';
import type { FileLock } from '../../system/files/file-locks.ts';
import type { ForeignMounts } from '../../system/mounts/foreign-mounts.ts';
import { holderOfMount } from '../../system/mounts/mount-holders.ts';
import { placeOnDevice } from '../../system/mounts/mounts.ts';
import { findLayers } from '../../system/mounts/overlay-layers.ts';
import { isRunning } from '../../system/processes/running-programs.ts';
import type { HashSet } from './hash-set.ts';

/** The second of the words that tell an inode in a set of them. */
export function inodeKey(words: Uint32Array): number {
  return (words[IDENTITY_WORD.inodeHigh] ^ words[IDENTITY_WORD.device]) >>> 0;
}

/** One's own lock by flock(1), which is gone: whoever else has one so has the file open, and is seen by that. */
function mayBeOwn(holding: Holding): boolean {
  return holding.by === 'lock' && holding.lock === 'FLOCK' && !isRunning(holding.pid);
}

/** Bits of the filter that spares most entries the making of an id. */
const FILTER_BITS = 16;
const FILTER_MASK = 2 ** FILTER_BITS - 1;
/** A look at all processes older than this is taken again before the next unit. */
const FRESH_MS = 1000;

/** What the look is taken with. */
export interface HeldSources {
  readonly openFiles: () => OpenFiles;
  readonly fileLocks: () => readonly FileLock[] | undefined;
  readonly diskFiles: () => readonly DiskFile[];
  readonly mounts: () => readonly Mount[];
  readonly foreignMounts: () => ForeignMounts;
}

/** Taken apart once: it is compared with every unit. */
interface HeldInode {
  readonly inodeLow: number;
  /** As `inodeKey` makes it. */
  readonly key: number;
  readonly holding: Holding;
}

export class LastLook {
  readonly #sources: HeldSources;
  readonly #ownPid: number;
  readonly #filter = new Uint8Array(2 ** FILTER_BITS);
  readonly #byProcesses = new Map<FileId, HeldInode>();
  readonly #byKernel = new Map<FileId, HeldInode>();
  #mounts: readonly Mount[] = [];
  #foreign: ForeignMounts = { namespaces: [], hidden: 0 };
  #takenAt = -Infinity;

  constructor(sources: HeldSources, ownPid: number) {
    this.#sources = sources;
    this.#ownPid = ownPid;
  }

  /**
   * Looks again: at the kernel's disks and mounts every time, at all processes where the last look is too old.
   * @param nowMs of a clock that only moves forward.
   * @param units what is about to be deleted.
   */
  refresh(nowMs: number, units: readonly ByteString[]): void {
    if (nowMs - this.#takenAt >= FRESH_MS) this.#lookAtProcesses(nowMs);
    this.#byKernel.clear();
    this.#mounts = this.#sources.mounts();
    for (const { id, user } of this.#sources.diskFiles())
      if (id !== undefined) this.#add(this.#byKernel, id, { by: 'disk', user });
    for (const { id, mountPoint } of findLayers(this.#mounts, this.#foreign, units, 'anywhere-below'))
      this.#add(this.#byKernel, id, { by: 'overlay', mountPoint });
  }

  /** Who holds the entry; undefined where nobody is seen to. */
  holdingOf(words: Uint32Array): Holding | undefined {
    if (this.#filter[words[IDENTITY_WORD.inodeLow] & FILTER_MASK] === 0) return undefined;
    const id = fileId(
      words[IDENTITY_WORD.device],
      words[IDENTITY_WORD.inodeHigh],
      words[IDENTITY_WORD.inodeLow],
    );
    return (this.#byKernel.get(id) ?? this.#byProcesses.get(id))?.holding;
  }

  /** Who holds one of the inodes, which were added by their low half and `inodeKey`. */
  holdingAmong(inodes: HashSet): Holding | undefined {
    for (const held of [this.#byKernel, this.#byProcesses])
      for (const { inodeLow, key, holding } of held.values())
        if (inodes.has(inodeLow, key) && !mayBeOwn(holding)) return holding;
    return undefined;
  }

  /** Whether the filesystem of a mount counts who has its files open (see COUNTS_OPENERS). */
  tellsOpeners(mountId: number): boolean {
    return COUNTS_OPENERS.has(this.#mounts.find(({ id }) => id === mountId)?.type ?? '');
  }

  /** A mount in the unit, which the guard must not even look at: it may not answer. */
  mountIn(unit: ByteString): ByteString | undefined {
    return this.#mounts.find(({ mountPoint }) => isInside(mountPoint, unit))?.mountPoint;
  }

  /** What a mount shows of the unit, or covers in it, anywhere; `mountId` is the one it is reached through. */
  mountHolding(unit: ByteString, mountId: number): Holding | undefined {
    const through = this.#mounts.find(({ id }) => id === mountId);
    if (!through) return undefined;
    const place = { device: through.device, place: placeOnDevice(through, unit), path: unit };
    const holder = holderOfMount(place, this.#mounts, this.#foreign);
    return holder && 'mountPoint' in holder
      ? { by: holder.how === 'overlay' ? 'overlay' : 'mount', mountPoint: holder.mountPoint }
      : undefined;
  }

  #lookAtProcesses(nowMs: number): void {
    this.#byProcesses.clear();
    this.#filter.fill(0);
    this.#foreign = this.#sources.foreignMounts();
    for (const { id, pid, kind } of this.#sources.fileLocks() ?? [])
      if (pid !== this.#ownPid) this.#add(this.#byProcesses, id, { by: 'lock', pid, lock: kind });
    for (const { id, holds } of this.#sources.openFiles().files.values()) {
      const hold = holds.find(({ pid }) => pid !== this.#ownPid);
      if (hold) this.#add(this.#byProcesses, id, { by: 'process', pid: hold.pid, hold: hold.kind });
    }
    this.#takenAt = nowMs;
  }

  #add(to: Map<FileId, HeldInode>, id: FileId, holding: Holding): void {
    const { device, inodeHigh, inodeLow } = inodeParts(id);
    to.set(id, { inodeLow, key: (inodeHigh ^ device) >>> 0, holding });
    this.#filter[inodeLow & FILTER_MASK] = 1;
  }
}
