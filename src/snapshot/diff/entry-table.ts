/** Every entry of a snapshot in columns: some 60 bytes an entry, so that two of a million can be held side by side. */
import { fromBytes, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { EntrySink, ReadEntry, SnapshotHead } from '../import/import.ts';

/** No entry. */
export const NONE = 0xffff_ffff;
export const ROOT = 0;

const FLAG = { directory: 1, inode: 2, linked: 4 } as const;

type Column = Uint8Array | Uint16Array | Uint32Array | Float64Array;

const columns = () => ({
  parent: new Uint32Array(1024),
  nextSibling: new Uint32Array(1024),
  firstChild: new Uint32Array(1024),
  nameStart: new Float64Array(1024),
  nameLength: new Uint16Array(1024),
  flags: new Uint8Array(1024),
  bytes: new Float64Array(1024),
  inodeLow: new Uint32Array(1024),
  inodeHigh: new Uint32Array(1024),
  device: new Uint32Array(1024),
  mtime: new Float64Array(1024),
});

/** A parent's number is below its children's; the root's is 0. */
export class EntryTable implements EntrySink {
  readonly #columns = columns();
  #names = new Uint8Array(64 * 1024);
  #nameBytes = 0;
  #open: number[] = [];
  readonly #byApparent: boolean;
  #head: SnapshotHead | undefined;
  #root = '' as ByteString;
  count = 0;
  /** Parts of the tree are not known. */
  isPartial = false;

  /** @param byApparent sizes are those of `ls`, not those of `du`. */
  constructor(byApparent: boolean) {
    this.#byApparent = byApparent;
  }

  get head(): SnapshotHead {
    return this.#head!;
  }

  begin(head: SnapshotHead): void {
    this.#head = head;
  }

  openDirectory(entry: ReadEntry): void {
    if (this.count === 0) this.#root = fromBytes(entry.bytes, entry.nameStart, entry.nameEnd);
    // A directory's own length says nothing.
    this.#open.push(this.#add(entry, FLAG.directory, this.#byApparent ? 0 : entry.diskBytes));
    if (entry.isUnread) this.isPartial = true;
  }

  closeDirectory(): void {
    this.#open.pop();
  }

  addEntry(entry: ReadEntry): void {
    if (entry.leftOut !== undefined) return;
    if (entry.isUnread) {
      this.isPartial = true;
      return;
    }
    const bytes = this.#byApparent ? entry.apparentBytes : entry.diskBytes;
    this.#add(entry, entry.links > 1 ? FLAG.linked : 0, entry.isCountedElsewhere ? 0 : bytes);
  }

  isDirectory(id: number): boolean {
    return (this.#columns.flags[id] & FLAG.directory) !== 0;
  }

  /** Whether it is one of several names of an inode. */
  isLinked(id: number): boolean {
    return (this.#columns.flags[id] & FLAG.linked) !== 0;
  }

  /** Which inode it is; undefined where the file does not say. */
  inode(id: number): string | undefined {
    const { flags, device, inodeHigh, inodeLow } = this.#columns;
    if ((flags[id] & FLAG.inode) === 0) return undefined;
    return `${device[id]}:${inodeHigh[id]}:${inodeLow[id]}`;
  }

  isSameInode(id: number, other: EntryTable, otherId: number): boolean {
    const [a, b] = [this.#columns, other.#columns];
    return (
      (a.flags[id] & b.flags[otherId] & FLAG.inode) !== 0 &&
      a.inodeLow[id] === b.inodeLow[otherId] &&
      a.inodeHigh[id] === b.inodeHigh[otherId] &&
      a.device[id] === b.device[otherId]
    );
  }

  /** Of its own: for a directory, without what is in it. */
  bytesOf(id: number): number {
    return this.#columns.bytes[id];
  }

  mtimeOf(id: number): number {
    return this.#columns.mtime[id];
  }

  parentOf(id: number): number {
    return this.#columns.parent[id];
  }

  *childrenOf(id: number): Generator<number> {
    const { firstChild, nextSibling } = this.#columns;
    for (let child = firstChild[id]; child !== NONE; child = nextSibling[child]) yield child;
  }

  nameOf(id: number): ByteString {
    if (id === ROOT) return this.#root;
    const start = this.#columns.nameStart[id];
    return fromBytes(this.#names, start, start + this.#columns.nameLength[id]);
  }

  pathOf(id: number): ByteString {
    const names: ByteString[] = [];
    for (let at = id; at !== ROOT; at = this.#columns.parent[at]) names.push(this.nameOf(at));
    let path = this.#root;
    for (const name of names.toReversed()) path = joinPath(path, name);
    return path;
  }

  #add(entry: ReadEntry, flags: number, bytes: number): number {
    const id = this.count++;
    this.#makeRoom(id, entry.nameEnd - entry.nameStart);
    const all = this.#columns;
    const parent = this.#open.at(-1);
    all.parent[id] = parent ?? NONE;
    all.firstChild[id] = NONE;
    all.nextSibling[id] = parent === undefined ? NONE : all.firstChild[parent];
    if (parent !== undefined) all.firstChild[parent] = id;
    all.flags[id] = flags | (entry.hasInode ? FLAG.inode : 0);
    all.bytes[id] = bytes;
    all.inodeLow[id] = entry.inodeLow;
    all.inodeHigh[id] = entry.inodeHigh;
    all.device[id] = entry.device;
    all.mtime[id] = entry.mtime;
    all.nameStart[id] = this.#nameBytes;
    if (parent === undefined) return id;
    all.nameLength[id] = entry.nameEnd - entry.nameStart;
    for (let i = entry.nameStart; i < entry.nameEnd; i++) this.#names[this.#nameBytes++] = entry.bytes[i];
    return id;
  }

  #makeRoom(id: number, nameBytes: number): void {
    const all: Record<string, Column> = this.#columns;
    if (id >= this.#columns.parent.length)
      for (const name of Object.keys(all)) all[name] = larger(all[name], id + 1);
    if (this.#nameBytes + nameBytes > this.#names.length)
      this.#names = larger(this.#names, this.#nameBytes + nameBytes);
  }
}

/** Half as large again: two of them are there at the same time. */
function larger<T extends Column>(column: T, least: number): T {
  const length = Math.max(least, Math.ceil(column.length * 1.5));
  const grown = new (column.constructor as new (length: number) => T)(length);
  grown.set(column);
  return grown;
}
