/** Whether the watched paths are still what they were: they may be deleted, unmounted or closed to this user. */
import { accessSync, constants, lstatSync } from 'node:fs';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { deviceOf } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';
import { errnoMessage, errorCode } from '../../system/calls/errno.ts';
import type { FileLook } from '../../system/files/file-look.ts';

export interface RootChange {
  readonly path: ByteString;
  readonly message: string;
}

interface Watched {
  readonly path: ByteString;
  readonly id: FileId | undefined;
  trouble: string | undefined;
}

export class RootHealth {
  readonly #look: FileLook;
  readonly #roots: readonly Watched[];

  constructor(look: FileLook, paths: readonly ByteString[]) {
    this.#look = look;
    this.#roots = paths.map((path) => ({ path, id: look.entry(path)?.id, trouble: undefined }));
  }

  isRoot(path: ByteString): boolean {
    return this.#roots.some((root) => root.path === path);
  }

  /** What changed since the last call. */
  check(): RootChange[] {
    const changes: RootChange[] = [];
    for (const root of this.#roots) {
      const trouble = this.#troubleOf(root);
      if (trouble === root.trouble) continue;
      root.trouble = trouble;
      changes.push(
        trouble === undefined
          ? { path: root.path, message: 'is there again and watched again' }
          : { path: root.path, message: `${trouble}; the rest is watched on` },
      );
    }
    return changes;
  }

  #troubleOf({ path, id }: Watched): string | undefined {
    const look = this.#look.entry(path);
    if (!look) return goneBecause(path);
    if (id !== undefined && deviceOf(look.id) !== deviceOf(id)) return 'was unmounted';
    if (!look.isDirectory) return undefined;
    try {
      accessSync(toBuffer(path), constants.R_OK | constants.X_OK);
      return undefined;
    } catch {
      return 'cannot be read any more';
    }
  }
}

function goneBecause(path: ByteString): string {
  try {
    lstatSync(toBuffer(path));
    return 'cannot be looked at';
  } catch (error) {
    const code = errorCode(error) ?? 'EIO';
    return code === 'ENOENT' ? 'is gone' : `cannot be read any more: ${errnoMessage(code)}`;
  }
}
