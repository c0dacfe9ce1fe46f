/**
 * Notes signs of life while a tree is sized: the newest of each timestamp, what must never be deleted, which inodes
 * somebody holds, and the digest by which a tree is known again (model/entry-digest.ts). Kept only when asked for.
 */
import { fromBytes } from '../../model/byte-string.ts';
import type { InodeParts } from '../../model/file-id.ts';
import { entryHash, hashEntry, IDENTITY_WORD, identityWords } from '../../model/entry-digest.ts';
import { FILE_TYPE } from '../../system/calls/statx.ts';
import { growColumns, withRoom } from './columns.ts';
import { HeldInodes } from './held-inodes.ts';
import { InodeTally } from './inode-tally.ts';
import { emptyLifeRows, LIFE_FLAG, LIFE_TIMES } from './life-rows.ts';
import type { LifeEntryRow, LifeResult } from './life-rows.ts';

/** Sockets and held entries listed per thread; beyond that they are only counted. */
const MOST_LISTED = 10_000;
const STICKY = 0o1000;
const DOT = 46;
const PLACEHOLDERS = ['.nfs', '.fuse_hidden'].map((text) => Buffer.from(text, 'latin1'));

export interface LifeOptions {
  /** Who asks: what belongs to others is foreign. */
  readonly uid: number;
  /** Memory of HeldInodes; undefined where what is held is known at the end only: then all inodes are handed over. */
  readonly held: SharedArrayBuffer | undefined;
  /** Directories whose trees are asked about; undefined for all that is scanned. */
  readonly within: readonly InodeParts[] | undefined;
  /** Patterns of names and paths, as for exclusions: what they fit is counted and noted. */
  readonly keep: readonly string[];
}

/** An entry's times, seconds since 1970; `btime` is undefined where the filesystem does not tell. */
export interface EntryTimes {
  readonly exactMtime: number;
  readonly exactCtime: number;
  readonly exactAtime: number;
  readonly birth: number | undefined;
}

export class LifeTally {
  /** Fill it before `addFile` and `addDirectory`; the parent's words belong to the directory being read. */
  readonly identity = identityWords();
  readonly #rows = emptyLifeRows();
  #rowCount = 0;
  /** Row of the tally beside → own row + 1; 0 for directories nobody asks about. */
  #ownRows = new Uint32Array(64);
  readonly #sockets: LifeEntryRow[] = [];
  readonly #heldEntries: LifeEntryRow[] = [];
  readonly #keptEntries: LifeEntryRow[] = [];
  #unlisted = 0;
  readonly #uid: number;
  readonly #within: readonly InodeParts[] | undefined;
  readonly #held: HeldInodes | undefined;
  /** Where what is held is not known yet. */
  readonly #inodes = new InodeTally();

  constructor({ uid, held, within }: LifeOptions) {
    this.#uid = uid;
    this.#within = within;
    this.#held = held && new HeldInodes(held);
  }

  /** Whether somebody asks about what is in the directory of the tally's row. */
  isAlive(row: number): boolean {
    return row < this.#ownRows.length && this.#ownRows[row] !== 0;
  }

  /** Whether a tree that is asked about begins at this directory. */
  isTop(device: number, inodeHigh: number, inodeLow: number): boolean {
    if (!this.#within) return true;
    return this.#within.some(
      (top) => top.inodeLow === inodeLow && top.inodeHigh === inodeHigh && top.device === device,
    );
  }

  /** Somebody asks about the directory number `id` of the tree, row `row` of the tally. */
  enrol(row: number, id: number): void {
    this.#ownRows = withRoom(this.#ownRows, row + 1);
    const own = this.#rowCount++;
    this.#ownRows[row] = own + 1;
    this.#makeRoom(own);
    this.#rows.id[own] = id;
  }

  /** The inode of the directory whose entries come next. */
  setParent(inodeHigh: number, inodeLow: number): void {
    this.identity[IDENTITY_WORD.parentInodeLow] = inodeLow;
    this.identity[IDENTITY_WORD.parentInodeHigh] = inodeHigh;
  }

  /** Notes an entry that is no directory, in the directory of `row`. */
  addFile(row: number, times: EntryTimes, name: Uint8Array, start: number, end: number): void {
    const rows = this.#rows;
    const own = this.#ownRows[row] - 1;
    const id = rows.id[own];
    const { exactMtime, exactCtime, exactAtime, birth } = times;
    if (exactMtime > rows.fileMtime[own]) rows.fileMtime[own] = exactMtime;
    if (exactCtime > rows.fileCtime[own]) rows.fileCtime[own] = exactCtime;
    if (exactAtime > rows.fileAtime[own]) rows.fileAtime[own] = exactAtime;
    if (birth !== undefined && birth > rows.fileBtime[own]) rows.fileBtime[own] = birth;
    this.#addEntry(own, name, start, end);
    const mode = this.identity[IDENTITY_WORD.mode];
    let flags = (mode & STICKY) === 0 ? 0 : LIFE_FLAG.sticky;
    if (name[start] === DOT && isPlaceholder(name, start, end)) flags |= LIFE_FLAG.placeholder;
    const kind = mode & FILE_TYPE.mask;
    if (kind !== FILE_TYPE.regular && kind !== FILE_TYPE.symlink) {
      if (kind === FILE_TYPE.socket) {
        flags |= LIFE_FLAG.socket;
        this.#list(this.#sockets, id, fromBytes(name, start, end));
      } else flags |= kind === FILE_TYPE.fifo ? LIFE_FLAG.fifo : LIFE_FLAG.device;
    }
    if (this.#isHeld(id)) {
      flags |= LIFE_FLAG.held;
      this.#list(this.#heldEntries, id, fromBytes(name, start, end));
    }
    rows.flags[own] |= flags;
  }

  /**
   * Notes a directory just found in one that is asked about, in its own row, as number `id` of the tree. Its ctime says
   * nothing: removing a child changes it.
   */
  addDirectory(
    row: number,
    id: number,
    times: EntryTimes,
    name: Uint8Array,
    start: number,
    end: number,
  ): void {
    this.enrol(row, id);
    const rows = this.#rows;
    const own = this.#ownRows[row] - 1;
    const { exactMtime, birth } = times;
    if (exactMtime > rows.directoryMtime[own]) rows.directoryMtime[own] = exactMtime;
    if (birth !== undefined && birth > rows.directoryBtime[own]) rows.directoryBtime[own] = birth;
    this.#addEntry(own, name, start, end);
    if (!this.#isHeld(id)) return;
    rows.flags[own] |= LIFE_FLAG.held;
    this.#list(this.#heldEntries, id, undefined);
  }

  /** Something on another mount was met and not entered. */
  addMount(row: number): void {
    this.#rows.flags[this.#ownRows[row] - 1] |= LIFE_FLAG.mount;
  }

  /** Notes that the entry just added is to be kept: a directory, in its own row and without a name, or a file of `row`. */
  addKept(row: number, name: LifeEntryRow['name']): void {
    const own = this.#ownRows[row] - 1;
    this.#rows.flags[own] |= LIFE_FLAG.kept;
    this.#list(this.#keptEntries, this.#rows.id[own], name);
  }

  /** Something was left out of the scan. */
  addExcluded(row: number): void {
    this.#rows.flags[this.#ownRows[row] - 1] |= LIFE_FLAG.excluded;
  }

  result(): LifeResult {
    return {
      rows: this.#rows,
      rowCount: this.#rowCount,
      sockets: this.#sockets,
      held: this.#heldEntries,
      kept: this.#keptEntries,
      unlisted: this.#unlisted,
      inodes: this.#inodes.rows,
      inodeCount: this.#inodes.count,
    };
  }

  #addEntry(own: number, name: Uint8Array, start: number, end: number): void {
    const rows = this.#rows;
    hashEntry(this.identity, name, start, end);
    const low = rows.digestLow[own] + entryHash.low;
    rows.digestHigh[own] += entryHash.high + (low > 0xffff_ffff ? 1 : 0);
    rows.digestLow[own] = low;
    rows.names[own]++;
    if (this.identity[IDENTITY_WORD.uid] !== this.#uid) rows.flags[own] |= LIFE_FLAG.foreign;
  }

  /** @param directory the entry's, or itself. */
  #isHeld(directory: number): boolean {
    const { identity } = this;
    const device = identity[IDENTITY_WORD.device];
    const inodeHigh = identity[IDENTITY_WORD.inodeHigh];
    const inodeLow = identity[IDENTITY_WORD.inodeLow];
    if (this.#held) return this.#held.has(device, inodeHigh, inodeLow);
    this.#inodes.add(directory, device, inodeHigh, inodeLow);
    return false;
  }

  #list(list: LifeEntryRow[], directory: number, name: LifeEntryRow['name']): void {
    if (list.length >= MOST_LISTED) {
      this.#unlisted++;
      return;
    }
    const { identity } = this;
    list.push({
      directory,
      name,
      device: identity[IDENTITY_WORD.device],
      inodeHigh: identity[IDENTITY_WORD.inodeHigh],
      inodeLow: identity[IDENTITY_WORD.inodeLow],
    });
  }

  #makeRoom(own: number): void {
    const rows = this.#rows;
    const before = rows.names.length;
    if (own < before) return;
    growColumns(rows, own + 1);
    for (const name of LIFE_TIMES) rows[name].fill(-Infinity, before);
  }
}

function isPlaceholder(name: Uint8Array, start: number, end: number): boolean {
  return PLACEHOLDERS.some(
    (text) => end - start > text.length && text.every((byte, index) => name[start + index] === byte),
  );
}
