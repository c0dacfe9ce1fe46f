/**
 * Unlinks a unit entry by entry, each only if it still is what the guard read. The first surprise ends it: a unit that
 * changes while it is being deleted is in use.
 */
import type { ByteString } from '../../model/byte-string.ts';
import { IDENTITY_WORD } from '../../model/entry-digest.ts';
import { FILE_TYPE } from '../../system/calls/statx.ts';
import { joinBelow, typeOf } from '../guard/entry-kind.ts';
import { MOST_LEVELS } from '../guard/guarded-level.ts';
import type { Guard } from '../guard/guard.ts';
import type { GuardContext } from '../guard/guard-context.ts';
import type { HoldingDirectory } from '../guard/holding-directory.ts';
import { changed, changedEntry, kernelSaid, refusal } from '../guard/refusal.ts';
import type { Refusal } from '../guard/refusal.ts';
import { isDirectoryOf } from './emptied-directory.ts';
import type { EmptiedDirectory } from './emptied-directory.ts';
import { HelpedWork } from './helped-work.ts';
import { PlannedEntries } from './planned-entries.ts';
import { removeSingle } from './remove-single.ts';
import type { SweepRing } from '../second-thread/sweep-ring.ts';

export class Removal implements Disposable {
  readonly #context: GuardContext;
  readonly #place: HoldingDirectory;
  readonly #guard: Guard;
  readonly #levels: EmptiedDirectory[] = [];
  readonly #entries: PlannedEntries;
  readonly #help: HelpedWork;
  refusal: Refusal | undefined;
  #begun = false;

  /**
   * @param guard has read the unit whole and found nothing against it; its descriptor stays its own.
   * @param ring where the helping thread takes its work from.
   */
  constructor(context: GuardContext, place: HoldingDirectory, guard: Guard, ring: SweepRing | undefined) {
    this.#context = context;
    this.#place = place;
    this.#guard = guard;
    this.#entries = new PlannedEntries(context, guard.hashes, place.mountId);
    this.#help = new HelpedWork(ring, place.mountId, this.#entries);
  }

  get removedEntries(): number {
    return this.#entries.removed;
  }

  get freedBytes(): number {
    return this.#entries.freedBytes;
  }

  /** Removes on until `deadline` (performance.now()); true when nothing more is to be done. */
  advance(deadline: number): boolean {
    if (!this.#begun) {
      this.#begun = true;
      if (this.#guard.isDirectory) this.#enter(this.#guard.descriptor, this.#place.name, '' as ByteString);
      else this.refusal = removeSingle(this.#context, this.#place, this.#entries);
    }
    for (let turn = 1; this.refusal === undefined && this.#levels.length > 0; turn++) {
      const level = this.#levels.at(-1)!;
      const [waiting] = level.deferred;
      if (waiting && this.#help.isDone(waiting.job)) this.#enterDeferred(level);
      else if (level.reader.next()) this.#entry(level);
      else if (level.reader.failed)
        this.refusal = kernelSaid(this.#context.calls.failure, 'read', level.below);
      else if (waiting) this.#enterDeferred(level);
      else this.#leave(level);
      if ((turn & 63) === 0 && performance.now() >= deadline) return false;
    }
    this[Symbol.dispose]();
    return true;
  }

  /** Ends it where it is, after the current unlink; then the counts are final. */
  [Symbol.dispose](): void {
    this.#help.stop();
    while (this.#levels.length > 0) this.#close(this.#levels.pop()!);
  }

  /** The entry that the reader of `level` stands at. */
  #entry(level: EmptiedDirectory): void {
    const { calls } = this.#context;
    if (!level.reader.look()) {
      // Somebody else removed it: what was wanted.
      if (calls.failure !== 'ENOENT') this.refusal = kernelSaid(calls.failure, 'look', this.#below(level));
    } else if (!this.#isPlanned(level)) {
      this.refusal = changedEntry('changed-meanwhile', this.#below(level));
    } else if (typeOf(calls.look.words) === FILE_TYPE.directory) {
      this.#descend(level);
    } else {
      this.#unlink(level);
    }
  }

  /** Whether the entry looked at last is what the guard read where the reader of `level` stands. */
  #isPlanned({ inodeLow, inodeHigh, reader }: EmptiedDirectory): boolean {
    const { nameBytes, nameStart, nameEnd } = reader;
    return this.#entries.isPlanned(inodeLow, inodeHigh, nameBytes, nameStart, nameEnd);
  }

  #unlink(level: EmptiedDirectory): void {
    const { reader } = level;
    const isGone = this.#entries.remove(reader.openEntry, reader.unlink, () => this.#below(level));
    this.refusal = this.#entries.refusal;
    if (!isGone) return;
    level.removed++;
    this.#help.countFile(level);
  }

  #descend(level: EmptiedDirectory): void {
    const { calls } = this.#context;
    const { words } = calls.look;
    const below = this.#below(level);
    if (this.#levels.length >= MOST_LEVELS) {
      this.refusal = refusal({ kind: 'depth', mostLevels: MOST_LEVELS }, below);
      return;
    }
    const descriptor = level.reader.openDirectory();
    if (descriptor < 0) {
      if (calls.failure !== 'ENOENT') this.refusal = kernelSaid(calls.failure, 'open', below);
      return;
    }
    // What was opened, not only what was looked at before.
    const isIt =
      calls.lookAtDescriptor(descriptor) && this.#isPlanned(level) && typeOf(words) === FILE_TYPE.directory;
    if (!isIt) this.refusal = changedEntry('exchanged-meanwhile', below);
    else if (calls.lock(descriptor) !== 'locked') this.refusal = refusal({ kind: 'locked' }, below);
    if (this.refusal) {
      calls.close(descriptor);
      return;
    }
    const name = level.reader.name();
    const [inodeLow, inodeHigh] = [words[IDENTITY_WORD.inodeLow], words[IDENTITY_WORD.inodeHigh]];
    const job = this.#help.give({ descriptor, inodeLow, inodeHigh });
    if (job === undefined) this.#enter(descriptor, name, below);
    else level.deferred.push({ descriptor, name, below, job });
  }

  /** Goes on with the first directory below `level` that the helping thread was given, beside it where it is at work. */
  #enterDeferred(level: EmptiedDirectory): void {
    const { descriptor, name, below, job } = level.deferred.shift()!;
    if (this.#help.isAtWork(job)) {
      this.#enter(descriptor, name, below, job);
      return;
    }
    const removed = this.#help.collect(job);
    if (this.#enter(descriptor, name, below)) this.#levels.at(-1)!.removed = removed;
  }

  /**
   * Begins to empty the directory behind `descriptor`, which is closed in the end; false where it cannot.
   * @param shared the helping thread's job there: both read on where the other is, as the descriptor has one position.
   */
  #enter(descriptor: number, name: ByteString, below: ByteString, shared?: number): boolean {
    const { calls } = this.#context;
    if (!calls.lookAtDescriptor(descriptor)) {
      this.refusal = kernelSaid(calls.failure, 'look', below);
      if (shared !== undefined) this.#help.collect(shared);
      this.#closeDirectory(descriptor);
      return false;
    }
    const { words } = calls.look;
    const reader = calls.read(descriptor);
    if (shared === undefined) reader.rewind();
    this.#levels.push({
      descriptor,
      name,
      reader,
      device: words[IDENTITY_WORD.device],
      inodeLow: words[IDENTITY_WORD.inodeLow],
      inodeHigh: words[IDENTITY_WORD.inodeHigh],
      below,
      removed: 0,
      files: 0,
      shared,
      deferred: [],
    });
    return true;
  }

  /** At the end of a directory: removes it, or reads it again where something is left in it. */
  #leave(level: EmptiedDirectory): void {
    const { calls } = this.#context;
    if (level.shared !== undefined) {
      this.#help.collect(level.shared);
      level.shared = undefined;
      // What it read and left is for this thread: one more pass.
      level.removed++;
    }
    const above = this.#levels.at(-2);
    const aboveDescriptor = above ? above.descriptor : this.#place.descriptor;
    const seen = calls.lookAt(aboveDescriptor, level.name);
    if (!seen || !isDirectoryOf(level, calls.look.words)) {
      this.refusal = changed('moved-meanwhile', [], level.below);
      return;
    }
    const { blocks } = calls.look;
    if (calls.removeDirectory(aboveDescriptor, level.name)) {
      this.#entries.add({ removed: 1, blocks });
      if (above) above.removed++;
      this.#close(this.#levels.pop()!);
    } else if (!isNotEmpty(calls.failure)) {
      this.refusal = kernelSaid(calls.failure, 'remove', level.below);
    } else if (level.removed > 0) {
      // Reading may skip names while others are removed: again, until a pass removes nothing.
      level.removed = 0;
      level.reader.rewind();
    } else {
      this.refusal = changedEntry('new-meanwhile', level.below);
    }
  }

  #below(level: EmptiedDirectory): ByteString {
    return joinBelow(level.below, level.reader.name());
  }

  #close(level: EmptiedDirectory): void {
    for (const { descriptor, job } of level.deferred) {
      this.#help.collect(job);
      this.#context.calls.close(descriptor);
    }
    if (level.shared !== undefined) this.#help.collect(level.shared);
    level.reader.release();
    this.#closeDirectory(level.descriptor);
  }

  /** The top one is the guard's. */
  #closeDirectory(descriptor: number): void {
    if (descriptor !== this.#guard.descriptor) this.#context.calls.close(descriptor);
  }
}

/** What rmdir(2) says of a directory with something in it. */
function isNotEmpty(errno: string): boolean {
  return errno === 'ENOTEMPTY' || errno === 'EEXIST';
}
