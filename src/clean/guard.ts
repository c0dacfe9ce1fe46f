/**
 * Reads a unit whole, right before it may be deleted, and says no where anything speaks against it: it is not what was
 * judged, somebody holds it, a mount lies in it, or it could be deleted in part only. Changes nothing.
 */
import type { ByteString } from '../model/byte-string.ts';
import { joinPath } from '../model/byte-string.ts';
import type { PlannedEntry } from '../model/delete-plan.ts';
import {
  IDENTITY_WORD,
  addToDigest,
  digestText,
  entryHash,
  entryIdentity,
  hashEntry,
} from '../model/entry-digest.ts';
import type { DigestSum } from '../model/entry-digest.ts';
import type { DirectoryCalls, DirectoryReader } from '../system/directories/directory-calls.ts';
import { FILE_TYPE } from '../system/calls/statx.ts';
import { HashSet } from './hash-set.ts';
import type { LastLook } from './last-look.ts';
import type { HoldingDirectory } from './holding-directory.ts';
import type { LinkLedger } from './link-ledger.ts';
import { changed, failed, skipped } from './refusal.ts';
import type { Refusal } from './refusal.ts';

/** As many levels as systemd-tmpfiles goes down; one descriptor is open for each. */
export const MOST_LEVELS = 256;

export interface GuardContext {
  readonly calls: DirectoryCalls;
  readonly held: LastLook;
  readonly ledger: LinkLedger;
  readonly ownUid: number;
}

/** A directory being read. */
interface Level {
  readonly descriptor: number;
  readonly reader: DirectoryReader;
  readonly inodeLow: number;
  readonly inodeHigh: number;
  /** Its owner is who asks and may not write in it: nothing in it can be unlinked. */
  readonly isClosed: boolean;
  readonly below: ByteString;
}

/** The unit's top entry, open and locked where it can be; whoever takes it closes it. */
export class Guard implements Disposable {
  readonly #context: GuardContext;
  readonly #place: HoldingDirectory;
  readonly #levels: Level[] = [];
  readonly #most: number;
  readonly #sum: DigestSum = { low: 0, high: 0 };
  /** Hashes of everything in the unit: what may be deleted. */
  readonly hashes: HashSet;
  entries = 0;
  refusal: Refusal | undefined;
  /** Filled where a list was asked for. */
  readonly listed: PlannedEntry[] | undefined;
  /** The top entry's descriptor, -1 where it could not be opened (a link, an unreadable file). */
  descriptor = -1;
  isDirectory = false;

  /**
   * @param most names there may be; one more ends the reading.
   * @param lists whether to keep every entry's identity.
   */
  constructor(context: GuardContext, place: HoldingDirectory, most: number, lists: boolean) {
    this.#context = context;
    this.#place = place;
    this.#most = most;
    this.hashes = new HashSet(Math.min(most, 2 ** 24));
    this.listed = lists ? [] : undefined;
    this.refusal = this.#open();
  }

  get digest(): string {
    return digestText(this.#sum);
  }

  /** Reads on until `deadline` (performance.now()); true when there is nothing more to read. */
  advance(deadline: number): boolean {
    for (let turn = 1; this.refusal === undefined && this.#levels.length > 0; turn++) {
      const level = this.#levels.at(-1)!;
      if (level.reader.next()) this.refusal = this.#entry(level);
      else if (level.reader.failed)
        this.refusal = failed(this.#context.calls.failure, 'it cannot be read whole', level.below);
      else this.#leave();
      if ((turn & 255) === 0 && performance.now() >= deadline) return false;
    }
    while (this.#levels.length > 0) this.#leave();
    return true;
  }

  [Symbol.dispose](): void {
    while (this.#levels.length > 0) this.#leave();
    if (this.descriptor >= 0) this.#context.calls.close(this.descriptor);
    this.descriptor = -1;
  }

  /** Looks at the top entry, opens and locks it. */
  #open(): Refusal | undefined {
    const { calls } = this.#context;
    const { descriptor: above, name, inodeLow, inodeHigh } = this.#place;
    if (!calls.lookAt(above, name)) return gone(calls.failure);
    const { words } = calls.look;
    this.isDirectory = typeOf(words) === FILE_TYPE.directory;
    const isFile = typeOf(words) === FILE_TYPE.regular;
    const wanted = entryIdentity(words).id;
    if (this.isDirectory) this.descriptor = calls.openDirectory(above, name);
    else if (isFile) this.descriptor = calls.openToLock(above, name);
    if (this.descriptor >= 0) {
      const locked = calls.lock(this.descriptor);
      if (locked !== 'locked') return notLocked(locked);
      if (!calls.lookAtDescriptor(this.descriptor)) return failed(calls.failure, 'it cannot be read');
      if (entryIdentity(words).id !== wanted) return changed('it was exchanged while it was opened');
    } else if (this.isDirectory) return failed(calls.failure, 'it cannot be opened');
    // What cannot be opened cannot be locked by others without holding it, which the second look shows.
    else if (!calls.lookAt(above, name)) return gone(calls.failure);
    words[IDENTITY_WORD.parentInodeLow] = inodeLow;
    words[IDENTITY_WORD.parentInodeHigh] = inodeHigh;
    const bytes = Buffer.from(name, 'latin1');
    const refusal = this.#admit(words, bytes, 0, bytes.length, '' as ByteString);
    if (refusal || !this.isDirectory) return refusal;
    return this.#enter(this.descriptor, '' as ByteString);
  }

  /** The entry that the reader of `level` stands at. */
  #entry(level: Level): Refusal | undefined {
    const { calls } = this.#context;
    const { reader } = level;
    const below = (): ByteString => joinBelow(level.below, reader.name());
    if (level.isClosed) return failed('EACCES', 'a directory in it is read-only', level.below);
    if (!reader.look())
      return calls.failure === 'ENOENT'
        ? undefined
        : failed(calls.failure, 'it cannot be read whole', below());
    const { words } = calls.look;
    words[IDENTITY_WORD.parentInodeLow] = level.inodeLow;
    words[IDENTITY_WORD.parentInodeHigh] = level.inodeHigh;
    const refusal = this.#admit(words, reader.nameBytes, reader.nameStart, reader.nameEnd, below);
    if (refusal || typeOf(words) !== FILE_TYPE.directory) return refusal;
    if (this.#levels.length >= MOST_LEVELS)
      return skipped('depth', `deeper than ${MOST_LEVELS} levels`, below());
    const [low, high] = [words[IDENTITY_WORD.inodeLow], words[IDENTITY_WORD.inodeHigh]];
    const opened = reader.openDirectory();
    if (opened < 0) return failed(calls.failure, 'a directory in it cannot be opened', below());
    const entered = calls.lookAtDescriptor(opened)
      ? words[IDENTITY_WORD.inodeLow] === low && words[IDENTITY_WORD.inodeHigh] === high
        ? this.#lockAndEnter(opened, below())
        : changed('a directory in it was exchanged', [], below())
      : failed(calls.failure, 'it cannot be read whole', below());
    if (entered) calls.close(opened);
    return entered;
  }

  #lockAndEnter(descriptor: number, below: ByteString): Refusal | undefined {
    const { calls } = this.#context;
    const locked = calls.lock(descriptor);
    if (locked !== 'locked') return notLocked(locked, below);
    return this.#enter(descriptor, below);
  }

  /** Begins to read the directory that was looked at last. */
  #enter(descriptor: number, below: ByteString): Refusal | undefined {
    const { calls, ownUid } = this.#context;
    const { words, mountId } = calls.look;
    if (mountId !== this.#place.mountId) return skipped('mount', 'something is mounted in it', below);
    const isOwn = words[IDENTITY_WORD.uid] === ownUid && ownUid !== 0;
    this.#levels.push({
      descriptor,
      reader: calls.read(descriptor),
      inodeLow: words[IDENTITY_WORD.inodeLow],
      inodeHigh: words[IDENTITY_WORD.inodeHigh],
      isClosed: isOwn && (words[IDENTITY_WORD.mode] & OWNER_MAY_UNLINK) !== OWNER_MAY_UNLINK,
      below,
    });
    return undefined;
  }

  #leave(): void {
    const level = this.#levels.pop()!;
    level.reader.release();
    if (level.descriptor !== this.descriptor) this.#context.calls.close(level.descriptor);
  }

  /** Counts the entry that was looked at, or says why nothing of the unit may go. */
  #admit(
    words: Uint32Array,
    bytes: Uint8Array,
    start: number,
    end: number,
    below: ByteString | (() => ByteString),
  ): Refusal | undefined {
    const { calls, held, ledger } = this.#context;
    const at = (): ByteString => (typeof below === 'string' ? below : below());
    if (calls.look.mountId !== this.#place.mountId)
      return skipped('mount', 'something is mounted in it', at());
    const holder = held.holderOf(words);
    if (holder !== undefined) return skipped('in-use', holder, at());
    if (!deletable.has(typeOf(words)))
      return skipped('special-file', 'a named pipe or device is in it', at());
    if (calls.look.isUndeletable)
      return failed('EPERM', 'a file in it is immutable or append-only (chattr)', at());
    ledger.restore(words);
    hashEntry(words, bytes, start, end);
    this.hashes.add(entryHash.low, entryHash.high);
    addToDigest(this.#sum, entryHash);
    this.entries++;
    this.listed?.push({ below: at(), ...entryIdentity(words) });
    return this.entries > this.#most ? changed('there is more in it than was judged') : undefined;
  }
}

const OWNER_MAY_UNLINK = 0o300;
const SOCKET = 0o140000;
const deletable = new Set<number>([FILE_TYPE.directory, FILE_TYPE.regular, FILE_TYPE.symlink, SOCKET]);

export function typeOf(words: Uint32Array): number {
  return words[IDENTITY_WORD.mode] & FILE_TYPE.mask;
}

export function joinBelow(above: ByteString, name: ByteString): ByteString {
  return above === '' ? name : joinPath(above, name);
}

function gone(code: string): Refusal {
  return code === 'ENOENT'
    ? changed('it is gone', [{ below: '' as ByteString, change: 'gone' }])
    : failed(code, 'it cannot be looked at');
}

function notLocked(result: 'held' | 'impossible', below = '' as ByteString): Refusal {
  return result === 'held'
    ? skipped('locked', 'somebody holds a lock on it (flock)', below)
    : failed('ENOLCK', 'it cannot be locked', below);
}
