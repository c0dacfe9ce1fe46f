/** Adds signs of life up, directory by directory, from the bottom to the top of each tree that was asked about. */
import type { ByteString } from '../../model/byte-string.ts';
import type { DigestSum } from '../../model/entry-digest.ts';
import type { FileId } from '../../model/file-id.ts';
import { LIFE_TIMES } from '../tally/tally.ts';
import type { HeldInodes, LifeResult } from '../tally/tally.ts';
import type { DirectorySums } from './directory-sums.ts';

/** A socket, a held inode or one to be kept that was met. */
export interface LifeEntry {
  readonly directory: number;
  /** Undefined for the directory itself, and where only the inode is known. */
  readonly name: ByteString | undefined;
  readonly device: number;
  readonly inodeHigh: number;
  readonly inodeLow: number;
}

/** What was seen in a directory and all below it: the newest of each time, seconds since 1970, -Infinity for none. */
export interface DirectoryLife {
  readonly fileMtime: number;
  readonly fileCtime: number;
  readonly fileBtime: number;
  readonly fileAtime: number;
  readonly directoryMtime: number;
  readonly directoryBtime: number;
  /** Names, each hard link counted. */
  readonly names: number;
  /** Levels of directories below. */
  readonly height: number;
  /** Bits of LIFE_FLAG. */
  readonly flags: number;
  /** The sum of the hashes of all entries, its own included where it is not the top. */
  readonly digest: DigestSum;
}

/** An inode whose names all lie in trees that were asked about, but not in one and the same directory of a top. */
export interface SpreadLinks {
  readonly id: FileId;
  readonly diskBytes: number;
  /** The directory of each name. */
  readonly directories: readonly number[];
}

/** A tree's top counts what is in it, not its own entry. */
export class Life {
  readonly sockets: readonly LifeEntry[];
  readonly held: readonly LifeEntry[];
  readonly kept: readonly LifeEntry[];
  /** Sockets, held and kept entries beyond those listed. */
  readonly unlisted: number;
  readonly spread: SpreadLinks[] = [];
  /** Directory number → row + 1; 0 for one that nobody asked about. */
  readonly #row: Uint32Array;
  readonly #columns: ReturnType<typeof columnsFor>;
  readonly #lives: readonly LifeResult[];
  readonly #parent: Uint32Array;

  constructor(lives: readonly LifeResult[], { count, parent }: DirectorySums) {
    this.#row = new Uint32Array(count);
    const directories = directoriesOf(lives, count);
    for (const [row, id] of directories.entries()) this.#row[id] = row + 1;
    this.#columns = columnsFor(directories.length);
    this.sockets = lives.flatMap(({ sockets }) => sockets);
    this.held = lives.flatMap(({ held }) => held);
    this.kept = lives.flatMap(({ kept }) => kept);
    this.unlisted = lives.reduce((sum, { unlisted }) => sum + unlisted, 0);
    for (const life of lives) this.#addRows(life);
    this.#lives = lives;
    this.#parent = parent;
    // Parents have smaller numbers: the deepest come first.
    for (let row = directories.length - 1; row >= 0; row--) {
      const above = this.#row[parent[directories[row]]];
      if (above > 0) this.#addTo(above - 1, row);
    }
  }

  /** Undefined for a directory that nobody asked about. */
  at(directory: number): DirectoryLife | undefined {
    const row = this.#row[directory] - 1;
    if (row < 0) return undefined;
    const columns = this.#columns;
    return {
      fileMtime: columns.fileMtime[row],
      fileCtime: columns.fileCtime[row],
      fileBtime: columns.fileBtime[row],
      fileAtime: columns.fileAtime[row],
      directoryMtime: columns.directoryMtime[row],
      directoryBtime: columns.directoryBtime[row],
      names: columns.names[row],
      height: columns.height[row],
      flags: columns.flags[row],
      digest: { low: columns.digestLow[row], high: columns.digestHigh[row] },
    };
  }

  /** Takes in an inode all of whose names were met, and that nobody holds; `common` is the directory where they meet. */
  addLinks(common: number, id: FileId, diskBytes: number, directories: readonly number[]): void {
    const isBelowTop = this.#row[common] > 0 && this.#row[this.#parent[common]] > 0;
    if (isBelowTop || directories.some((directory) => this.#row[directory] === 0)) return;
    this.spread.push({ id, diskBytes, directories });
  }

  /** Which of `held` were met, where the scan did not know what is held; no flag says so. */
  heldAmong(held: HeldInodes): LifeEntry[] {
    const found: LifeEntry[] = [];
    for (const { inodes, inodeCount } of this.#lives) {
      for (let at = 0; at < inodeCount; at++) {
        const [device, inodeHigh, inodeLow] = [inodes.device[at], inodes.inodeHigh[at], inodes.inodeLow[at]];
        if (!held.has(device, inodeHigh, inodeLow)) continue;
        found.push({ directory: inodes.directory[at], name: undefined, device, inodeHigh, inodeLow });
      }
    }
    return found;
  }

  #addRows({ rows, rowCount }: LifeResult): void {
    const columns = this.#columns;
    for (let from = 0; from < rowCount; from++) {
      const row = this.#row[rows.id[from]] - 1;
      for (const name of LIFE_TIMES)
        if (rows[name][from] > columns[name][row]) columns[name][row] = rows[name][from];
      columns.names[row] += rows.names[from];
      columns.flags[row] |= rows.flags[from];
      this.#addDigest(row, rows.digestLow[from], rows.digestHigh[from]);
    }
  }

  #addTo(above: number, row: number): void {
    const columns = this.#columns;
    for (const name of LIFE_TIMES)
      if (columns[name][row] > columns[name][above]) columns[name][above] = columns[name][row];
    columns.names[above] += columns.names[row];
    columns.flags[above] |= columns.flags[row];
    columns.height[above] = Math.max(columns.height[above], columns.height[row] + 1);
    this.#addDigest(above, columns.digestLow[row], columns.digestHigh[row]);
  }

  #addDigest(row: number, low: number, high: number): void {
    const columns = this.#columns;
    const sum = columns.digestLow[row] + low;
    columns.digestHigh[row] += high + (sum > 0xffff_ffff ? 1 : 0);
    columns.digestLow[row] = sum;
  }
}

/** The numbers of all directories that were asked about, in order, each once. */
function directoriesOf(lives: readonly LifeResult[], count: number): number[] {
  const isAsked = new Uint8Array(count);
  for (const { rows, rowCount } of lives) for (let row = 0; row < rowCount; row++) isAsked[rows.id[row]] = 1;
  const directories: number[] = [];
  for (let id = 0; id < count; id++) if (isAsked[id] === 1) directories.push(id);
  return directories;
}

function columnsFor(length: number) {
  const times = (): Float64Array => new Float64Array(length).fill(-Infinity);
  return {
    fileMtime: times(),
    fileCtime: times(),
    fileBtime: times(),
    fileAtime: times(),
    directoryMtime: times(),
    directoryBtime: times(),
    names: new Float64Array(length),
    height: new Uint32Array(length),
    flags: new Uint16Array(length),
    digestLow: new Uint32Array(length),
    digestHigh: new Uint32Array(length),
  };
}
