/** One file that grows, through all its rotations: a name, and the inodes that have stood behind it. */
import { baseName, parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { FileId } from '../../model/file-id.ts';
import type { KeptSeries } from '../../model/kept-growth.ts';
import { AlarmState } from './alarm-state.ts';
import type { Growing } from '../ground/ground.ts';
import { InodeMeter } from './inode-meter.ts';
import { Rate } from './rate.ts';

/** A name without a file for so long has moved away for good. */
const MOVED_SECONDS = 2;
/** Bytes a file must have grown by before its rotations are worth telling. */
const WORTH_TELLING_BYTES = 4096;

export class FileGrowth {
  readonly number: number;
  readonly what = 'file';
  readonly files = 0;
  readonly rate = new Rate();
  readonly alarm = new AlarmState();
  /** The name it was first seen under, for as long as there is a file of that name. */
  path: ByteString;
  /** Looks like a copy that a rotation makes of another log: it grows in one go and then no more. */
  readonly isRotationCopy: boolean;
  rotatedAt = -Infinity;
  /** Of `grownBytes`, what was written before this process watched it: no growth of now. */
  earlierBytes = 0;
  earlierFiles = 0;
  /** Inodes that still exist, the newest last. */
  readonly #members: InodeMeter[] = [];
  #retiredBytes = 0;
  /** Of the last member, when none is left. */
  #last: InodeMeter;

  constructor(number: number, first: InodeMeter, isRotationCopy: boolean) {
    this.number = number;
    this.path = first.path;
    this.isRotationCopy = isRotationCopy;
    this.#members.push(first);
    this.#last = first;
  }

  get members(): readonly InodeMeter[] {
    return this.#members;
  }

  /** Bytes written to all its inodes since it is watched. */
  get grownBytes(): number {
    return this.#members.reduce((sum, { writtenBytes }) => sum + writtenBytes, this.#retiredBytes);
  }

  get isWorthTelling(): boolean {
    return this.grownBytes >= WORTH_TELLING_BYTES;
  }

  /** The inode that grows now; where none does, the one the name leads to. */
  get current(): InodeMeter {
    let current = this.#last;
    for (const meter of this.#members) if (meter.grewAt > current.grewAt) current = meter;
    return current;
  }

  get id(): FileId {
    return this.current.id;
  }

  get diskBytes(): number {
    return this.current.diskBytes;
  }

  get apparentBytes(): number {
    return this.current.apparentBytes;
  }

  /** A new inode stands behind the name. */
  add(meter: InodeMeter): void {
    this.#members.push(meter);
    this.#last = meter;
  }

  /** An inode is gone for good. */
  retire(meter: InodeMeter): void {
    const index = this.#members.indexOf(meter);
    if (index < 0) return;
    this.#members.splice(index, 1);
    this.#retiredBytes += meter.writtenBytes;
    this.#last = this.#members.at(-1) ?? meter;
  }

  /** Whether it grows under another name, and no file has come under the old one. */
  hasMovedAway(now: number): boolean {
    const { path, descriptorPath, grewAt } = this.current;
    return (
      path !== this.path &&
      descriptorPath === undefined &&
      now - this.rotatedAt > MOVED_SECONDS &&
      now - grewAt < MOVED_SECONDS &&
      !this.#members.some((meter) => meter.path === this.path)
    );
  }

  /** Without its members. */
  kept(): KeptSeries {
    const { number, what, path, files, isRotationCopy } = this;
    const last = this.#members.length > 0 ? undefined : this.#last.kept();
    return {
      number,
      what,
      path,
      files,
      isRotationCopy,
      bytes: this.#retiredBytes,
      last,
      alarm: this.alarm.kept(),
    };
  }

  /** @param members none where none is left. Undefined where not even the last is known. */
  static restored(kept: KeptSeries, members: readonly InodeMeter[]): FileGrowth | undefined {
    const [first, ...others] = members;
    const start = first ?? (kept.last && InodeMeter.restored(kept.last));
    if (start === undefined) return undefined;
    const growth = new FileGrowth(kept.number, start, kept.isRotationCopy === true);
    growth.path = kept.path;
    growth.#retiredBytes = kept.bytes;
    for (const member of others) growth.add(member);
    if (first === undefined) growth.#members.length = 0;
    return growth;
  }

  growing(now: number): Growing {
    const { current } = this;
    const isUnlinked = current.descriptorPath !== undefined;
    return {
      growth: this.number,
      what: this.what,
      id: current.id,
      path: this.path,
      openPath: this.#members.length > 0 ? current.openPath : undefined,
      isUnlinked,
      apparentBytes: current.apparentBytes,
      bytesPerSecond: this.rate.bytesPerSecond(now),
    };
  }
}

/** Whether `path` is what a rotation may call a copy of `log`: log.1, log-20261122, log.1.gz. */
export function isRotatedName(path: ByteString, log: ByteString): boolean {
  if (parentPath(path) !== parentPath(log)) return false;
  const name = baseName(log);
  const other = baseName(path);
  if (other.startsWith(name)) return /^[.\-_][\w.-]*$/u.test(other.slice(name.length));
  // app.log becomes app-20261122.log or app.1.log.
  const dot = name.lastIndexOf('.');
  if (dot <= 0) return false;
  const stem = name.slice(0, dot);
  return (
    other.startsWith(stem) &&
    other.endsWith(name.slice(dot)) &&
    /^[.\-_][\d.\-_T:]*\d/u.test(other.slice(stem.length, -name.slice(dot).length || undefined))
  );
}
