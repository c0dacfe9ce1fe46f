/** Adds the threads' signs of life up, directory by directory, from the bottom to the roots. */
import type { ByteString } from '../../model/byte-string.ts';
import type { DigestSum } from '../../model/entry-digest.ts';
import type { DirectorySums } from './directory-sums.ts';
import { LIFE_TIMES } from '../tally/tally.ts';
import type { TallyResult } from '../tally/tally.ts';

/** A socket or a held inode that was met. */
export interface LifeEntry {
  readonly directory: number;
  /** Undefined for the directory itself. */
  readonly name: ByteString | undefined;
  readonly device: number;
  readonly inodeHigh: number;
  readonly inodeLow: number;
}

/** What was seen in a directory and all below it. A root counts what is in it, not its own entry. */
export class Life {
  readonly fileMtime: Float64Array;
  readonly fileCtime: Float64Array;
  readonly fileBtime: Float64Array;
  readonly fileAtime: Float64Array;
  readonly directoryMtime: Float64Array;
  readonly directoryBtime: Float64Array;
  /** Names, each hard link counted. */
  readonly names: Float64Array;
  /** Levels of directories below. */
  readonly height: Uint32Array;
  /** Bits of LIFE_FLAG. */
  readonly flags: Uint8Array;
  readonly sockets: readonly LifeEntry[];
  readonly held: readonly LifeEntry[];
  /** Sockets and held entries beyond those listed. */
  readonly unlisted: number;
  readonly #digestLow: Uint32Array;
  readonly #digestHigh: Uint32Array;

  constructor(tallies: readonly TallyResult[], { count, parent }: DirectorySums) {
    const times = (): Float64Array => new Float64Array(count).fill(-Infinity);
    this.fileMtime = times();
    this.fileCtime = times();
    this.fileBtime = times();
    this.fileAtime = times();
    this.directoryMtime = times();
    this.directoryBtime = times();
    this.names = new Float64Array(count);
    this.height = new Uint32Array(count);
    this.flags = new Uint8Array(count);
    this.#digestLow = new Uint32Array(count);
    this.#digestHigh = new Uint32Array(count);
    for (const tally of tallies) this.#addRows(tally);
    for (let id = count - 1; id > 0; id--) this.#addTo(parent[id], id);
    const lives = tallies.flatMap(({ life }) => life ?? []);
    this.sockets = lives.flatMap(({ sockets }) => sockets);
    this.held = lives.flatMap(({ held }) => held);
    this.unlisted = lives.reduce((sum, { unlisted }) => sum + unlisted, 0);
  }

  /** The sum of the hashes of all entries in the directory and below, its own included where it is no root. */
  digest(directory: number): DigestSum {
    return { low: this.#digestLow[directory], high: this.#digestHigh[directory] };
  }

  #addRows({ rows: { id: ids }, rowCount, life }: TallyResult): void {
    if (!life) return;
    const { rows } = life;
    for (let row = 0; row < rowCount; row++) {
      const id = ids[row];
      for (const name of LIFE_TIMES) if (rows[name][row] > this[name][id]) this[name][id] = rows[name][row];
      this.names[id] += rows.names[row];
      this.flags[id] |= rows.flags[row];
      this.#addDigest(id, rows.digestLow[row], rows.digestHigh[row]);
    }
  }

  #addTo(above: number, id: number): void {
    for (const name of LIFE_TIMES) if (this[name][id] > this[name][above]) this[name][above] = this[name][id];
    this.names[above] += this.names[id];
    this.flags[above] |= this.flags[id];
    this.height[above] = Math.max(this.height[above], this.height[id] + 1);
    this.#addDigest(above, this.#digestLow[id], this.#digestHigh[id]);
  }

  #addDigest(id: number, low: number, high: number): void {
    const sum = this.#digestLow[id] + low;
    this.#digestHigh[id] += high + (sum > 0xffff_ffff ? 1 : 0);
    this.#digestLow[id] = sum;
  }
}
