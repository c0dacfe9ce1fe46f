/** How much one inode has grown since it is watched: a counter that only rises, through truncations, holes and preallocation. */
import type { ByteString } from '../../model/byte-string.ts';
import type { FileId } from '../../model/file-id.ts';
import type { KeptInode, KeptSize } from '../../model/kept-growth.ts';
import type { LookedAt } from '../../system/files/file-look.ts';

/** What a look told: it grew, it was cut short (and may have grown since), or neither. */
export type Change = 'grew' | 'truncated' | 'same';

/** Bytes a file may hold that its allocated blocks do not show: a tail inside the last block. */
const SLACK_BYTES = 8192;
/** Growth between two looks that is believed after a truncation, however slow the file was before. */
const BELIEVED_BYTES = 64 * 1024;
/** … or so many times what it wrote in that time before. */
const BELIEVED_FACTOR = 4;

/** A truncation is taken to have been so long ago at most, for what was written before it. */
const UNSEEN_SECONDS = 0.3;

export interface Baseline {
  readonly diskBytes: number;
  readonly apparentBytes: number;
}

export const NOTHING: Baseline = { diskBytes: 0, apparentBytes: 0 };

export class InodeMeter {
  readonly id: FileId;
  readonly bornAt: number;
  /** Its name; the last it had where it has none any more. */
  path: ByteString;
  /** /proc/PID/fd/N where it has no name any more. */
  descriptorPath: ByteString | undefined;
  /** Seconds since 1970. */
  lookedAt: number;
  grewAt = -Infinity;
  diskBytes: number;
  apparentBytes: number;
  /** Allocated since it is watched: what it took from the filesystem, given back or not. */
  takenBytes: number;
  #base: Baseline;
  /** Written in the segment since the last truncation, and in all before it. */
  #written = 0;
  #writtenBefore = 0;
  #bytesPerSecond = 0;

  /** @param base what it held when the watch began; the first look counts what is beyond. */
  constructor(path: ByteString, first: KeptSize, base: Baseline, nowSeconds: number) {
    this.id = first.id;
    this.bornAt = first.bornAt;
    this.path = path;
    this.lookedAt = nowSeconds;
    this.diskBytes = first.diskBytes;
    this.apparentBytes = first.apparentBytes;
    this.takenBytes = Math.max(0, first.diskBytes - base.diskBytes);
    // Cut short since the watch began: what it holds was written since.
    this.#base = first.apparentBytes < base.apparentBytes ? NOTHING : base;
    this.#written = this.#inSegment();
    if (this.#written > 0) this.grewAt = nowSeconds;
  }

  /** Goes on where a process before this one was when it was ended. */
  static restored(kept: KeptInode): InodeMeter {
    const meter = new InodeMeter(kept.path, kept, kept.base, kept.lookedAt);
    meter.descriptorPath = kept.descriptorPath;
    meter.grewAt = kept.grewAt ?? -Infinity;
    meter.takenBytes = kept.takenBytes;
    meter.#base = kept.base;
    meter.#written = kept.written;
    meter.#writtenBefore = kept.writtenBefore;
    meter.#bytesPerSecond = kept.bytesPerSecond;
    return meter;
  }

  /** As it is now, for the process after this one. */
  kept(): KeptInode {
    const { id, bornAt, path, descriptorPath, lookedAt, grewAt, diskBytes, apparentBytes, takenBytes } = this;
    return {
      id,
      bornAt,
      path,
      descriptorPath,
      lookedAt,
      grewAt: grewAt < 0 ? undefined : grewAt,
      diskBytes,
      apparentBytes,
      takenBytes,
      base: { diskBytes: this.#base.diskBytes, apparentBytes: this.#base.apparentBytes },
      written: this.#written,
      writtenBefore: this.#writtenBefore,
      bytesPerSecond: Math.round(this.#bytesPerSecond),
    };
  }

  /** Bytes written since it is watched. */
  get writtenBytes(): number {
    return this.#writtenBefore + this.#written;
  }

  get openPath(): ByteString {
    return this.descriptorPath ?? this.path;
  }

  /** Whether `other` is this very file and not one that got its inode number later. */
  isSame(other: LookedAt): boolean {
    return this.bornAt === 0 || other.bornAt === 0 || this.bornAt === other.bornAt;
  }

  /** Takes in a new look at the same inode. */
  see(look: LookedAt, nowSeconds: number): Change {
    const before = this.writtenBytes;
    const seconds = Math.max(0.001, nowSeconds - this.lookedAt);
    const isTruncated = this.#wasTruncated(look);
    if (isTruncated) this.#beginSegment(look, seconds);
    // What a truncation gave back and was taken again is not seen block by block; what is there now was.
    this.takenBytes += isTruncated ? look.diskBytes : Math.max(0, look.diskBytes - this.diskBytes);
    this.diskBytes = look.diskBytes;
    this.apparentBytes = look.apparentBytes;
    this.#written = Math.max(this.#written, this.#inSegment());
    this.lookedAt = nowSeconds;
    const grown = this.writtenBytes - before;
    this.#bytesPerSecond += (grown / seconds - this.#bytesPerSecond) * Math.min(1, seconds);
    if (grown > 0) this.grewAt = nowSeconds;
    if (isTruncated) return 'truncated';
    return grown > 0 ? 'grew' : 'same';
  }

  /**
   * Shorter than before, or emptied and written on at the old offset by a writer without O_APPEND: then it is as long
   * as ever and a hole, which blocks that a filesystem had only allocated ahead and took back never leave.
   */
  #wasTruncated({ diskBytes, apparentBytes }: LookedAt): boolean {
    if (apparentBytes < this.apparentBytes) return true;
    return (
      diskBytes < this.diskBytes - BELIEVED_BYTES &&
      diskBytes + BELIEVED_BYTES < apparentBytes &&
      diskBytes < this.diskBytes / 2
    );
  }

  #beginSegment({ diskBytes, apparentBytes }: LookedAt, seconds: number): void {
    this.#writtenBefore += this.#written;
    this.#written = 0;
    const believed = Math.max(BELIEVED_BYTES, this.#bytesPerSecond * seconds * BELIEVED_FACTOR);
    const written = Math.min(apparentBytes, diskBytes);
    // Rotation empties a file; what is beyond belief was left in it.
    this.#base = written <= believed ? NOTHING : { diskBytes, apparentBytes };
    if (written > believed) return;
    // What was written between the last look and the truncation nobody saw: as much as before, less what is there now.
    const unseen = this.#bytesPerSecond * Math.min(seconds, UNSEEN_SECONDS) - written;
    this.#writtenBefore += Math.max(0, unseen);
  }

  /** Neither holes nor blocks allocated ahead were written. */
  #inSegment(): number {
    return Math.max(
      0,
      Math.min(
        this.apparentBytes - this.#base.apparentBytes,
        this.diskBytes - this.#base.diskBytes + SLACK_BYTES,
      ),
    );
  }
}
