/** Files on a watched filesystem that lie outside the watched paths and grow: they explain what the watched ones do not. */
import type { ByteString } from '../../model/byte-string.ts';
import { deviceOf } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';
import type { FileLook } from '../../system/files/file-look.ts';

export interface OutsideGrowth {
  readonly path: ByteString;
  readonly bytesPerSecond: number;
}

interface Outside {
  readonly id: FileId;
  readonly path: ByteString;
  /** Bytes allocated when it was first looked at, and when. */
  firstBytes: number;
  firstAt: number;
  diskBytes: number;
}

const MOST_FILES = 500;
const MOST_TOLD = 3;

export class OutsideWrites {
  readonly #look: FileLook;
  #files = new Map<FileId, Outside>();

  constructor(look: FileLook) {
    this.#look = look;
  }

  /** Somebody wrote to it. */
  touch(id: FileId, path: ByteString): void {
    if (this.#files.has(id)) return;
    if (this.#files.size >= MOST_FILES) this.#files = new Map();
    this.#files.set(id, { id, path, firstBytes: Number.NaN, firstAt: 0, diskBytes: 0 });
  }

  /** Looks at all of them: done only while something grows that is not explained. */
  sample(now: number): void {
    for (const file of this.#files.values()) {
      const look = this.#look.entry(file.path);
      if (look?.id !== file.id) {
        this.#files.delete(file.id);
        continue;
      }
      if (Number.isNaN(file.firstBytes)) {
        file.firstBytes = look.diskBytes;
        file.firstAt = now;
      }
      file.diskBytes = look.diskBytes;
    }
  }

  /** Those that grow fastest on a device, over the time they were sampled. */
  fastest(device: number, now: number): OutsideGrowth[] {
    return [...this.#files.values()]
      .filter(({ id, firstAt }) => deviceOf(id) === device && now > firstAt)
      .map(({ path, firstAt, firstBytes, diskBytes }) => ({
        path,
        bytesPerSecond: (diskBytes - firstBytes) / (now - firstAt),
      }))
      .filter(({ bytesPerSecond }) => bytesPerSecond > 0)
      .toSorted((a, b) => b.bytesPerSecond - a.bytesPerSecond)
      .slice(0, MOST_TOLD);
  }

  /** Begins to measure anew. */
  reset(): void {
    for (const file of this.#files.values()) file.firstBytes = Number.NaN;
  }
}
