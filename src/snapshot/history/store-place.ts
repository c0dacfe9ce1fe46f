/** Where snapshots are kept: a directory of the owner alone, and in it one for each path, named after it. */
import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, mkdirSync, openSync } from 'node:fs';
import { joinPath, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import { snapshotsDirectory } from '../../model/state-directory.ts';
import type { StateEnvironment } from '../../model/state-directory.ts';
import { errnoMessage, errorCode } from '../../system/calls/errno.ts';
import { chooseDirectoryCalls } from '../../system/directories/choose-directory-calls.ts';

/** Who keeps snapshots, and where. */
export interface Keeper {
  readonly environment: StateEnvironment;
  readonly uid: number;
}

const OTHERS = 0o077;
/** A longer name of a directory is cut and told by its hash. */
const MOST_NAME = 150;
const HASH_DIGITS = 24;

/** The store of a path; throws UsageError where there is no place for any. */
export function storeOf(path: ByteString, { environment, uid }: Keeper): ByteString {
  const snapshots = snapshotsDirectory(environment, uid);
  if (snapshots === undefined)
    throw new UsageError('there is no HOME to keep snapshots in; XDG_STATE_HOME says where else');
  return joinPath(snapshots, directoryName(path));
}

/** Readable, and the same for no two paths: /var/log is %2Fvar%2Flog. */
function directoryName(path: ByteString): ByteString {
  const name = path.replaceAll(
    /[^\w.-]/gu,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  if (name.length <= MOST_NAME) return name as ByteString;
  const hash = createHash('sha256').update(toBuffer(path)).digest('hex').slice(0, HASH_DIGITS);
  return `${name.slice(0, MOST_NAME)}-${hash}` as ByteString;
}

/** Makes the store where it is missing; throws UsageError where others could reach into it, or it cannot be made. */
export function openStore(store: ByteString, uid: number): void {
  let descriptor: number;
  try {
    mkdirSync(toBuffer(store), { recursive: true, mode: 0o700 });
    descriptor = openSync(toBuffer(store), constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new UsageError(`snapshots cannot be kept there: ${errnoMessage(code)}`, store);
  }
  try {
    const { uid: owner, mode } = fstatSync(descriptor);
    if (owner !== uid || (mode & OTHERS) !== 0)
      throw new UsageError('snapshots are kept in a directory that is yours alone: chmod 700', store);
  } finally {
    closeSync(descriptor);
  }
}

interface LockedStore extends Disposable {
  readonly store: ByteString;
}

/** Held until it is disposed, or the process ends. Throws UsageError where another run holds it. */
export function lockStore(store: ByteString): LockedStore {
  const descriptor = openSync(toBuffer(store), constants.O_RDONLY | constants.O_DIRECTORY);
  if (chooseDirectoryCalls('auto')?.lock(descriptor) === 'held') {
    closeSync(descriptor);
    throw new UsageError('another run is just keeping a snapshot there; try again when it is done', store);
  }
  return { store, [Symbol.dispose]: () => closeSync(descriptor) };
}
