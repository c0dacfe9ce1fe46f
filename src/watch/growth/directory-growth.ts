/** A directory in which many small files appear: none of them grows, all together do. */
import type { ByteString } from '../../model/byte-string.ts';
import type { FileId } from '../../model/file-id.ts';
import type { KeptSeries } from '../../model/kept-growth.ts';
import { AlarmState } from './alarm-state.ts';
import type { Growing } from '../ground/ground.ts';
import { growingPlace } from './growing-place.ts';
import type { NewFile } from './new-file.ts';
import { Rate } from './rate.ts';

/** New files a second from which on they are a swarm. */
const SWARM_PER_SECOND = 5;
const MOST_RECENT = 64;

export class DirectoryGrowth {
  readonly number: number;
  readonly what = 'directory';
  readonly rate = new Rate();
  readonly alarm = new AlarmState();
  readonly path: ByteString;
  readonly id: FileId;
  readonly isRotationCopy = false;
  /** What the directory held before; 0 where that is not known. */
  readonly #bytesBefore: number;
  /** Of `grownBytes` and `files`, what came before this process watched it. */
  earlierBytes = 0;
  earlierFiles = 0;
  readonly #recent: NewFile[] = [];
  #files = 0;
  #bytes = 0;

  constructor(number: number, path: ByteString, id: FileId, bytesBefore: number) {
    this.number = number;
    this.path = path;
    this.id = id;
    this.#bytesBefore = bytesBefore;
  }

  static restored({ number, path, bytes, files, bytesBefore = 0 }: KeptSeries, id: FileId): DirectoryGrowth {
    const growth = new DirectoryGrowth(number, path, id, bytesBefore);
    growth.#files = files;
    growth.#bytes = bytes;
    return growth;
  }

  kept(): KeptSeries {
    const { number, what, path, files } = this;
    return {
      number,
      what,
      path,
      files,
      bytes: this.#bytes,
      bytesBefore: this.#bytesBefore,
      alarm: this.alarm.kept(),
    };
  }

  /** Allocated by its new files: small ones take whole blocks, whatever is written to them. */
  get grownBytes(): number {
    return Math.max(0, this.#bytes);
  }

  get files(): number {
    return this.#files;
  }

  get diskBytes(): number {
    return this.#bytesBefore + this.grownBytes;
  }

  get apparentBytes(): number {
    return this.diskBytes;
  }

  /** A new file. */
  add(file: NewFile): void {
    this.#recent[this.#files++ % MOST_RECENT] = file;
  }

  /** Some of the new files, the latest among them: to see whether they stay. */
  get recent(): readonly NewFile[] {
    return this.#recent;
  }

  /** Negative for what is not a small file of this directory after all, or gone again. */
  count(files: number, bytes: number): void {
    this.#files = Math.max(0, this.#files + files);
    this.#bytes += bytes;
  }

  isSwarm(now: number): boolean {
    return this.rate.filesPerSecond(now) >= SWARM_PER_SECOND;
  }

  growing(now: number): Growing {
    return growingPlace(this, this.rate.bytesPerSecond(now));
  }
}
