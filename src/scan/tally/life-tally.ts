/**
 * Notes signs of life while a tree is sized: the newest of each timestamp, what must never be deleted, which inodes
 * somebody holds, and the digest by which a tree is known again (model/entry-digest.ts). Kept only when asked for.
 */
import { fromBytes } from '../../model/byte-string.ts';
import { entryHash, hashEntry, IDENTITY_WORD, identityWords } from '../../model/entry-digest.ts';
import { FILE_TYPE } from '../../system/calls/statx.ts';
import { withRoom } from './columns.ts';
import { HeldInodes } from './held-inodes.ts';
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
  /** Memory of HeldInodes. */
  readonly held: SharedArrayBuffer;
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
  readonly #sockets: LifeEntryRow[] = [];
  readonly #heldEntries: LifeEntryRow[] = [];
  #unlisted = 0;
  readonly #uid: number;
  readonly #held: HeldInodes;

  constructor({ uid, held }: LifeOptions) {
    this.#uid = uid;
    this.#held = new HeldInodes(held);
  }

  /** The inode of the directory whose entries come next. */
  setParent(inodeHigh: number, inodeLow: number): void {
    this.identity[IDENTITY_WORD.parentInodeLow] = inodeLow;
    this.identity[IDENTITY_WORD.parentInodeHigh] = inodeHigh;
  }

  /** Notes an entry that is no directory, in the directory of `row`, number `id` in the tree. */
  addFile(row: number, id: number, times: EntryTimes, name: Uint8Array, start: number, end: number): void {
    this.#makeRoom(row);
    const rows = this.#rows;
    const { exactMtime, exactCtime, exactAtime, birth } = times;
    if (exactMtime > rows.fileMtime[row]) rows.fileMtime[row] = exactMtime;
    if (exactCtime > rows.fileCtime[row]) rows.fileCtime[row] = exactCtime;
    if (exactAtime > rows.fileAtime[row]) rows.fileAtime[row] = exactAtime;
    if (birth !== undefined && birth > rows.fileBtime[row]) rows.fileBtime[row] = birth;
    this.#addEntry(row, name, start, end);
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
    if (this.#isHeld()) {
      flags |= LIFE_FLAG.held;
      this.#list(this.#heldEntries, id, fromBytes(name, start, end));
    }
    rows.flags[row] |= flags;
  }

  /** Notes a directory just found, in its own row. Its ctime says nothing: removing a child changes it. */
  addDirectory(
    row: number,
    id: number,
    times: EntryTimes,
    name: Uint8Array,
    start: number,
    end: number,
  ): void {
    this.#makeRoom(row);
    const rows = this.#rows;
    const { exactMtime, birth } = times;
    if (exactMtime > rows.directoryMtime[row]) rows.directoryMtime[row] = exactMtime;
    if (birth !== undefined && birth > rows.directoryBtime[row]) rows.directoryBtime[row] = birth;
    this.#addEntry(row, name, start, end);
    if (!this.#isHeld()) return;
    rows.flags[row] |= LIFE_FLAG.held;
    this.#list(this.#heldEntries, id, undefined);
  }

  /** Something on another mount was met and not entered. */
  addMount(row: number): void {
    this.#makeRoom(row);
    this.#rows.flags[row] |= LIFE_FLAG.mount;
  }

  /** @param rowCount rows of the tally beside. */
  result(rowCount: number): LifeResult {
    this.#makeRoom(rowCount);
    return {
      rows: this.#rows,
      sockets: this.#sockets,
      held: this.#heldEntries,
      unlisted: this.#unlisted,
    };
  }

  #addEntry(row: number, name: Uint8Array, start: number, end: number): void {
    const rows = this.#rows;
    hashEntry(this.identity, name, start, end);
    const low = rows.digestLow[row] + entryHash.low;
    rows.digestHigh[row] += entryHash.high + (low > 0xffff_ffff ? 1 : 0);
    rows.digestLow[row] = low;
    rows.names[row]++;
    if (this.identity[IDENTITY_WORD.uid] !== this.#uid) rows.flags[row] |= LIFE_FLAG.foreign;
  }

  #isHeld(): boolean {
    const { identity } = this;
    return this.#held.has(
      identity[IDENTITY_WORD.device],
      identity[IDENTITY_WORD.inodeHigh],
      identity[IDENTITY_WORD.inodeLow],
    );
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

  #makeRoom(row: number): void {
    const rows = this.#rows;
    const before = rows.names.length;
    if (row < before) return;
    for (const name of Object.keys(rows) as (keyof typeof rows)[]) {
      Object.assign(rows, { [name]: withRoom(rows[name], row + 1) });
    }
    for (const name of LIFE_TIMES) rows[name].fill(-Infinity, before);
  }
}

function isPlaceholder(name: Uint8Array, start: number, end: number): boolean {
  return PLACEHOLDERS.some(
    (text) => end - start > text.length && text.every((byte, index) => name[start + index] === byte),
  );
}
