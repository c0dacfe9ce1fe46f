/**
 * Reads ncdu's binary export (since 2.6, dev.yorhel.nl/ncdu/binfmt). Items of a directory are a list that is linked from
 * its last one backwards, across blocks; so they are handed on in that order, depth first.
 */
import type { ByteString } from '../../model/byte-string.ts';
import { KEY, TYPE, settleItem } from './binary-item.ts';
import { BlockFile } from './block-file.ts';
import { CborReader, MAJOR, TRUE } from './cbor.ts';
import { Damage, MOST_LEVELS, MOST_NAME_BYTES } from './damage.ts';
import { UNKNOWN_LINKS, emptyReadEntry, resetEntry } from './read-entry.ts';
import type { EntrySink } from './read-entry.ts';

const OFFSET_UNIT = 2 ** 24;
const SLASH = 47;
/** The shortest item there can be. */
const LEAST_ITEM_BYTES = 7;
const MODE_BITS = 0xffff;

export function readBinary(path: ByteString, sink: EntrySink, signal: AbortSignal | undefined): void {
  using file = new BlockFile(path);
  new BinaryReader(file, sink, signal).read();
}

class BinaryReader {
  readonly #file: BlockFile;
  readonly #sink: EntrySink;
  readonly #signal: AbortSignal | undefined;
  readonly #cbor = new CborReader((what) => this.#fail(what));
  readonly #entry = emptyReadEntry();
  readonly #devices = new Map<string, number>();
  #block = 0;
  #count = 0;
  // Of the item read last.
  #type: number = TYPE.regular;
  #previous: number | undefined;
  #sub: number | undefined;

  constructor(file: BlockFile, sink: EntrySink, signal: AbortSignal | undefined) {
    this.#file = file;
    this.#sink = sink;
    this.#signal = signal;
  }

  read(): void {
    this.#sink.begin({ program: 'ncdu', writtenAt: undefined, scope: undefined, filesystem: undefined });
    this.#readItem(this.#file.rootItem, 0, true);
    if (!this.#isDirectory()) this.#fail('a root that is no directory');
    this.#sink.openDirectory(this.#entry);
    /** What comes next in each directory that is open, and its device. */
    const open = [{ next: this.#sub, device: this.#entry.device }];
    for (let top = open.at(-1); top; top = open.at(-1)) {
      if (top.next === undefined) {
        open.pop();
        this.#sink.closeDirectory();
        continue;
      }
      this.#readItem(top.next, top.device, false);
      top.next = this.#previous;
      if (!this.#isDirectory()) {
        this.#sink.addEntry(this.#entry);
        continue;
      }
      if (open.length >= MOST_LEVELS) this.#fail('directories nested too deeply');
      this.#sink.openDirectory(this.#entry);
      open.push({ next: this.#sub, device: this.#entry.device });
    }
  }

  #isDirectory(): boolean {
    return this.#type === TYPE.directory;
  }

  /** @param reference the block's number, and the item's offset in what is in it. */
  #readItem(reference: number, device: number, isRoot: boolean): void {
    this.#block = Math.floor(reference / OFFSET_UNIT);
    const cbor = this.#cbor;
    cbor.bytes = this.#file.read(this.#block);
    cbor.at = reference % OFFSET_UNIT;
    // A list that leads back into itself has more items than there is room for.
    if (++this.#count > this.#file.contentBytes / LEAST_ITEM_BYTES) this.#fail('items that lead in a circle');
    if ((this.#count & 0xfff) === 0) this.#signal?.throwIfAborted();
    cbor.next();
    if (cbor.major !== MAJOR.map) this.#fail('an item that is none');
    let rest = cbor.isIndefinite ? Infinity : cbor.argument;
    resetEntry(this.#entry, device);
    this.#previous = undefined;
    this.#sub = undefined;
    let seen = 0;
    for (; rest > 0; rest--) {
      cbor.next();
      if (cbor.isEnd) break;
      const key = this.#key();
      if (key > KEY.mtime) {
        cbor.skip();
        cbor.next();
        cbor.skip();
        continue;
      }
      if ((seen & (1 << key)) !== 0) this.#fail('a key twice');
      seen |= 1 << key;
      this.#value(key, reference, isRoot);
    }
    if ((seen & 3) !== 3) this.#fail('an item without a type or a name');
    settleItem(this.#entry, this.#type);
  }

  /** Infinity where it is none of ours. */
  #key(): number {
    return this.#cbor.major === MAJOR.positive ? this.#cbor.argument : Infinity;
  }

  #value(key: number, reference: number, isRoot: boolean): void {
    const cbor = this.#cbor;
    const entry = this.#entry;
    cbor.next();
    switch (key) {
      case KEY.type:
        this.#type = this.#signed();
        return;
      case KEY.name:
        this.#readName(isRoot);
        return;
      case KEY.previous:
        // The first ones to write it said 0 of the root, which has none before it.
        this.#previous = this.#reference(reference);
        return;
      case KEY.sub:
        this.#sub = this.#reference(reference);
        return;
      case KEY.readError:
        entry.isUnread = cbor.major === MAJOR.simple && cbor.argument === TRUE;
        return;
      case KEY.apparentBytes:
        entry.apparentBytes = this.#unsigned();
        return;
      case KEY.diskBytes:
        entry.diskBytes = this.#unsigned();
        return;
      case KEY.device:
        this.#unsigned();
        entry.device = this.#deviceOf(`${cbor.high}:${cbor.low}`);
        return;
      case KEY.inode:
        this.#unsigned();
        entry.inodeHigh = cbor.high;
        entry.inodeLow = cbor.low;
        entry.hasInode = true;
        return;
      case KEY.links:
        entry.links = Math.min(this.#unsigned(), UNKNOWN_LINKS);
        return;
      case KEY.uid:
        entry.uid = this.#unsigned();
        return;
      case KEY.mode:
        entry.mode = this.#unsigned() & MODE_BITS;
        return;
      case KEY.mtime:
        entry.mtime = this.#unsigned();
        return;
      default:
        cbor.skip();
    }
  }

  #unsigned(): number {
    if (this.#cbor.major !== MAJOR.positive) this.#fail('expected a whole number');
    return this.#cbor.argument;
  }

  #signed(): number {
    const { major, argument } = this.#cbor;
    if (major === MAJOR.negative) return -1 - argument;
    return this.#unsigned();
  }

  /** Absolute, or so many bytes before this item in the same block. */
  #reference(here: number): number {
    const { major, argument } = this.#cbor;
    if (major !== MAJOR.negative) return this.#unsigned();
    if (argument >= here % OFFSET_UNIT) this.#fail('an item before its block');
    return here - argument - 1;
  }

  #readName(isRoot: boolean): void {
    const cbor = this.#cbor;
    const entry = this.#entry;
    if (cbor.isIndefinite || (cbor.major !== MAJOR.bytes && cbor.major !== MAJOR.text))
      this.#fail('a name that is no string');
    const length = cbor.argument;
    const start = cbor.skip();
    if (length === 0) this.#fail('an empty name');
    if (length > MOST_NAME_BYTES) this.#fail('a name that is too long');
    const name = cbor.bytes.subarray(start, start + length);
    const isDots = name.equals(DOT) || name.equals(DOTS);
    if (name.includes(0) || (!isRoot && (isDots || name.includes(SLASH))))
      this.#fail('a name that no file can have');
    entry.bytes = cbor.bytes;
    entry.nameStart = start;
    entry.nameEnd = start + length;
  }

  #deviceOf(name: string): number {
    const known = this.#devices.get(name) ?? this.#devices.size;
    if (known === this.#devices.size) this.#devices.set(name, known);
    return known;
  }

  /** An item has no place in the file: its block has. */
  #fail(what: string): never {
    throw new Damage(`${what} in a block`, this.#file.offsetOf(this.#block), true);
  }
}

const DOT = Buffer.from('.');
const DOTS = Buffer.from('..');
