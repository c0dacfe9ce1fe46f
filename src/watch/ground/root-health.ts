/** Whether the watched paths are still what they were: they may be deleted, unmounted or closed to this user. */
import { accessSync, constants, lstatSync } from 'node:fs';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { deviceOf } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';
import { errorCode } from '../../system/calls/errno.ts';
import type { WatchNotice } from '../../model/watch-notice.ts';
import type { FileLook } from '../../system/files/file-look.ts';

export interface RootChange {
  readonly path: ByteString;
  readonly notice: WatchNotice;
}

type Trouble = Omit<Extract<WatchNotice, { kind: 'root-lost' }>, 'kind'>;

interface Watched {
  readonly path: ByteString;
  readonly id: FileId | undefined;
  trouble: Trouble | undefined;
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
      const isSame = trouble?.trouble === root.trouble?.trouble && trouble?.code === root.trouble?.code;
      if (isSame) continue;
      root.trouble = trouble;
      const notice = trouble === undefined ? ({ kind: 'root-back' } as const) : lost(trouble);
      changes.push({ path: root.path, notice });
    }
    return changes;
  }

  #troubleOf({ path, id }: Watched): Trouble | undefined {
    const look = this.#look.entry(path);
    if (!look) return goneBecause(path);
    if (id !== undefined && deviceOf(look.id) !== deviceOf(id))
      return { trouble: 'unmounted', code: undefined };
    if (!look.isDirectory) return undefined;
    try {
      accessSync(toBuffer(path), constants.R_OK | constants.X_OK);
      return undefined;
    } catch (error) {
      return { trouble: 'closed', code: errorCode(error) };
    }
  }
}

function goneBecause(path: ByteString): Trouble {
  try {
    lstatSync(toBuffer(path));
    return { trouble: 'closed', code: undefined };
  } catch (error) {
    const code = errorCode(error) ?? 'EIO';
    return { trouble: code === 'ENOENT' ? 'gone' : 'closed', code };
  }
}

function lost(trouble: Trouble): WatchNotice {
  return { kind: 'root-lost', ...trouble };
}
