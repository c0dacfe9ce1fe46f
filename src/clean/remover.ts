/**
 * Unlinks a unit entry by entry, each only if it still is what the guard read. The first surprise ends it: a unit that
 * changes while it is being deleted is in use.
 */
import type { ByteString } from '../model/byte-string.ts';
import { IDENTITY_WORD } from '../model/entry-digest.ts';
import { FILE_TYPE } from '../system/calls/statx.ts';
import { isDirectoryOf } from './emptied-directory.ts';
import type { EmptiedDirectory } from './emptied-directory.ts';
import { MOST_LEVELS, joinBelow, typeOf } from './guard.ts';
import type { Guard, GuardContext } from './guard.ts';
import type { HoldingDirectory } from './holding-directory.ts';
import { PlannedEntries } from './planned-entries.ts';
import { changed, failed, skipped } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { removeSingle } from './remove-single.ts';
import type { SweepRing } from './sweep-ring.ts';

/** A directory with more files than this is worth two threads. */
const MANY_FILES = 500;

export class Remover implements Disposable {
  readonly #context: GuardContext;
  readonly #place: HoldingDirectory;
  readonly #guard: Guard;
  readonly #levels: EmptiedDirectory[] = [];
  /** Where the helping thread takes its work from. */
  readonly #ring: SweepRing | undefined;
  readonly #entries: PlannedEntries;
  refusal: Refusal | undefined;
  #begun = false;

  /** @param guard has read the unit whole and found nothing against it; its descriptor stays its own. */
  constructor(context: GuardContext, place: HoldingDirectory, guard: Guard, ring: SweepRing | undefined) {
    this.#ring = ring;
    this.#context = context;
    this.#place = place;
    this.#guard = guard;
    this.#entries = new PlannedEntries(context, guard.hashes, place.mountId);
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
      if (waiting && this.#ring?.isDone(waiting.job)) this.#enterDeferred(level);
      else if (level.reader.next()) this.#entry(level);
      else if (level.reader.failed)
        this.refusal = failed(this.#context.calls.failure, 'it cannot be read any more', level.below);
      else if (waiting) this.#enterDeferred(level);
      else this.#leave(level);
      if ((turn & 63) === 0 && performance.now() >= deadline) return false;
    }
    this[Symbol.dispose]();
    return true;
  }

  /** Ends it where it is, after the current unlink; then the counts are final. */
  [Symbol.dispose](): void {
    this.#ring?.stop();
    while (this.#levels.length > 0) this.#close(this.#levels.pop()!);
  }

  /** The entry that the reader of `level` stands at. */
  #entry(level: EmptiedDirectory): void {
    const { calls } = this.#context;
    const { reader } = level;
    if (!reader.look()) {
      // Somebody else removed it: what was wanted.
      if (calls.failure !== 'ENOENT')
        this.refusal = failed(calls.failure, 'an entry cannot be looked at', this.#below(level));
      return;
    }
    if (
      !this.#entries.isPlanned(
        level.inodeLow,
        level.inodeHigh,
        reader.nameBytes,
        reader.nameStart,
        reader.nameEnd,
      )
    ) {
      const below = this.#below(level);
      this.refusal = changed('it changed while it was being deleted', [{ below, change: 'changed' }], below);
      return;
    }
    if (typeOf(calls.look.words) === FILE_TYPE.directory) this.#descend(level);
    else this.#unlink(level);
  }

  #unlink(level: EmptiedDirectory): void {
    const { reader } = level;
    if (!this.#remove(reader.openEntry, reader.unlink, () => this.#below(level))) return;
    level.removed++;
    level.files++;
    if (level.files >= MANY_FILES) this.#share(level);
  }

  #descend(level: EmptiedDirectory): void {
    const { calls } = this.#context;
    const { words } = calls.look;
    const below = this.#below(level);
    if (this.#levels.length >= MOST_LEVELS) {
      this.refusal = skipped('depth', `deeper than ${MOST_LEVELS} levels`, below);
      return;
    }
    const opened = level.reader.openDirectory();
    if (opened < 0) {
      if (calls.failure !== 'ENOENT')
        this.refusal = failed(calls.failure, 'a directory cannot be opened', below);
      return;
    }
    const { nameBytes, nameStart, nameEnd } = level.reader;
    // What was opened, not only what was looked at before.
    const isIt =
      calls.lookAtDescriptor(opened) &&
      this.#entries.isPlanned(level.inodeLow, level.inodeHigh, nameBytes, nameStart, nameEnd) &&
      typeOf(words) === FILE_TYPE.directory;
    if (!isIt)
      this.refusal = changed('a directory in it was exchanged', [{ below, change: 'changed' }], below);
    else if (calls.lock(opened) !== 'locked')
      this.refusal = skipped('locked', 'somebody holds a lock on it (flock)', below);
    if (this.refusal) {
      calls.close(opened);
      return;
    }
    const name = level.reader.name();
    const job = this.#ring?.post({
      descriptor: opened,
      inodeLow: words[IDENTITY_WORD.inodeLow],
      inodeHigh: words[IDENTITY_WORD.inodeHigh],
      mountId: this.#place.mountId,
    });
    if (job === undefined) this.#enter(opened, name, below);
    else level.deferred.push({ descriptor: opened, name, below, job });
  }

  /** Goes on with the first directory below `level` that the helping thread was given. */
  #enterDeferred(level: EmptiedDirectory): void {
    const { descriptor, name, below, job } = level.deferred.shift()!;
    const removed = this.#collect(job);
    const depth = this.#levels.length;
    this.#enter(descriptor, name, below);
    if (this.#levels.length > depth) this.#levels[depth].removed = removed;
    else this.#context.calls.close(descriptor);
  }

  /** Lets the helping thread read along where a directory has many files. */
  #share(level: EmptiedDirectory): void {
    level.files = 0;
    if (level.shared !== undefined) return;
    level.shared = this.#ring?.post({
      descriptor: level.descriptor,
      inodeLow: level.inodeLow,
      inodeHigh: level.inodeHigh,
      mountId: this.#place.mountId,
    });
  }

  /** Takes a job back, or what came of it: how many names went. */
  #collect(job: number): number {
    const swept = this.#ring!.collect(job);
    this.#entries.add(swept);
    return swept.removed;
  }

  /** Begins to empty the directory behind `descriptor`. */
  #enter(descriptor: number, name: ByteString, below: ByteString): void {
    const { calls } = this.#context;
    if (!calls.lookAtDescriptor(descriptor)) {
      this.refusal = failed(calls.failure, 'it cannot be read any more', below);
      return;
    }
    const { words } = calls.look;
    const reader = calls.read(descriptor);
    reader.rewind();
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
      shared: undefined,
      deferred: [],
    });
  }

  /** At the end of a directory: removes it, or reads it again where something is left in it. */
  #leave(level: EmptiedDirectory): void {
    const { calls } = this.#context;
    if (level.shared !== undefined) {
      this.#collect(level.shared);
      level.shared = undefined;
      // What it read and left is for this thread: one more pass.
      level.removed++;
    }
    const above = this.#levels.at(-2);
    const aboveDescriptor = above ? above.descriptor : this.#place.descriptor;
    const seen = calls.lookAt(aboveDescriptor, level.name);
    if (!seen || !isDirectoryOf(level, calls.look.words)) {
      this.refusal = changed('it was moved while it was being deleted', [], level.below);
      return;
    }
    const { blocks } = calls.look;
    if (calls.removeDirectory(aboveDescriptor, level.name)) {
      this.#entries.add({ removed: 1, blocks });
      if (above) above.removed++;
      this.#close(this.#levels.pop()!);
    } else if ((calls.failure === 'ENOTEMPTY' || calls.failure === 'EEXIST') && level.removed > 0) {
      // Reading may skip names while others are removed: again, until a pass removes nothing.
      level.removed = 0;
      level.reader.rewind();
    } else if (calls.failure === 'ENOTEMPTY' || calls.failure === 'EEXIST') {
      this.refusal = changed(
        'something new is in it',
        [{ below: level.below, change: 'changed' }],
        level.below,
      );
    } else {
      this.refusal = failed(calls.failure, 'a directory cannot be removed', level.below);
    }
  }

  /** Removes the name of the entry looked at last; true where it went. */
  #remove(open: () => number, unlink: () => boolean, below: () => ByteString): boolean {
    const removed = this.#entries.remove(open, unlink, below);
    this.refusal = this.#entries.refusal;
    return removed;
  }

  #below(level: EmptiedDirectory): ByteString {
    return joinBelow(level.below, level.reader.name());
  }

  #close(level: EmptiedDirectory): void {
    for (const { descriptor, job } of level.deferred) {
      this.#collect(job);
      this.#context.calls.close(descriptor);
    }
    if (level.shared !== undefined) this.#collect(level.shared);
    level.reader.release();
    if (level.descriptor !== this.#guard.descriptor) this.#context.calls.close(level.descriptor);
  }
}
