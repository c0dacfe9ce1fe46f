/** What a thread has counted in the directory it reads, handed on to those who watch the scan. */
import { LiveTable } from '../live/live-table.ts';
import type { TallyResult } from './tally-rows.ts';

type Rows = TallyResult['rows'];

export class LiveFlow {
  readonly #table: LiveTable;
  // What of the current row is in the table already.
  #blocks = 0;
  #apparent = 0;
  #entries = 0;

  constructor(memory: SharedArrayBuffer) {
    this.#table = new LiveTable(memory);
  }

  /** See LiveTable.add. */
  addDirectory(
    id: number,
    parent: number,
    name: Uint8Array,
    start: number,
    end: number,
    blocks: number,
    mtime: number,
  ): void {
    this.#table.add(id, parent, name, start, end, blocks, mtime);
  }

  /** Hands on what came to row `from`; what comes next comes to row `to`. */
  move(rows: Rows, from: number, to: number): void {
    const blocks = rows.blocks[from] - this.#blocks;
    const apparent = rows.apparent[from] - this.#apparent;
    const entries = entriesOf(rows, from) - this.#entries;
    if (entries > 0) this.#table.count(rows.id[from], blocks, apparent, entries, rows.newest[from]);
    this.#blocks = rows.blocks[to];
    this.#apparent = rows.apparent[to];
    this.#entries = entriesOf(rows, to);
  }
}

function entriesOf(rows: Rows, row: number): number {
  return rows.files[row] + rows.symlinks[row] + rows.others[row];
}
