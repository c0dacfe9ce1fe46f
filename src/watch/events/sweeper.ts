/**
 * Looks at every directory in rotation and says which files changed since it was there last: what no event tells. Its
 * pace is fixed, so that its part of a processor is known, until somebody asks it to hurry.
 */
import { joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { createDirectorySteps } from '../../system/directories/directory-steps.ts';
import type { DirectoryIndex } from './directory-index.ts';

export interface SweepHooks {
  readonly onChangedFile: (path: ByteString) => void;
  readonly onNewDirectory: (directory: number, path: ByteString) => void;
  /** A directory could not be opened: ENOENT where it is gone. */
  readonly onTrouble: (directory: number, path: ByteString, code: string) => void;
  /** Directories on other filesystems are not entered. */
  readonly isEntered: (path: ByteString) => boolean;
}

/** Entries a second, in all directories together: about half a percent of a core. */
const ENTRIES_PER_SECOND = 800;
/** Between strides of the rotation: long ones cost less for each entry than short ones. */
const STRIDE_SECONDS = 1;
/** A directory costs as much as so many entries. */
const DIRECTORY_COST = 4;
const SHORTEST_ROTATION_SECONDS = 2;
/** Files' times are coarse, and a file server's clock may be a little off. */
const CLOCK_SECONDS = 2;
/** What a hurried sweep takes of a core: something is filling the disk. */
const HURRY_SHARE = 0.5;
const MOST_SLICE_MS = 8;
const FINISH_MS = 500;
/** A directory in which files changed is looked at again so soon, and less often where that takes long. */
const BUSY_SECONDS = 1;
const BUSY_REST_FACTOR = 50;
const MOST_BUSY = 200;
/** A busy directory without changes for so long is left to the rotation again. */
const BUSY_QUIET_SECONDS = 15;

interface Busy {
  dueAt: number;
  changedAt: number;
}

export class Sweeper {
  readonly #index: DirectoryIndex;
  readonly #hooks: SweepHooks;
  readonly #steps = createDirectorySteps();
  readonly #busy = new Map<number, Busy>();
  /** Directories to look at before the rotation goes on. */
  readonly #soon = new Set<number>();
  readonly #entries: number;
  readonly #pace: number;
  #next = 1;
  #current = 0;
  #currentPath = '' as ByteString;
  #isBegun = false;
  #beganAt = 0;
  /** Time spent on the current directory so far. */
  #costMs = 0;
  #knownChildren: Map<ByteString, number> | undefined;
  #foundChange = false;
  /** Work allowed and not yet done, in entries. */
  #credit = 0;
  /** … from the next stride on. */
  #saved = 0;
  #strideAt = 0;
  #hurryUntil = 0;
  #rotations = 0;

  /** @param entries below the roots; @param isBackup others see most changes first: then it takes four times as long. */
  constructor(index: DirectoryIndex, entries: number, isBackup: boolean, hooks: SweepHooks) {
    this.#index = index;
    this.#hooks = hooks;
    this.#entries = entries + index.count * DIRECTORY_COST;
    this.#pace = ENTRIES_PER_SECOND / (isBackup ? 4 : 1);
  }

  /** Seconds in which every directory is looked at once. */
  get rotationSeconds(): number {
    return Math.max(SHORTEST_ROTATION_SECONDS, this.#entries / this.#pace);
  }

  /** How many times every directory has been looked at, in full rotations from wherever it was asked. */
  get rotations(): number {
    return this.#rotations + this.#next / this.#index.end;
  }

  /** Look at it next. */
  lookSoon(directory: number): void {
    this.#soon.add(directory);
  }

  lookAtAllSoon(directories: Iterable<number>): void {
    for (const directory of directories) this.#soon.add(directory);
  }

  /** Something grows unseen: take more of the processor until `until`. */
  hurry(until: number): void {
    this.#hurryUntil = until;
  }

  get isIdle(): boolean {
    return this.#soon.size === 0 && this.#busy.size === 0;
  }

  /** Works for a few milliseconds at most. @param seconds since the last call. */
  work(now: number, seconds: number): void {
    const isHurried = now < this.#hurryUntil;
    const pace = this.#entries / this.rotationSeconds;
    this.#saved = Math.min(this.#saved + pace * seconds, pace * 2);
    if (now - this.#strideAt >= STRIDE_SECONDS || isHurried) {
      this.#strideAt = now;
      this.#credit += this.#saved;
      this.#saved = 0;
    }
    const endMs = performance.now() + (isHurried ? seconds * 1000 * HURRY_SHARE : MOST_SLICE_MS);
    while (performance.now() < endMs) {
      if (!this.#isBegun && !this.#beginNext(now, isHurried)) return;
      this.#step(now);
    }
  }

  /** A last look at the directories in which files changed lately, so that totals are complete; takes half a second at most. */
  finish(now: number): void {
    const endMs = performance.now() + FINISH_MS;
    for (const directory of new Set([...this.#soon, ...this.#busy.keys()])) {
      this.#isBegun = this.#begin(directory, now);
      while (this.#isBegun && performance.now() < endMs) this.#step(now);
    }
  }

  end(): void {
    this.#steps.end();
  }

  /** Chooses a directory; false where nothing is to be done now. */
  #beginNext(now: number, isHurried: boolean): boolean {
    for (const directory of this.#soon) {
      this.#soon.delete(directory);
      if (this.#begin(directory, now)) return true;
    }
    for (const [directory, busy] of this.#busy) {
      if (now < busy.dueAt) continue;
      if (now - busy.changedAt > BUSY_QUIET_SECONDS) {
        this.#busy.delete(directory);
        continue;
      }
      if (this.#begin(directory, now)) return true;
    }
    // Once around at most: there may be nothing that can be begun.
    for (let left = this.#index.end; left > 0; left--) {
      if (!isHurried && this.#credit <= 0) return false;
      if (this.#next >= this.#index.end) {
        this.#next = 1;
        this.#rotations++;
        if (!isHurried) return false;
      }
      const directory = this.#next++;
      this.#credit -= DIRECTORY_COST;
      if (!this.#busy.has(directory) && this.#begin(directory, now)) return true;
    }
    return false;
  }

  #begin(directory: number, now: number): boolean {
    if (this.#index.isGone(directory)) return false;
    const path = this.#index.path(directory);
    const trouble = this.#steps.begin(path);
    if (trouble !== undefined) {
      this.#busy.delete(directory);
      this.#hooks.onTrouble(directory, path, trouble);
      return false;
    }
    this.#current = directory;
    this.#currentPath = path;
    this.#isBegun = true;
    this.#beganAt = now;
    this.#costMs = 0;
    this.#foundChange = false;
    // Directories cannot have come or gone where the entries did not change.
    const hasNewEntries = this.#steps.changedAt() >= this.#index.visitedAt(directory) - CLOCK_SECONDS;
    this.#knownChildren = hasNewEntries ? this.#index.children(directory) : undefined;
    return true;
  }

  #step(now: number): void {
    const since = this.#index.visitedAt(this.#current) - CLOCK_SECONDS;
    const beganMs = performance.now();
    const read = this.#steps.step((name, isDirectory, changedAt) => {
      if (isDirectory) {
        if (this.#knownChildren) this.#meetDirectory(name());
      } else if (changedAt >= since) {
        this.#foundChange = true;
        this.#hooks.onChangedFile(joinPath(this.#currentPath, name()));
      }
    });
    this.#credit -= Math.max(0, read);
    this.#costMs += performance.now() - beganMs;
    if (read >= 0) return;
    this.#isBegun = false;
    this.#index.visited(this.#current, this.#beganAt);
    this.#settleBusy(now);
  }

  #settleBusy(now: number): void {
    const busy = this.#busy.get(this.#current);
    if (!busy && (!this.#foundChange || this.#busy.size >= MOST_BUSY)) return;
    const dueAt = now + Math.max(BUSY_SECONDS, (this.#costMs / 1000) * BUSY_REST_FACTOR);
    this.#busy.set(this.#current, { dueAt, changedAt: this.#foundChange || !busy ? now : busy.changedAt });
  }

  #meetDirectory(name: ByteString): void {
    const known = this.#knownChildren?.get(name);
    if (known !== undefined && !this.#index.isGone(known)) return;
    const path = joinPath(this.#currentPath, name);
    if (!this.#hooks.isEntered(path)) return;
    const directory = known ?? this.#index.add(this.#current, name);
    this.#index.setGone(directory, false);
    this.#index.forgetVisit(directory);
    this.#knownChildren?.set(name, directory);
    this.#soon.add(directory);
    this.#hooks.onNewDirectory(directory, path);
  }
}
