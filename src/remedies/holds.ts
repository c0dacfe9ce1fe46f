/** Who holds a file or anything in a directory: processes by (device, inode), and the kernel for its disks. */
import { deviceOf } from '../model/file-id.ts';
import type { FileId } from '../model/file-id.ts';
import { isInside } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { HeldFile, HoldKind, OpenFiles } from '../model/process.ts';
import { readDiskFiles } from '../system/disks/disk-files.ts';
import type { DiskFile } from '../system/disks/disk-files.ts';
import { namedFile } from '../system/files/named-file.ts';
import { heldPath } from '../system/processes/open-files.ts';
import type { Hold } from './world.ts';

/** Emptying what a process runs from, works in or has mapped hurts it; a descriptor it only writes to does not mind. */
const RUN_FROM: ReadonlySet<HoldKind> = new Set(['executable', 'mapping', 'root', 'working-directory']);

export class Holds {
  readonly #openFiles: OpenFiles;
  readonly #paths = new Map<number, readonly { readonly path: ByteString; readonly file: HeldFile }[]>();
  #disks: readonly DiskFile[] | undefined;

  constructor(openFiles: OpenFiles) {
    this.#openFiles = openFiles;
  }

  on(path: ByteString): Hold {
    const itself = namedFile(path);
    if (itself === undefined) return { pids: [], kernel: undefined, isRunFrom: false };
    const files = itself.isDirectory ? this.#below(path, itself.id) : this.#fileOf(itself.id);
    const holds = files.flatMap((file) => file.holds);
    const disk = (this.#disks ??= readDiskFiles()).find((one) =>
      itself.isDirectory ? isInside(one.path, path) : one.id === itself.id,
    );
    return {
      pids: [...new Set(holds.map(({ pid }) => pid))],
      kernel: disk?.user,
      isRunFrom: holds.some(({ kind }) => RUN_FROM.has(kind)),
    };
  }

  #fileOf(id: FileId): readonly HeldFile[] {
    const file = this.#openFiles.files.get(id);
    return file === undefined ? [] : [file];
  }

  /** By the paths their holders see, and only where these lead to the same file here. */
  #below(path: ByteString, id: FileId): readonly HeldFile[] {
    return this.#pathsOn(deviceOf(id))
      .filter((one) => isInside(one.path, path))
      .map(({ file }) => file);
  }

  #pathsOn(device: number): readonly { readonly path: ByteString; readonly file: HeldFile }[] {
    let paths = this.#paths.get(device);
    if (paths === undefined) {
      paths = [...this.#openFiles.files.values()].flatMap((file) => {
        if (file.links === 0 || deviceOf(file.id) !== device) return [];
        const path = heldPath(file);
        return path === undefined ? [] : [{ path, file }];
      });
      this.#paths.set(device, paths);
    }
    return paths;
  }
}
