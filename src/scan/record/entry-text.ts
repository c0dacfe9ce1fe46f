/**
 * Entries as ncdu's JSON writes them (dev.yorhel.nl/ncdu/jsonfmt, 1.2 with the extended keys), put into bytes without a
 * string in between: the names' bytes stay what they are, only what JSON cannot hold is escaped.
 */
import { FILE_TYPE } from '../../system/calls/statx.ts';
import type { RecordedStat } from './recorded-stat.ts';

/** Why an entry was left out, in ncdu's words. */
export type LeftOut = 'pattern' | 'otherfs' | 'kernfs';

const HIGH_WORD = 2 ** 32;
/** From this high half on, an inode number is beyond 2^53. */
const INEXACT = 2 ** 21;
/** Longest text of one entry beside its name, and of one byte of a name. */
const MOST_AROUND_NAME = 512;
const MOST_PER_BYTE = 6;
const QUOTE = 34;
const BACKSLASH = 92;
const SPACE = 32;
const DELETE = 127;
const ZERO = 48;
const HEX = Buffer.from('0123456789abcdef', 'latin1');
const key = (text: string): Uint8Array => Buffer.from(text, 'latin1');

const NAME = key('{"name":"');
const APPARENT = key('","asize":');
const DISK = key(',"dsize":');
const DEVICE = key(',"dev":');
const INODE = key(',"ino":');
const LINKS = key(',"hlnkc":true,"nlink":');
const NOT_REGULAR = key(',"notreg":true');
const UID = key(',"uid":');
const GID = key(',"gid":');
const MODE = key(',"mode":');
const MTIME = key(',"mtime":');
const UNREAD = key('","read_error":true}');
const READ_ERROR = key(',"read_error":true');
const LEFT_OUT: Readonly<Record<LeftOut, Uint8Array>> = {
  pattern: key('","excluded":"pattern"}'),
  otherfs: key('","excluded":"otherfs"}'),
  kernfs: key('","excluded":"kernfs"}'),
};

/** A buffer that entries are written into, one after the other; who writes empties it in between. */
export class EntryText {
  bytes = new Uint8Array(64 * 1024);
  length = 0;

  /** The braces of an entry; a directory's stand in brackets of its own. @param device the directory's around it. */
  addEntry(stat: RecordedStat, device: number, name: Uint8Array, start: number, end: number): void {
    this.#makeRoom(end - start);
    this.#addName(name, start, end);
    const { mode, links } = stat;
    const kind = mode & FILE_TYPE.mask;
    const isDirectory = kind === FILE_TYPE.directory;
    this.#addKey(APPARENT);
    this.#addNumber(stat.size);
    this.#addKey(DISK);
    this.#addNumber(stat.blocks * 512);
    if (stat.device !== device) {
      this.#addKey(DEVICE);
      this.#addNumber(userDevice(stat.device));
    }
    this.#addKey(INODE);
    this.#addInode(stat.inodeHigh, stat.inodeLow);
    if (!isDirectory && links > 1) {
      this.#addKey(LINKS);
      this.#addNumber(links);
    }
    if (!isDirectory && kind !== FILE_TYPE.regular) this.#addKey(NOT_REGULAR);
    this.#addKey(UID);
    this.#addNumber(stat.uid);
    this.#addKey(GID);
    this.#addNumber(stat.gid);
    this.#addKey(MODE);
    this.#addNumber(mode);
    this.#addKey(MTIME);
    // ncdu refuses a negative number.
    this.#addNumber(Math.max(0, stat.mtime));
    this.bytes[this.length++] = CLOSING_BRACE;
  }

  /** An entry that could not be looked at. */
  addUnread(name: Uint8Array, start: number, end: number): void {
    this.#makeRoom(end - start);
    this.#addName(name, start, end);
    this.#addKey(UNREAD);
  }

  addLeftOut(why: LeftOut, name: Uint8Array, start: number, end: number): void {
    this.#makeRoom(end - start);
    this.#addName(name, start, end);
    this.#addKey(LEFT_OUT[why]);
  }

  /** Says of the entry written last that it could not be read. */
  markUnread(): void {
    this.#makeRoom(0);
    this.length--;
    this.#addKey(READ_ERROR);
    this.bytes[this.length++] = CLOSING_BRACE;
  }

  /** Bytes as they are. */
  add(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** A copy of what was written, which is then forgotten. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.bytes.slice(0, this.length);
    this.length = 0;
    return taken;
  }

  #makeRoom(nameBytes: number): void {
    const needed = this.length + nameBytes * MOST_PER_BYTE + MOST_AROUND_NAME;
    if (needed <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }

  #addKey(bytes: Uint8Array): void {
    for (let i = 0; i < bytes.length; i++) this.bytes[this.length++] = bytes[i];
  }

  #addName(name: Uint8Array, start: number, end: number): void {
    this.#addKey(NAME);
    for (let i = start; i < end; i++) {
      const byte = name[i];
      if (byte === QUOTE || byte === BACKSLASH) {
        this.bytes[this.length++] = BACKSLASH;
        this.bytes[this.length++] = byte;
      } else if (byte < SPACE || byte === DELETE) {
        this.#addKey(ESCAPE);
        this.bytes[this.length++] = HEX[byte >> 4];
        this.bytes[this.length++] = HEX[byte & 15];
      } else this.bytes[this.length++] = byte;
    }
  }

  #addInode(high: number, low: number): void {
    if (high < INEXACT) this.#addNumber(high * HIGH_WORD + low);
    else this.#addKey(key(String((BigInt(high) << 32n) | BigInt(low))));
  }

  /** A whole number from 0 to 2^53. */
  #addNumber(value: number): void {
    const { bytes } = this;
    let rest = value;
    let digits = 1;
    for (let bound = 10; bound <= rest; bound *= 10) digits++;
    const end = this.length + digits;
    // Integer division by a 32-bit number is several times faster.
    let at = end;
    for (; rest > 0x7fff_ffff; rest = Math.floor(rest / 10)) bytes[--at] = ZERO + (rest % 10);
    for (let small = rest | 0; at > this.length; small = (small / 10) | 0) bytes[--at] = ZERO + (small % 10);
    this.length = end;
  }
}

const CLOSING_BRACE = 125;
const ESCAPE = key(String.raw`\u00`);

/** makedev(3) of glibc, which ncdu writes, for the kernel's own dev_t of 12 and 20 bits. */
function userDevice(device: number): number {
  const major = device >>> 20;
  const minor = device & 0xf_ffff;
  return (minor >> 8) * 2 ** 20 + major * 2 ** 8 + (minor & 0xff);
}
