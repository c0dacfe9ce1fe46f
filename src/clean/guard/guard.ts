/**
 * Reads a unit whole, right before it may be deleted, and says no where anything speaks against it: it is not what was
 * judged, somebody holds it, a mount lies in it, or it could be deleted in part only. Changes nothing.
 */
import type { ByteString } from '../../model/byte-string.ts';
import type { PlannedEntry } from '../../model/delete-plan.ts';
import {
  IDENTITY_WORD,
  addToDigest,
  digestText,
  entryHash,
  entryIdentity,
  hashEntry,
} from '../../model/entry-digest.ts';
import type { DigestSum } from '../../model/entry-digest.ts';
import { isQuarantineName } from '../../model/quarantine-name.ts';
import { FILE_TYPE } from '../../system/calls/statx.ts';
import type { GuardContext, GuardWishes } from './guard-context.ts';
import { deletable, joinBelow, typeOf } from './entry-kind.ts';
import { HashSet } from './hash-set.ts';
import { askKernel, closed, closedAbove, undeletable, unseen } from './feasibility.ts';
import type { HoldingDirectory } from './holding-directory.ts';
import { MOST_LEVELS } from './guarded-level.ts';
import type { GuardedLevel } from './guarded-level.ts';
import { inodeKey } from './last-look.ts';
import { isMainThreads } from '../second-thread/share.ts';
import { changed, gone, kernelSaid, notLocked, refusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';

/** The unit's top entry, open and locked where it can be; whoever takes it closes it. */
export class Guard implements Disposable {
  readonly #context: GuardContext;
  readonly #place: HoldingDirectory;
  readonly #levels: GuardedLevel[] = [];
  readonly #most: number;
  readonly #sum: DigestSum = { low: 0, high: 0 };
  /** Hashes of everything in the unit: what may be deleted. */
  readonly hashes: HashSet;
  /** Which inodes are in it, for a look that is taken later. */
  readonly #inodes: HashSet;
  entries = 0;
  refusal: Refusal | undefined;
  /** Whether another thread asks the kernel who has most of the files open, so that they need not be opened here. */
  #isAskedElsewhere = false;
  readonly #needsProof: boolean;
  /** Filled where a list was asked for. */
  readonly listed: PlannedEntry[] | undefined;
  /** The top entry's descriptor, -1 where it could not be opened (a link, an unreadable file). */
  descriptor = -1;
  isDirectory = false;

  constructor(context: GuardContext, place: HoldingDirectory, { most, lists, needsProof }: GuardWishes) {
    this.#context = context;
    this.#place = place;
    this.#most = most;
    this.hashes = new HashSet(Math.min(most, 2 ** 24));
    this.#inodes = new HashSet(Math.min(most, 2 ** 24));
    this.#needsProof = needsProof;
    this.listed = lists ? [] : undefined;
    this.refusal = this.#open();
  }

  get digest(): string {
    return digestText(this.#sum);
  }

  /** Leaves the question who has the files open to another thread, a share of them excepted; false where files have to be opened here all the same. */
  leaveAsking(): boolean {
    const { calls, held } = this.#context;
    this.#isAskedElsewhere =
      this.isDirectory && calls.look.isUndeletable !== undefined && held.tellsOpeners(this.#place.mountId);
    return this.#isAskedElsewhere;
  }

  /** Reads on until `deadline` (performance.now()); true when there is nothing more to read. */
  advance(deadline: number): boolean {
    for (let turn = 1; this.refusal === undefined && this.#levels.length > 0; turn++) {
      const level = this.#levels.at(-1)!;
      if (level.reader.next()) this.refusal = this.#entry(level);
      else if (level.reader.failed)
        this.refusal = kernelSaid(this.#context.calls.failure, 'read', level.below);
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
      if (!calls.lookAtDescriptor(this.descriptor)) return kernelSaid(calls.failure, 'read');
      if (entryIdentity(words).id !== wanted) return changed('exchanged');
    } else if (this.isDirectory) return kernelSaid(calls.failure, 'open');
    // What cannot be opened cannot be locked by others without holding it, which the second look shows.
    else if (!calls.lookAt(above, name)) return gone(calls.failure);
    words[IDENTITY_WORD.parentInodeLow] = inodeLow;
    words[IDENTITY_WORD.parentInodeHigh] = inodeHigh;
    const bytes = Buffer.from(name, 'latin1');
    const against = this.#admit(words, bytes, 0, bytes.length, '' as ByteString);
    if (against) return against;
    const stays = closedAbove(calls, above);
    if (stays) return stays;
    if (isFile && this.descriptor >= 0)
      return askKernel(this.#context, this.#place.mountId, this.descriptor, false, this.#needsProof);
    if (isFile && this.#needsProof) return unseen();
    if (!this.isDirectory) return undefined;
    if (!calls.lookAtDescriptor(this.descriptor)) return kernelSaid(calls.failure, 'read');
    return this.#enter(this.descriptor, '' as ByteString);
  }

  /** The entry that the reader of `level` stands at. */
  #entry(level: GuardedLevel): Refusal | undefined {
    const { calls } = this.#context;
    const { reader } = level;
    if (!level.isOpenToChange) {
      const stays = closed(calls, level.descriptor, level.below);
      if (stays) return stays;
      level.isOpenToChange = true;
    }
    const below = (): ByteString => joinBelow(level.below, reader.name());
    if (!reader.look())
      return calls.failure === 'ENOENT' ? undefined : kernelSaid(calls.failure, 'look', below());
    const { words } = calls.look;
    words[IDENTITY_WORD.parentInodeLow] = level.inodeLow;
    words[IDENTITY_WORD.parentInodeHigh] = level.inodeHigh;
    const against = this.#admit(words, reader.nameBytes, reader.nameStart, reader.nameEnd, below);
    if (against) return against;
    if (typeOf(words) === FILE_TYPE.regular)
      return this.#isAskedElsewhere && !isMainThreads(words[IDENTITY_WORD.inodeLow])
        ? undefined
        : this.#regular(reader.openToLock(), below);
    if (typeOf(words) !== FILE_TYPE.directory) return undefined;
    if (isQuarantineName(reader.name())) return refusal({ kind: 'quarantine' }, below());
    if (this.#levels.length >= MOST_LEVELS)
      return refusal({ kind: 'depth', mostLevels: MOST_LEVELS }, below());
    const [low, high] = [words[IDENTITY_WORD.inodeLow], words[IDENTITY_WORD.inodeHigh]];
    const opened = reader.openDirectory();
    if (opened < 0) return kernelSaid(calls.failure, 'open', below());
    const entered = calls.lookAtDescriptor(opened)
      ? words[IDENTITY_WORD.inodeLow] === low && words[IDENTITY_WORD.inodeHigh] === high
        ? this.#lockAndEnter(opened, below())
        : changed('exchanged', [], below())
      : kernelSaid(calls.failure, 'look', below());
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
    const { calls } = this.#context;
    const { words, mountId } = calls.look;
    if (mountId !== this.#place.mountId) return refusal({ kind: 'mount' }, below);
    const device = words[IDENTITY_WORD.device];
    const isOther = device !== this.#levels.at(-1)?.device;
    const stays = calls.isUndeletable(descriptor)
      ? undeletable(below)
      : isOther
        ? closed(calls, descriptor, below)
        : undefined;
    if (stays) return stays;
    this.#levels.push({
      descriptor,
      reader: calls.read(descriptor),
      device,
      inodeLow: words[IDENTITY_WORD.inodeLow],
      inodeHigh: words[IDENTITY_WORD.inodeHigh],
      below,
      isOpenToChange: false,
    });
    return undefined;
  }

  /** A file that cannot be opened is asked nothing: it goes by what was seen from outside, where that is enough. */
  #regular(opened: number, below: () => ByteString): Refusal | undefined {
    if (opened < 0) return this.#needsProof ? unseen(below()) : undefined;
    const against = askKernel(this.#context, this.#place.mountId, opened, true, this.#needsProof, below);
    this.#context.calls.close(opened);
    return against;
  }

  /** Who holds the unit by the latest look; undefined where nobody is seen to. */
  heldNow(): Refusal | undefined {
    const { held } = this.#context;
    const holding =
      held.mountHolding(this.#place.path, this.#place.mountId) ?? held.holdingAmong(this.#inodes);
    return holding && refusal({ kind: 'in-use', holding });
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
    if (calls.look.mountId !== this.#place.mountId) return refusal({ kind: 'mount' }, at());
    const holding = held.holdingOf(words);
    if (holding) return refusal({ kind: 'in-use', holding }, at());
    if (!deletable.has(typeOf(words))) return refusal({ kind: 'special-file' }, at());
    if (calls.look.isUndeletable === true) return undeletable(at());
    this.#inodes.add(words[IDENTITY_WORD.inodeLow], inodeKey(words));
    ledger.restore(words);
    hashEntry(words, bytes, start, end);
    this.hashes.add(entryHash.low, entryHash.high);
    addToDigest(this.#sum, entryHash);
    this.entries++;
    this.listed?.push({ below: at(), ...entryIdentity(words) });
    return this.entries > this.#most ? changed('more-than-judged') : undefined;
  }
}
