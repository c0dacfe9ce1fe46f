/**
 * The door of the tally: what one thread has counted, a row of numbers per directory, lists of hard links, problems and largest files.
 * Nothing is kept per ordinary file. Threads tally apart and `merge.ts` adds their tallies up at the end.
 */
import { USES } from '../../model/breakdown.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Operation } from '../../model/problem.ts';
import { FILE_TYPE } from '../../system/calls/statx.ts';
import { BreakdownTally, TYPE_ROW } from './breakdown-tally.ts';
import { growColumns, withRoom } from './columns.ts';
import type { EntryStat } from './entry-stat.ts';
import { EntrySums } from './entry-sums.ts';
import { FileRankings } from './file-rankings.ts';
import { LinkTally } from './link-tally.ts';
import { LiveFlow } from './live-flow.ts';
import { NotedDirectories } from './noted-directories.ts';
import { addRecent, recentWindow } from './recent.ts';
import type { RecentWindow } from './recent.ts';
import { OwnerTally } from './owner-tally.ts';
import { ProblemTally } from './problem-tally.ts';
import { emptyRows } from './tally-rows.ts';
import type { TallyResult } from './tally-rows.ts';
import type { TallyOptions } from './tally-options.ts';
import { UseTally } from './use-tally.ts';

export { ageRow, TYPE_ROW } from './breakdown-tally.ts';
export type { BreakdownRows } from './breakdown-tally.ts';
export { emptyEntryStat, fillFromStats } from './entry-stat.ts';
export type { EntryStat } from './entry-stat.ts';
export { kindOfExtension, useOfExtension } from './file-kind.ts';
export { extensionText } from './file-type.ts';
export { HeldInodes } from './held-inodes.ts';
export type { LargeFile } from './largest-files.ts';
export { LIFE_FLAG, LIFE_TIMES } from './life-rows.ts';
export type { LifeResult } from './life-rows.ts';
export { LifeTally } from './life-tally.ts';
export type { EntryTimes, LifeOptions } from './life-tally.ts';
export { addRecent, recentWindow } from './recent.ts';
export type { RecentWindow } from './recent.ts';
export type { TallyOptions } from './tally-options.ts';
export type { LinkRows, TallyResult } from './tally-rows.ts';

export class Tally {
  #rows = emptyRows();
  #rowCount = 0;
  #names = new Uint8Array(16 * 1024);
  #nameBytes = 0;
  readonly #links = new LinkTally();
  readonly #uses = new UseTally();
  readonly #breakdowns: BreakdownTally[] = [];
  readonly #rankings: FileRankings;
  readonly #noted: NotedDirectories;
  readonly #recent: RecentWindow;
  readonly #problems = new ProblemTally();
  #excluded = 0;
  readonly #owners: OwnerTally | undefined;
  /** Undefined where nobody watches. */
  readonly #live: LiveFlow | undefined;

  // The directory whose entries are being counted.
  #row = 0;
  readonly #sums = new EntrySums();
  #breakdown: BreakdownTally;

  readonly #options: TallyOptions;
  /** Inodes and blocks so far, for progress; hard links count each time they are met. */
  entriesSeen = 0;
  blocksSeen = 0;

  constructor(options: TallyOptions) {
    this.#options = options;
    this.#owners = options.ownedPaths && new OwnerTally(options.ownedPaths);
    this.#live = options.live && new LiveFlow(options.live);
    this.#rankings = new FileRankings(options);
    this.#noted = new NotedDirectories(options.notedName);
    this.#recent = recentWindow(options.nowSeconds);
    this.#breakdown = this.#breakdownOf(0);
  }

  /** A row for a directory just found, which counts the directory's own inode. */
  addDirectory(
    id: number,
    parent: number,
    root: number,
    blocks: number,
    mtime: number,
    uid: number,
    name: Uint8Array,
    start: number,
    end: number,
  ): number {
    const row = this.addRow(id, parent, root);
    const rows = this.#rows;
    rows.itself[row] = 1;
    rows.blocks[row] = blocks;
    rows.newest[row] = mtime;
    rows.nameStart[row] = this.#nameBytes;
    rows.nameLength[row] = end - start;
    this.#names = withRoom(this.#names, this.#nameBytes + (end - start));
    for (let i = start; i < end; i++) this.#names[this.#nameBytes++] = name[i];
    this.#breakdownOf(root).add(TYPE_ROW.directory, blocks, mtime);
    if (this.#owners) {
      this.#owners.addDirectory(root, uid, blocks);
      this.#owners.setNode(row, this.#owners.childNode(name, start, end));
    }
    this.#live?.addDirectory(id, parent, name, start, end, blocks, mtime);
    this.entriesSeen++;
    this.blocksSeen += blocks;
    return row;
  }

  /** A row that only adds to directory `id`. */
  addRow(id: number, parent: number, root: number): number {
    const row = this.#rowCount++;
    if (row >= this.#rows.id.length) {
      growColumns(this.#rows, row + 1);
      this.#rows.newest.fill(-Infinity, row);
    }
    this.#rows.id[row] = id;
    this.#rows.parent[row] = parent;
    this.#rows.root[row] = root;
    return row;
  }

  /** The directory of `row` in the table of owned paths. */
  ownerNodeOf(row: number): number {
    return this.#owners?.nodeOf(row) ?? 0;
  }

  setOwnerNode(row: number, node: number): void {
    this.#owners?.setNode(row, node);
  }

  idOf(row: number): number {
    return this.#rows.id[row];
  }

  /** Copies the name of a directory's row to `target` with a NUL behind it. */
  copyName(row: number, target: Uint8Array): void {
    const start = this.#rows.nameStart[row];
    const length = this.#rows.nameLength[row];
    for (let i = 0; i < length; i++) target[i] = this.#names[start + i];
    target[length] = 0;
  }

  /** What follows is in the directory of `row`. */
  enter(row: number): void {
    this.#settle();
    this.#live?.move(this.#rows, this.#row, row);
    this.#row = row;
    this.#breakdown = this.#breakdownOf(this.#rows.root[row]);
    this.#owners?.enter(row, this.#rows.root[row]);
  }

  /** Counts an entry that is not a directory, with its name at `name[start…end)`. */
  addEntry(stat: EntryStat, name: Uint8Array, start: number, end: number): void {
    const { mode, links, blocks, size, mtime } = stat;
    const rows = this.#rows;
    const row = this.#row;
    this.entriesSeen++;
    this.blocksSeen += blocks;
    this.#sums.note(mtime);
    const kind = mode & FILE_TYPE.mask;
    let type: number;
    if (kind === FILE_TYPE.regular) {
      type = this.#breakdown.typeRowOf(name, start, end);
      this.#noted.meet(rows.id[row], name, start, end);
      this.#rankings.offer(rows.id[row], stat, name, start, end);
    } else {
      type = kind === FILE_TYPE.symlink ? TYPE_ROW.symlink : TYPE_ROW.special;
    }
    if (links > 1) {
      this.#links.add(stat, rows.id[row], rows.root[row], type);
      this.#owners?.addLink(this.#links.count - 1, stat.uid, name, start, end);
      return;
    }
    this.#owners?.addEntry(stat.uid, blocks, name, start, end);
    this.#sums.add(kind, blocks, size);
    if (kind === FILE_TYPE.regular) {
      if (mtime > this.#recent.week) addRecent(rows, row, this.#recent, mtime, blocks);
      const use = name[end - 1] === TILDE ? BACKUPS : this.#breakdown.useOf(type);
      if (use >= 0) this.#uses.add(use, blocks);
    }
    this.#breakdown.add(type, blocks, mtime);
  }

  /** Notes trouble with the entry `name` of a row's directory, or with the directory itself. */
  addProblem(row: number, name: ByteString | undefined, operation: Operation, code: string): void {
    this.#rows.incomplete[row] = 1;
    this.#problems.add(this.#rows.id[row], name, operation, code);
  }

  /** Lets those who watch see what was counted so far. */
  show(): void {
    this.#settle();
    this.#live?.move(this.#rows, this.#row, this.#row);
  }

  addExcluded(): void {
    this.#excluded++;
  }

  result(): TallyResult {
    this.#settle();
    return {
      rows: this.#rows,
      rowCount: this.#rowCount,
      names: this.#names,
      links: this.#links.rows,
      linkCount: this.#links.count,
      uses: this.#uses.rows,
      useCount: this.#uses.count,
      breakdowns: Array.from(this.#breakdowns, (breakdown) => breakdown?.rows()),
      largest: this.#rankings.largest(),
      uneven: this.#rankings.uneven(),
      noted: this.#noted.directories,
      problems: this.#problems.rows,
      problemCount: this.#problems.count,
      excluded: this.#excluded,
      owners: this.#owners?.result(),
      life: undefined,
    };
  }

  /** What was counted in the current directory goes to its row. */
  #settle(): void {
    this.#uses.flush(this.#rows.id[this.#row]);
    this.#sums.flush(this.#rows, this.#row);
  }

  #breakdownOf(root: number): BreakdownTally {
    return (this.#breakdowns[root] ??= new BreakdownTally(this.#options.nowSeconds));
  }
}

const TILDE = 126;
const BACKUPS = USES.indexOf('backups');
