/**
 * Writes down what one thread of a scan sees, every entry, as the items of ncdu's JSON, in the order in which it walks:
 * depth first. A directory that is given to another thread becomes a gap, which the stitch fills with what that one wrote.
 */
import type { ByteString } from '../../model/byte-string.ts';
import { FILE_TYPE } from '../../system/calls/statx.ts';
import { EntryText } from './entry-text.ts';
import type { LeftOut } from './entry-text.ts';
import type { RecordedStat } from './recorded-stat.ts';

/** What every thread that records is told. */
export interface RecordOptions {
  /** Mounts that show the kernel's own state, by id and by mount point. */
  readonly kernelMountIds: ReadonlySet<number>;
  readonly kernelMountPoints: ReadonlySet<ByteString>;
  /** One number: not 0 while more has been written than taken away, and threads are to wait. */
  readonly pause: SharedArrayBuffer;
}

/** What a thread tells the stitch. Directories are named by their numbers in the tree. */
export type RecordMessage =
  /** What stands in directory `part`, up to `mark`. */
  | {
      readonly kind: 'text';
      readonly part: number;
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly mark: Mark;
      /** Where `mark` is a gap or a last gap: the directory it is in. */
      readonly directory: number;
    }
  /** A directory that another thread reads, with the text that opens it. */
  | {
      readonly kind: 'given';
      readonly part: number;
      readonly within: number;
      readonly bytes: Uint8Array<ArrayBuffer>;
    };

/** What may stand behind a piece: nothing, directories given away that are done, all of them, or no more. */
type Mark = 'more' | 'gap' | 'last-gap' | 'end';

interface Found {
  readonly above: number;
  readonly device: number;
  readonly text: Uint8Array<ArrayBuffer>;
}

const TEXT_BYTES = 192 * 1024;
const COMMA = Buffer.from(',\n', 'latin1');
const OPENING = Buffer.from('[', 'latin1');
const CLOSING = Buffer.from(']', 'latin1');

export class Recorder {
  readonly #post: (message: RecordMessage) => void;
  readonly #options: RecordOptions;
  readonly #text = new EntryText();
  readonly #single = new EntryText();
  /** Directories found and not read yet, by row. */
  readonly #found = new Map<number, Found>();
  /** From the job's directory down to the one being read: rows, numbers, devices. */
  readonly #open: { readonly row: number; readonly id: number; readonly device: number; gave: boolean }[] =
    [];
  #part = 0;
  #device = 0;
  /** Some directory of the job gave one away. */
  #gave = false;
  readonly #idOf: (row: number) => number;

  /** @param idOf the number of a row's directory. */
  constructor(options: RecordOptions, post: (message: RecordMessage) => void, idOf: (row: number) => number) {
    this.#options = options;
    this.#post = post;
    this.#idOf = idOf;
  }

  /** What follows lies in directory number `id`, which has its brackets already. */
  begin(row: number, id: number, device: number): void {
    this.#part = id;
    this.#gave = false;
    this.#open.length = 0;
    this.#open.push({ row, id, device, gave: false });
    this.#device = device;
  }

  /** What is added from now on is in the directory of `row`. */
  enter(row: number): void {
    const found = this.#found.get(row);
    if (!found) return;
    this.#found.delete(row);
    this.#returnTo(found.above);
    this.#addBracketed(found.text);
    this.#open.push({ row, id: this.#idOf(row), device: found.device, gave: false });
    this.#device = found.device;
  }

  /** The directory of `row` could not be opened. */
  failDirectory(row: number): void {
    const found = this.#found.get(row);
    if (!found) return;
    this.#found.delete(row);
    this.#returnTo(found.above);
    this.#addBracketed(found.text);
    this.#text.markUnread();
    this.#text.add(CLOSING);
  }

  /** A directory in the one being read: its row is `row`. */
  addDirectory(row: number, stat: RecordedStat, name: Uint8Array, start: number, end: number): void {
    this.#single.addEntry(stat, this.#device, name, start, end);
    const above = this.#open.at(-1)!.row;
    this.#found.set(row, { above, device: stat.device, text: this.#single.take() });
  }

  addFile(stat: RecordedStat, name: Uint8Array, start: number, end: number): void {
    this.#text.add(COMMA);
    this.#text.addEntry(stat, this.#device, name, start, end);
    this.#flushIfFull();
  }

  addUnread(name: Uint8Array, start: number, end: number): void {
    this.#text.add(COMMA);
    this.#text.addUnread(name, start, end);
  }

  addExcluded(name: Uint8Array, start: number, end: number): void {
    this.#text.add(COMMA);
    this.#text.addLeftOut('pattern', name, start, end);
  }

  /** An entry on a mount that is not entered. @param place its mount id, or its path. */
  addBoundary(place: number | ByteString, mode: number, name: Uint8Array, start: number, end: number): void {
    const { kernelMountIds, kernelMountPoints } = this.#options;
    const isKernel = typeof place === 'number' ? kernelMountIds.has(place) : kernelMountPoints.has(place);
    const why: LeftOut = isKernel ? 'kernfs' : 'otherfs';
    const isDirectory = (mode & FILE_TYPE.mask) === FILE_TYPE.directory;
    this.#text.add(COMMA);
    if (isDirectory) this.#text.add(OPENING);
    this.#text.addLeftOut(why, name, start, end);
    if (isDirectory) this.#text.add(CLOSING);
  }

  /** Another thread reads the directory of `row`. */
  give(row: number): void {
    const found = this.#found.get(row)!;
    this.#found.delete(row);
    const holder = this.#open.find((one) => one.row === found.above)!;
    holder.gave = true;
    this.#gave = true;
    this.#post({ kind: 'given', part: this.#idOf(row), within: holder.id, bytes: found.text });
  }

  /** The job is done. */
  end(): void {
    if (this.#open.length === 0) return;
    this.#returnTo(this.#open[0].row);
    if (this.#open[0].gave) this.#flush('last-gap', this.#open[0].id);
    this.#flush('end', 0);
    this.#open.length = 0;
  }

  #returnTo(row: number): void {
    for (let top = this.#open.at(-1)!; top.row !== row; top = this.#open.at(-1)!) {
      if (top.gave) this.#flush('last-gap', top.id);
      this.#text.add(CLOSING);
      this.#open.pop();
    }
    const top = this.#open.at(-1)!;
    this.#device = top.device;
    if (this.#gave && top.gave) this.#flush('gap', top.id);
    else this.#flushIfFull();
  }

  #addBracketed(text: Uint8Array): void {
    this.#text.add(COMMA);
    this.#text.add(OPENING);
    this.#text.add(text);
  }

  #flushIfFull(): void {
    if (this.#text.length > TEXT_BYTES) this.#flush('more', 0);
  }

  #flush(mark: Mark, directory: number): void {
    const bytes = this.#text.take();
    this.#post({ kind: 'text', part: this.#part, bytes, mark, directory });
  }
}
