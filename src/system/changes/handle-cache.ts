/** What file handles stand for: each is resolved once and then known, until others push it out. */
import { closeSync, constants, openSync } from 'node:fs';
import { joinPath, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { fileId } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';
import { descriptorPath } from '../calls/descriptor-path.ts';
import type { Libc } from '../calls/libc.ts';
import { Statx } from '../calls/statx.ts';

export interface ResolvedFile {
  readonly id: FileId;
  readonly path: ByteString;
}

/** Resolves handles while it is open; dispose before the filesystem may be unmounted again. */
export interface Resolving extends Disposable {
  /** The file of a handle; undefined where it is gone. `directory` and `name` say where it was seen. */
  readonly file: (handle: string, directory: string, name: string) => ResolvedFile | undefined;
}

/** What the kernel shows behind the path of a file without a name. */
const DELETED = ' (deleted)';
const MOST_HANDLES = 16_384;
/** A handle has at most 128 bytes (MAX_HANDLE_SZ) behind its 8 of header. */
const HANDLE_BYTES = 136;
const O_PATH = 0o10000000;

export class HandleCache {
  readonly #libc: Libc;
  readonly #directory: ByteString;
  readonly #statx: Statx;
  readonly #handle = Buffer.allocUnsafeSlow(HANDLE_BYTES);
  #files = new Map<string, ResolvedFile>();
  #handles = new Map<FileId, string>();
  #directories = new Map<string, ByteString>();

  /** @param directory any directory of the filesystem. */
  constructor(libc: Libc, directory: ByteString) {
    this.#libc = libc;
    this.#directory = directory;
    this.#statx = new Statx(libc);
  }

  open(): Resolving {
    let mount = -1;
    const descriptor = (): number => (mount >= 0 ? mount : (mount = this.#openMount()));
    return {
      file: (handle, directory, name) =>
        this.#files.get(handle) ?? this.#resolve(descriptor(), handle, directory, name),
      [Symbol.dispose]: () => {
        if (mount >= 0) closeSync(mount);
      },
    };
  }

  /** Where a file is now; undefined where it has no name any more or is not known. */
  locate(id: FileId): ByteString | undefined {
    const handle = this.#handles.get(id);
    if (handle === undefined) return undefined;
    this.#files.delete(handle);
    const mount = this.#openMount();
    if (mount < 0) return undefined;
    try {
      const opened = this.#openHandle(mount, handle);
      if (opened < 0) return undefined;
      const path =
        this.#statx.lookAtDescriptor(opened) && this.#statx.links > 0 ? descriptorPath(opened) : undefined;
      this.#libc.close(opened);
      if (path !== undefined) this.#files.set(handle, { id, path });
      return path;
    } finally {
      closeSync(mount);
    }
  }

  #openMount(): number {
    try {
      return openSync(toBuffer(this.#directory), constants.O_RDONLY | constants.O_DIRECTORY);
    } catch {
      return -1;
    }
  }

  #resolve(mount: number, handle: string, directory: string, name: string): ResolvedFile | undefined {
    if (mount < 0) return undefined;
    const opened = this.#openHandle(mount, handle);
    if (opened < 0) return undefined;
    const statx = this.#statx;
    const id = statx.lookAtDescriptor(opened)
      ? fileId(statx.device, statx.inodeHigh, statx.inodeLow)
      : undefined;
    const shown = descriptorPath(opened);
    this.#libc.close(opened);
    if (id === undefined) return undefined;
    const above = name === '' ? undefined : this.#directoryPath(mount, directory);
    const path = above === undefined ? withoutMark(shown) : joinPath(above, name as ByteString);
    if (path === undefined) return undefined;
    const file = { id, path };
    this.#remember(handle, file);
    return file;
  }

  #directoryPath(mount: number, handle: string): ByteString | undefined {
    const known = this.#directories.get(handle);
    if (known !== undefined) return known;
    const opened = this.#openHandle(mount, handle);
    if (opened < 0) return undefined;
    const path = descriptorPath(opened);
    this.#libc.close(opened);
    if (path !== undefined) this.#directories.set(handle, path);
    return path;
  }

  #openHandle(mount: number, handle: string): number {
    this.#handle.write(handle, 'latin1');
    return this.#libc.openByHandleAt(mount, this.#libc.addressOf(this.#handle), O_PATH | 0o2000000);
  }

  #remember(handle: string, file: ResolvedFile): void {
    if (this.#files.size >= MOST_HANDLES) {
      // All at once: what is still written to comes back with its next event.
      this.#files = new Map();
      this.#handles = new Map();
      this.#directories = new Map();
    }
    this.#files.set(handle, file);
    this.#handles.set(file.id, handle);
  }
}

function withoutMark(path: ByteString | undefined): ByteString | undefined {
  return path?.endsWith(DELETED) ? (path.slice(0, -DELETED.length) as ByteString) : path;
}
