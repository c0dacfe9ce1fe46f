/** Bytes in one directory whose names betray another use than the directory's, summed before they become rows. */
import { USES } from '../../model/breakdown.ts';
import { growColumns } from './columns.ts';
import { emptyUses } from './tally-rows.ts';

export class UseTally {
  readonly rows = emptyUses();
  count = 0;
  readonly #blocks = new Float64Array(USES.length);
  readonly #entries = new Uint32Array(USES.length);
  #isEmpty = true;

  /** @param use index into USES. */
  add(use: number, blocks: number): void {
    this.#blocks[use] += blocks;
    this.#entries[use]++;
    this.#isEmpty = false;
  }

  /** Makes rows of what was added since the last time, for directory number `directory`. */
  flush(directory: number): void {
    if (this.#isEmpty) return;
    this.#isEmpty = true;
    for (let use = 0; use < USES.length; use++) {
      if (this.#entries[use] === 0) continue;
      const at = this.count++;
      if (at >= this.rows.directory.length) growColumns(this.rows, at + 1);
      this.rows.directory[at] = directory;
      this.rows.use[at] = use;
      this.rows.blocks[at] = this.#blocks[use];
      this.rows.entries[at] = this.#entries[use];
      this.#blocks[use] = 0;
      this.#entries[use] = 0;
    }
  }
}
