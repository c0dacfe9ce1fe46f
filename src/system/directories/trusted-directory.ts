/**
 * The directory that a file lies in, walked to as walkPath allows and open: what is read, made or removed in it goes by
 * its descriptor, wherever its path leads meanwhile.
 */
import { errnoMessage } from '../../model/errno-message.ts';
import { UsageError } from '../../model/errors.ts';
import { baseName, fromText, joinPath, parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { lstatIfAny } from '../calls/lstat.ts';
import { chooseDirectoryCalls } from './choose-directory-calls.ts';
import type { DirectoryCalls } from './directory-calls.ts';
import { walkPath } from './path-walk.ts';

/** A directory as a path that leads to what is open, and the file's path through it. */
export interface ThroughDirectory {
  readonly directory: ByteString;
  readonly file: ByteString;
}

/**
 * Has `use` work with the directory of `path` while it is open. Throws UsageError where the way there is not to be
 * trusted, or cannot be gone.
 * @param ownUid who asks.
 */
export function inDirectoryOf<T>(path: ByteString, ownUid: number, use: (through: ThroughDirectory) => T): T {
  const calls = chooseDirectoryCalls('auto');
  const whole = path.startsWith('/') ? path : joinPath('.' as ByteString, path);
  const above = parentPath(whole);
  if (!calls) return use({ directory: above, file: whole });
  const way = walkPath(calls, above, ownUid);
  try {
    const directory = fromText(`/proc/self/fd/${way.at(-1)!.descriptor}`);
    return use({ directory, file: joinPath(directory, baseName(whole)) });
  } finally {
    for (const { descriptor } of way) calls.close(descriptor);
  }
}

/** Makes what is missing of a directory's path, for the owner alone, each in the one above it, which is walked to. */
export function makeDirectories(path: ByteString, ownUid: number): void {
  const calls = chooseDirectoryCalls('auto');
  if (!calls) throw new UsageError('cannot be made safely here', path);
  const missing: ByteString[] = [];
  let there = path;
  for (; lstatIfAny(there) === undefined && there !== '/'; there = parentPath(there)) missing.push(there);
  for (const directory of missing.toReversed()) makeOne(calls, directory, ownUid);
}

function makeOne(calls: DirectoryCalls, path: ByteString, ownUid: number): void {
  const way = walkPath(calls, parentPath(path), ownUid);
  try {
    const isMade = calls.makeDirectory(way.at(-1)!.descriptor, baseName(path));
    if (!isMade && calls.failure !== 'EEXIST') throw new UsageError(errnoMessage(calls.failure), path);
  } finally {
    for (const { descriptor } of way) calls.close(descriptor);
  }
}
