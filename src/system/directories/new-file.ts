/**
 * A file that is there whole or not at all: written beside its goal under a name nobody can guess, then synced and
 * renamed over it. The goal's directory is opened once, as walkPath allows, and its path is not asked again.
 */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { baseName, fromText, joinPath, parentPath, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { entryIdentity } from '../../model/entry-digest.ts';
import { errnoMessage } from '../../model/errno-message.ts';
import { UsageError } from '../../model/errors.ts';
import { errorCode } from '../calls/errno.ts';
import { FILE_TYPE } from '../calls/statx.ts';
import { chooseDirectoryCalls } from './choose-directory-calls.ts';
import type { DirectoryCalls } from './directory-calls.ts';
import { walkPath } from './path-walk.ts';
import type { PathStep } from './path-walk.ts';
import { syncDirectory } from './sync-directory.ts';

const FRESH = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/** Where a file is to stand. */
interface Goal {
  /** Leads to the directory by its descriptor, where there is one. */
  readonly directory: ByteString;
  readonly name: ByteString;
  /** A device or a FIFO is there: it takes bytes as they come, and is never replaced. */
  readonly isStream: boolean;
  readonly close: () => void;
}

/**
 * Begins the file that `path` is to name; a regular file there is replaced when all is written. Throws UsageError where
 * the way there is not to be trusted (see walkPath) or the directory refuses.
 * @param mode of the file, before the umask.
 * @param ownUid who asks.
 */
export function beginFile(path: ByteString, mode: number, ownUid: number): NewFile {
  return new NewFile(path, goalOf(path, ownUid), mode);
}

/** Methods throw UsageError with the goal's path where the disk says no; nothing of the new file is left then. */
export class NewFile implements Disposable {
  readonly #path: ByteString;
  readonly #goal: Goal;
  readonly #written: Buffer;
  #descriptor: number | undefined;

  /** For beginFile. */
  constructor(path: ByteString, goal: Goal, mode: number) {
    this.#path = path;
    this.#goal = goal;
    const name = goal.isStream ? goal.name : fromText(`.diskwhy-${randomBytes(8).toString('hex')}.tmp`);
    this.#written = toBuffer(joinPath(goal.directory, name));
    const flags = goal.isStream ? constants.O_WRONLY : FRESH;
    this.#try(() => {
      this.#descriptor = openSync(this.#written, flags, mode);
    });
  }

  write(bytes: Uint8Array): void {
    this.#try(() => {
      for (let at = 0; at < bytes.length;) at += writeSync(this.#descriptor!, bytes, at);
    });
  }

  /** Once it returns, the file stands under its name, on disk. */
  finish(): void {
    this.#try(() => {
      if (!this.#goal.isStream) {
        fsyncSync(this.#descriptor!);
        renameSync(this.#written, toBuffer(joinPath(this.#goal.directory, this.#goal.name)));
        syncDirectory(this.#goal.directory);
      }
      this.#close();
    });
  }

  /** What was there before `beginFile` stays; does nothing after `finish`. */
  [Symbol.dispose](): void {
    if (this.#descriptor === undefined) return;
    if (!this.#goal.isStream) unlinkSync(this.#written);
    this.#close();
  }

  #close(): void {
    closeSync(this.#descriptor!);
    this.#descriptor = undefined;
    this.#goal.close();
  }

  #try(step: () => void): void {
    try {
      step();
    } catch (error) {
      const code = errorCode(error);
      if (code === undefined) throw error;
      if (this.#descriptor === undefined) this.#goal.close();
      this[Symbol.dispose]();
      throw new UsageError(`cannot be written: ${errnoMessage(code)}`, this.#path);
    }
  }
}

function goalOf(named: ByteString, ownUid: number): Goal {
  const calls = chooseDirectoryCalls('auto');
  const path = named.startsWith('/') ? named : joinPath('.' as ByteString, named);
  const name = baseName(path);
  if (name === '' || name === '.' || name === '..')
    throw new UsageError('is a directory; name a file', named);
  if (!calls) return { directory: parentPath(path), name, isStream: false, close: () => undefined };
  const { descriptor, path: parent } = lastStep(calls, parentPath(path), ownUid);
  const isThere = calls.lookAt(descriptor, name);
  const type = isThere ? entryIdentity(calls.look.words).mode & FILE_TYPE.mask : FILE_TYPE.regular;
  if (type === FILE_TYPE.symlink || type === FILE_TYPE.directory) {
    calls.close(descriptor);
    if (type === FILE_TYPE.directory) throw new UsageError('is a directory; name a file', named);
    const end = lastStep(calls, path, ownUid);
    calls.close(end.descriptor);
    return goalOf(end.path, ownUid);
  }
  return {
    // Without /proc the way that was found to be safe is gone once more: nobody but who asks and root can change it.
    directory: existsSync('/proc/self/fd') ? fromText(`/proc/self/fd/${descriptor}`) : parent,
    name,
    isStream: type !== FILE_TYPE.regular,
    close: () => calls.close(descriptor),
  };
}

/** What a path leads to, open; the way there is closed. */
function lastStep(calls: DirectoryCalls, path: ByteString, ownUid: number): PathStep {
  const way = walkPath(calls, path, ownUid);
  for (const { descriptor } of way.slice(0, -1)) calls.close(descriptor);
  return way.at(-1)!;
}
