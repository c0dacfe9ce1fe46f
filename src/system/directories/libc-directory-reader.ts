/** Steps through one open directory by getdents64(2). */
import { fromBytes } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { DirentReader } from '../calls/dirent.ts';
import type { DirectoryReader } from './directory-calls.ts';
import type { LibcEntries } from './libc-entries.ts';

const READ_BYTES = 32_768;
/** AT_REMOVEDIR */
export const REMOVE_DIRECTORY = 0x200;

/** Memory the kernel writes directory entries to. */
interface ReadBuffer {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly address: number;
}

/** Readers of one set of calls, which share memory: one is read at a time, those above it wait. */
export class LibcReaders {
  readonly #entries: LibcEntries;
  readonly #spare: ReadBuffer[] = [];

  constructor(entries: LibcEntries) {
    this.#entries = entries;
  }

  read(descriptor: number): DirectoryReader {
    return new LibcDirectoryReader(this.#entries, descriptor, this.#take(), (buffer) =>
      this.#spare.push(buffer),
    );
  }

  #take(): ReadBuffer {
    const spare = this.#spare.pop();
    if (spare) return spare;
    const bytes = new Uint8Array(new ArrayBuffer(READ_BYTES));
    return { bytes, address: this.#entries.libc.addressOf(bytes) };
  }
}

class LibcDirectoryReader implements DirectoryReader {
  readonly #entries: LibcEntries;
  readonly #descriptor: number;
  readonly #buffer: ReadBuffer;
  readonly #giveBack: (buffer: ReadBuffer) => void;
  readonly #dirents: DirentReader;
  readonly nameBytes: Uint8Array;
  failed = false;

  constructor(
    entries: LibcEntries,
    descriptor: number,
    buffer: ReadBuffer,
    giveBack: (buffer: ReadBuffer) => void,
  ) {
    this.#entries = entries;
    this.#descriptor = descriptor;
    this.#buffer = buffer;
    this.#giveBack = giveBack;
    this.nameBytes = buffer.bytes;
    this.#dirents = new DirentReader(buffer.bytes);
  }

  get nameStart(): number {
    return this.#dirents.nameStart;
  }

  get nameEnd(): number {
    return this.#dirents.nameEnd;
  }

  name = (): ByteString => fromBytes(this.nameBytes, this.nameStart, this.nameEnd);

  next = (): boolean => {
    while (!this.#dirents.advance()) {
      const { bytes, address } = this.#buffer;
      const read = this.#entries.libc.getdents64(this.#descriptor, address, bytes.length);
      // A directory removed while it is open has no entries.
      if (!this.#entries.noted(read >= 0)) this.failed = this.#entries.failure !== 'ENOENT';
      if (read <= 0) return false;
      this.#dirents.reset(0, read);
    }
    return true;
  };

  rewind = (): void => {
    this.failed = false;
    this.#entries.libc.lseek(this.#descriptor, 0, 0);
    this.#dirents.reset(0, 0);
  };

  look = (): boolean => this.#entries.lookAt(this.#descriptor, this.#nameAt);

  openDirectory = (): number => this.#entries.openDirectory(this.#descriptor, this.#nameAt);

  openEntry = (): number => this.#entries.openEntry(this.#descriptor, this.#nameAt);

  openToLock = (): number => this.#entries.openToLock(this.#descriptor, this.#nameAt);

  unlink = (): boolean => this.#entries.unlink(this.#descriptor, this.#nameAt);

  removeDirectory = (): boolean => this.#entries.unlink(this.#descriptor, this.#nameAt, REMOVE_DIRECTORY);

  release = (): void => this.#giveBack(this.#buffer);

  get #nameAt(): number {
    return this.#buffer.address + this.#dirents.nameStart;
  }
}
