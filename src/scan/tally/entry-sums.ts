/** What was counted directly in one directory, before it is added to the directory's row: a row is many arrays. */
import { FILE_TYPE } from '../../system/calls/statx.ts';
import type { TallyResult } from './tally-rows.ts';

export class EntrySums {
  #files = 0;
  #symlinks = 0;
  #others = 0;
  #blocks = 0;
  #apparent = 0;
  #newest = -Infinity;

  /** Counts an inode that is not a directory. @param kind the type bits of its mode. */
  add(kind: number, blocks: number, size: number): void {
    this.#blocks += blocks;
    if (kind === FILE_TYPE.regular) {
      this.#files++;
      this.#apparent += size;
    } else if (kind === FILE_TYPE.symlink) {
      this.#symlinks++;
      this.#apparent += size;
    } else this.#others++;
  }

  /** Notes when something was last written; seconds since 1970. */
  note(mtime: number): void {
    if (mtime > this.#newest) this.#newest = mtime;
  }

  /** Adds what has come together to a row, and begins anew. */
  flush(rows: TallyResult['rows'], row: number): void {
    rows.files[row] += this.#files;
    rows.symlinks[row] += this.#symlinks;
    rows.others[row] += this.#others;
    rows.blocks[row] += this.#blocks;
    rows.apparent[row] += this.#apparent;
    if (this.#newest > rows.newest[row]) rows.newest[row] = this.#newest;
    this.#files = 0;
    this.#symlinks = 0;
    this.#others = 0;
    this.#blocks = 0;
    this.#apparent = 0;
    this.#newest = -Infinity;
  }
}
