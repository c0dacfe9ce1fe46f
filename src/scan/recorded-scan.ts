/** A scan of what somebody wrote down before: the same sums by the same book, from entries that come one by one. */
import type { ByteString } from '../model/byte-string.ts';
import type { ScanResult } from '../model/scan-result.ts';
import { ABOVE_ROOTS } from '../model/tree.ts';
import { collectProblems, collectRanked, merge } from './merge/merge.ts';
import { Tally } from './tally/tally.ts';
import type { EntryStat } from './tally/tally.ts';

/** What is wanted of it. */
export interface RecordedScanOptions {
  /** Seconds since 1970: the time that ages count from, which is when it was written down. */
  readonly nowSeconds: number;
  readonly largestCount: number;
  readonly rankByApparent: boolean;
}

const ROOT = 1;
/** Why something could not be read is not written down. */
const UNKNOWN = 'UNKNOWN';
const NO_NAME = new Uint8Array(0);

/** Directories open and close around what is in them, the root first. */
export class RecordedScan {
  readonly #options: RecordedScanOptions;
  readonly #tally: Tally;
  /** Rows of the directories that are open. */
  readonly #open: number[] = [];
  #directories = ROOT;
  #root: ByteString | undefined;

  constructor(options: RecordedScanOptions) {
    this.#options = options;
    this.#tally = new Tally({ ...options, notedName: undefined, ownedPaths: undefined, live: undefined });
  }

  openRoot(path: ByteString, blocks: number, mtime: number): void {
    this.#root = path;
    this.#enter(
      this.#tally.addDirectory(this.#directories++, ABOVE_ROOTS, 0, blocks, mtime, 0, NO_NAME, 0, 0),
    );
  }

  openDirectory(blocks: number, mtime: number, name: Uint8Array, start: number, end: number): void {
    const above = this.#tally.idOf(this.#open.at(-1)!);
    const id = this.#directories++;
    this.#enter(this.#tally.addDirectory(id, above, 0, blocks, mtime, 0, name, start, end));
  }

  closeDirectory(): void {
    this.#open.pop();
    const above = this.#open.at(-1);
    if (above !== undefined) this.#tally.enter(above);
  }

  /** An entry of the directory that is open, which is no directory itself. */
  addEntry(stat: EntryStat, name: Uint8Array, start: number, end: number): void {
    this.#tally.addEntry(stat, name, start, end);
  }

  /** @param name undefined for the open directory itself. */
  addUnread(name: ByteString | undefined): void {
    const operation = name === undefined ? 'read-directory' : 'stat';
    this.#tally.addProblem(this.#open.at(-1)!, name, operation, UNKNOWN);
  }

  addExcluded(): void {
    this.#tally.addExcluded();
  }

  /** To be called when the root is closed. @param seconds it took. */
  finish(seconds: number): ScanResult {
    const { nowSeconds, largestCount } = this.#options;
    const tally = this.#tally.result();
    const path = this.#root!;
    const root = { path, isDirectory: true, usePath: path };
    const { tree, totals, breakdowns } = merge([tally], this.#directories, [root], nowSeconds, new Set());
    const problems = collectProblems([tally], tree);
    return {
      source: 'file',
      bulkDirectories: 0,
      notices: [],
      uncommitted: [],
      nameless: new Map(),
      seconds,
      threads: 1,
      complete: problems.count === 0,
      interrupted: false,
      tree,
      roots: [{ path, directory: ROOT, isDirectory: true, totals: totals[0], breakdown: breakdowns[0] }],
      largestFiles: collectRanked([tally.largest], tree, largestCount),
      unevenFiles: collectRanked([tally.uneven], tree, Infinity),
      notedDirectories: undefined,
      problems,
      excluded: tally.excluded,
      owners: undefined,
    };
  }

  #enter(row: number): void {
    this.#open.push(row);
    this.#tally.enter(row);
  }
}
