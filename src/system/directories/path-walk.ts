/**
 * Opens what a path leads to, one component after the other, so that nobody but root, the caller and the owner of the
 * goal has a say in where it leads.
 */
import { components, joinPath, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { entryIdentity } from '../../model/entry-digest.ts';
import { errnoMessage } from '../../model/errno-message.ts';
import { UsageError } from '../../model/errors.ts';
import { deviceNumber, deviceOf } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';
import { descriptorPath } from '../calls/descriptor-path.ts';
import { FILE_TYPE } from '../calls/statx.ts';
import { isUnanswered } from '../calls/unanswered-places.ts';
import { readMounts } from '../mounts/mounts.ts';
import type { DirectoryCalls } from './directory-calls.ts';

/** As many as the kernel follows (path_resolution(7)). */
const MOST_LINKS = 40;
const STICKY = 0o1000;
const OTHERS_WRITE = 0o002;
const HERE = '.' as ByteString;

/** Something on the way, open. */
export interface PathStep {
  /** Only to go on from it (O_PATH). */
  readonly descriptor: number;
  /** Absolute, without links. */
  readonly path: ByteString;
  readonly id: FileId;
  readonly uid: number;
  /** st_mode. */
  readonly mode: number;
}

/** From "/" down to what the path leads to; whoever has it closes its steps. */
export type Way = readonly PathStep[];

/**
 * Walks `path`. A link is followed only where its owner is root, the caller, or the owner of what it leads to, and
 * nobody else could have put it where it lies. Throws UsageError for other links, where the kernel says no, and where it
 * would have to be waited for.
 * @param path relative ones start in the working directory.
 */
export function walkPath(calls: DirectoryCalls, path: ByteString, ownUid: number): Way {
  if (isUnanswered(path)) throw new UsageError(errnoMessage('ETIMEDOUT'), path);
  const walk = new PathWalk(calls, path, ownUid);
  try {
    walk.begin();
    walk.go(components(path));
    if (/\/\.?$/u.test(path)) walk.mustBeDirectory();
    return walk.way;
  } catch (error) {
    closeWay(calls, walk.way);
    throw error;
  }
}

function closeWay(calls: DirectoryCalls, way: Way): void {
  for (const { descriptor } of way) calls.close(descriptor);
}

class PathWalk {
  readonly way: PathStep[] = [];
  readonly #calls: DirectoryCalls;
  readonly #named: ByteString;
  readonly #ownUid: number;
  #links = 0;

  constructor(calls: DirectoryCalls, named: ByteString, ownUid: number) {
    this.#calls = calls;
    this.#named = named;
    this.#ownUid = ownUid;
  }

  /** Opens "/", and for a relative path the way down to the working directory. */
  begin(): void {
    const calls = this.#calls;
    this.#push(calls.openRoot(), '/' as ByteString);
    if (this.#named.startsWith('/')) return;
    const descriptor = calls.openHere();
    if (descriptor < 0) this.#fail();
    const path = descriptorPath(descriptor);
    const isKnown = calls.lookAtDescriptor(descriptor) && path?.startsWith('/') === true;
    const { id } = entryIdentity(calls.look.words);
    calls.close(descriptor);
    if (path === undefined)
      throw new UsageError(
        'where the working directory is cannot be told without /proc; name an absolute path',
        this.#named,
      );
    if (isKnown) this.go(components(path));
    if (!isKnown || this.#here.id !== id)
      throw new UsageError('the working directory was moved; name an absolute path', this.#named);
  }

  go(names: readonly ByteString[]): void {
    for (const name of names) {
      if (name === '..') this.#back();
      else if (name === HERE) this.mustBeDirectory();
      else this.#step(name);
    }
  }

  mustBeDirectory(): void {
    if (typeOf(this.#here.mode) !== FILE_TYPE.directory)
      throw new UsageError(errnoMessage('ENOTDIR'), this.#named);
  }

  get #here(): PathStep {
    return this.way.at(-1)!;
  }

  #step(name: ByteString): void {
    const calls = this.#calls;
    const here = this.#here;
    const path = joinPath(here.path, name);
    // What is no directory, or a link, is opened as it is.
    const opened = calls.openStep(here.descriptor, name);
    const descriptor = opened < 0 ? calls.openEntry(here.descriptor, name) : opened;
    this.#push(descriptor, path);
    if (typeOf(this.#here.mode) !== FILE_TYPE.symlink) return;
    this.#back();
    this.#follow(here, name, path);
  }

  #follow(from: PathStep, name: ByteString, path: ByteString): void {
    const target = this.#calls.readLink(from.descriptor, name);
    if (target === undefined) this.#fail();
    if (++this.#links > MOST_LINKS) throw new UsageError(errnoMessage('ELOOP'), this.#named);
    const link = entryIdentity(this.#calls.look.words);
    // Links of /proc lead where their text does not say.
    if (isOfKernel(link.id))
      throw new UsageError(
        `goes through ${toText(path)}, a link of the kernel; name the real path`,
        this.#named,
      );
    if (target.startsWith('/')) while (this.way.length > 1) this.#back();
    this.go(components(target));
    if (this.#isTrusted(link.uid, from)) return;
    throw new UsageError(
      `goes through the symbolic link ${toText(path)}, which others than you could have put there (uid ${link.uid}, in a directory of uid ${from.uid}) and which leads to what belongs to uid ${this.#here.uid}: not followed; name the real path`,
      this.#named,
    );
  }

  /** Whether a link of `uid` in the directory `from` may have led to where the walk is now. */
  #isTrusted(uid: number, from: PathStep): boolean {
    const isFriend = (one: number): boolean => one === 0 || one === this.#ownUid || one === this.#here.uid;
    return isFriend(uid) && isFriend(from.uid) && (from.mode & (OTHERS_WRITE | STICKY)) !== OTHERS_WRITE;
  }

  /** ".." is where the walk came from, whatever has been moved meanwhile. */
  #back(): void {
    if (this.way.length > 1) this.#calls.close(this.way.pop()!.descriptor);
  }

  #push(descriptor: number, path: ByteString): void {
    if (descriptor < 0) this.#fail();
    const isSeen = this.#calls.lookAtDescriptor(descriptor);
    const { id, uid, mode } = entryIdentity(this.#calls.look.words);
    this.way.push({ descriptor, path, id, uid, mode });
    if (!isSeen) this.#fail();
  }

  #fail(): never {
    throw new UsageError(errnoMessage(this.#calls.failure), this.#named);
  }
}

function typeOf(mode: number): number {
  return mode & FILE_TYPE.mask;
}

function isOfKernel(id: FileId): boolean {
  const device = deviceOf(id);
  return readMounts().some((mount) => mount.kind === 'kernel' && deviceNumber(mount.device) === device);
}
