/** The layout of fanotify events that carry file handles (fanotify(7)): steps through what read(2) returned. */

/** struct fanotify_event_metadata. */
const METADATA_BYTES = 24;
const METADATA = { length: 0, mask: 8, pid: 20 } as const;
/** struct fanotify_event_info_header, then an fsid, then struct file_handle. */
const RECORD = { type: 0, length: 2, handle: 12, handleBytes: 12, handleData: 20 } as const;
const RECORD_TYPE = { file: 1, directoryAndName: 2 } as const;

const OVERFLOW = 0x4000;

/** The fields of the current event; handles are raw struct file_handle, one character per byte. */
export class FanotifyEvents {
  readonly #bytes: Buffer;
  #next = 0;
  #end = 0;
  isOverflow = false;
  pid = 0;
  /** '' where the event has none. */
  fileHandle = '';
  directoryHandle = '';
  /** Raw bytes of the name in that directory. */
  name = '';

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Begins with the events in the first `end` bytes. */
  reset(end: number): void {
    this.#next = 0;
    this.#end = end;
  }

  /** Moves to the next event; false at the end. */
  advance(): boolean {
    const bytes = this.#bytes;
    const start = this.#next;
    if (start + METADATA_BYTES > this.#end) return false;
    const end = start + bytes.readUInt32LE(start + METADATA.length);
    this.#next = end;
    this.isOverflow = (bytes.readUInt32LE(start + METADATA.mask) & OVERFLOW) !== 0;
    this.pid = bytes.readInt32LE(start + METADATA.pid);
    this.fileHandle = '';
    this.directoryHandle = '';
    this.name = '';
    for (let at = start + METADATA_BYTES; at + RECORD.handleData <= end;) {
      this.#readRecord(at);
      at += Math.max(4, bytes.readUInt16LE(at + RECORD.length));
    }
    return true;
  }

  #readRecord(at: number): void {
    const bytes = this.#bytes;
    const handleEnd = at + RECORD.handleData + bytes.readUInt32LE(at + RECORD.handleBytes);
    const handle = bytes.toString('latin1', at + RECORD.handle, handleEnd);
    const type = bytes[at + RECORD.type];
    if (type === RECORD_TYPE.file) this.fileHandle = handle;
    if (type !== RECORD_TYPE.directoryAndName) return;
    this.directoryHandle = handle;
    this.name = bytes.toString('latin1', handleEnd, bytes.indexOf(0, handleEnd));
  }
}
