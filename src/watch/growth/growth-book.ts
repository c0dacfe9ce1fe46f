/**
 * Takes in paths that may have changed, looks at them, and keeps one series per file through rename, copy-and-truncate,
 * deletion while open and reuse of inode numbers.
 */
import type { ByteString } from '../../model/byte-string.ts';
import type { FileId } from '../../model/file-id.ts';
import type { FileLook, LookedAt } from '../../system/files/file-look.ts';
import type { BookHooks } from './book-hooks.ts';
import type { FileGrowth } from './file-growth.ts';
import { GrowthRegister } from './growth-register.ts';
import type { Entry } from './entry.ts';
import type { Restored } from './restore-growth.ts';
import type { InodeMeter } from './inode-meter.ts';
import { LostFiles } from './lost-files.ts';
import { hasDirectoryMoved } from './moved-directory.ts';

/** Looks in one beat; what is left waits for the next. */
const MOST_LOOKS = 4000;
/** Paths that wait beyond this are dropped: sweeps find them again. */
const MOST_WAITING = 100_000;
/** Files that grew so lately are looked at in every beat, without being asked to. */
const HOT_SECONDS = 5;
/** … and so lately, once in a while. */
const WARM_SECONDS = 60;
/** A file that lost its name may be found under another, or held by a process, only after so long. */
const LIMBO_SECONDS = 5;
/** Renaming and making anew are one rotation when they are no further apart. */
const ONE_ROTATION_SECONDS = 5;

export class GrowthBook {
  readonly #look: FileLook;
  readonly #hooks: BookHooks;
  readonly register: GrowthRegister;
  readonly #dirty = new Set<ByteString>();
  readonly #dirtyFiles = new Map<FileId, ByteString>();
  /** Files whose name leads elsewhere. */
  readonly #lost = new LostFiles<Entry>();
  /** Files that a process before this one knew and this one has not found yet. */
  readonly #unseen = new Set<Entry>();
  #lastSlowAt = 0;

  /** @param since see GrowthRegister. */
  constructor(look: FileLook, hooks: BookHooks, startedAt: number, since = startedAt) {
    this.#look = look;
    this.#hooks = hooks;
    this.register = new GrowthRegister(look, hooks, startedAt, since);
  }

  /** Goes on where a process before this one was: looks at all that it knew, wherever that is by now. */
  restore(restored: Restored, now: number): void {
    this.register.takeBack(restored);
    for (const entry of restored.entries) {
      if (entry.growth) this.#unseen.add(entry);
      this.#poll(entry, now);
    }
    for (const [entry, lostSeconds] of this.#lost.due(now)) this.#resolve(entry, lostSeconds, now);
    this.register.beginAnew(now);
  }

  /** A path that may have changed. */
  touch(path: ByteString): void {
    if (this.#dirty.size < MOST_WAITING) this.#dirty.add(path);
  }

  /** A file that was written to, and what it was called at some time. */
  touchFile(id: FileId, path: ByteString): void {
    if (this.#dirtyFiles.size < MOST_WAITING) this.#dirtyFiles.set(id, path);
  }

  /** Paths wait to be looked at. */
  get hasDirty(): boolean {
    return this.#dirty.size > 0 || this.#dirtyFiles.size > 0;
  }

  get hasWork(): boolean {
    return this.hasDirty || this.#lost.size > 0;
  }

  /** Looks at what may have changed and at what grew lately. */
  beat(now: number): void {
    let looks = 0;
    for (const path of this.#dirty) {
      if (looks++ >= MOST_LOOKS) break;
      this.#dirty.delete(path);
      this.#visit(path, now);
    }
    for (const [id, path] of this.#dirtyFiles) {
      if (looks++ >= MOST_LOOKS) break;
      this.#dirtyFiles.delete(id);
      this.#visitFile(id, path, now);
    }
    const isSlow = now - this.#lastSlowAt >= 1;
    if (isSlow) this.#lastSlowAt = now;
    for (const entry of this.register.entries()) {
      if (looks >= MOST_LOOKS) break;
      if (entry.growth === undefined || entry.meter.lookedAt === now) continue;
      if (this.#lost.has(entry)) continue;
      const quiet = now - entry.meter.grewAt;
      const isDue =
        quiet < HOT_SECONDS || (isSlow && quiet < WARM_SECONDS) || (isSlow && entry.meter.descriptorPath);
      if (!isDue) continue;
      looks++;
      this.#poll(entry, now);
    }
    for (const [entry, lostSeconds] of this.#lost.due(now)) this.#resolve(entry, lostSeconds, now);
    this.register.sample(now);
    if (isSlow) this.register.forgetOld(now);
  }

  /** Somebody said that there may be something new at a path. */
  #visit(path: ByteString, now: number): void {
    const look = this.#look.entry(path);
    if (!look) {
      this.#displace(path, now);
      return;
    }
    if (look.isDirectory) this.#hooks.onDirectory(path);
    if (!look.isRegular) return;
    let entry = this.register.entryOf(look.id);
    if (entry && !entry.meter.isSame(look)) {
      this.#retire(entry);
      entry = undefined;
    }
    if (!entry) {
      this.#meet(path, look, now);
      return;
    }
    if (entry.meter.path !== path || entry.meter.descriptorPath !== undefined) this.#rename(entry, path, now);
    this.#see(entry, look, now);
  }

  #visitFile(id: FileId, path: ByteString, now: number): void {
    const entry = this.register.entryOf(id);
    if (entry) {
      if (entry.meter.lookedAt !== now) this.#poll(entry, now);
      return;
    }
    if (this.#look.entry(path)?.id === id) {
      this.#visit(path, now);
      return;
    }
    const moved = this.#hooks.locate(id, path);
    const link = moved === undefined ? this.#hooks.descriptorOf(id) : undefined;
    if (moved !== undefined) this.#visit(moved, now);
    else if (link !== undefined) this.adopt(link, path, now);
  }

  /** The name of a growing file leads nowhere, or to another file. */
  #displace(path: ByteString, now: number): void {
    for (const meter of this.register.named(path)?.members ?? []) {
      const entry = this.register.entryOf(meter.id);
      if (entry && meter.path === path && meter.descriptorPath === undefined) this.#lost.add(entry, now);
    }
  }

  /** Looks at a file that grew lately, wherever it is. */
  #poll(entry: Entry, now: number): void {
    const { meter } = entry;
    const isLink = meter.descriptorPath !== undefined;
    const look = isLink ? this.#look.target(meter.openPath) : this.#look.entry(meter.path);
    if (look?.id === meter.id && meter.isSame(look)) {
      this.#see(entry, look, now);
      return;
    }
    this.#lost.add(entry, now);
    if (!isLink && look) this.#visit(meter.path, now);
  }

  /** A known file under another name. */
  #rename(entry: Entry, path: ByteString, now: number): void {
    const { meter, growth } = entry;
    const old = meter.path;
    // A second name of the same file changes nothing.
    if (meter.descriptorPath === undefined && old !== path && this.#look.entry(old)?.id === meter.id) return;
    meter.path = path;
    meter.descriptorPath = undefined;
    this.#lost.delete(entry);
    const replaced = this.register.named(path);
    if (replaced && replaced !== growth) this.#displaceOthers(replaced, meter, now);
    if (growth?.path !== old || growth.current !== meter) return;
    if (hasDirectoryMoved(this.#look, old, path)) this.register.move(growth, path);
    else this.#tellRotation(growth, now);
  }

  #displaceOthers(growth: FileGrowth, meter: InodeMeter, now: number): void {
    for (const member of growth.members) {
      const entry = this.register.entryOf(member.id);
      if (entry && member !== meter && member.path === meter.path) this.#lost.add(entry, now);
    }
  }

  #tellRotation(growth: FileGrowth, now: number): void {
    if (now - growth.rotatedAt < ONE_ROTATION_SECONDS) return;
    growth.rotatedAt = now;
    if (growth.isWorthTelling) this.#hooks.onTurn(growth, 'rotated');
  }

  /** Finds what has no longer the name it had: under another one, or held open without any, or gone. */
  #resolve(entry: Entry, lostSeconds: number, now: number): void {
    const { meter, growth } = entry;
    const here = meter.descriptorPath === undefined ? this.#look.entry(meter.path) : undefined;
    if (here?.id === meter.id && meter.isSame(here)) {
      this.#lost.delete(entry);
      return;
    }
    const path = this.#hooks.locate(meter.id, meter.path);
    const found = path === undefined ? undefined : this.#look.entry(path);
    if (path !== undefined && found?.id === meter.id && meter.isSame(found)) {
      this.#rename(entry, path, now);
      this.#see(entry, found, now);
      return;
    }
    const hadName = meter.descriptorPath === undefined;
    const link = growth ? this.#hooks.descriptorOf(meter.id) : undefined;
    const held = link === undefined ? undefined : this.#look.target(link);
    if (link === undefined || held?.id !== meter.id) {
      if (!growth || lostSeconds > LIMBO_SECONDS) this.#retire(entry);
      return;
    }
    this.#lost.delete(entry);
    meter.descriptorPath = link;
    this.#see(entry, held, now);
    if (hadName && growth?.isWorthTelling) this.#hooks.onTurn(growth, 'deleted-open');
  }

  /** A file that was deleted before it was watched, and grows. */
  adopt(link: ByteString, path: ByteString, now: number): void {
    const look = this.#look.target(link);
    if (look?.isRegular && !this.register.entryOf(look.id)) this.register.adopt(link, path, look, now);
  }

  #meet(path: ByteString, look: LookedAt, now: number): void {
    const known = this.register.named(path);
    if (known) this.#displace(path, now);
    this.register.meet(path, look, now);
    if (known) this.#tellRotation(known, now);
  }

  #see(entry: Entry, look: LookedAt, now: number): void {
    this.#unseen.delete(entry);
    const change = this.register.see(entry, look, now);
    if (change === 'truncated' && entry.growth?.isWorthTelling) this.#hooks.onTurn(entry.growth, 'truncated');
  }

  #retire(entry: Entry): void {
    this.#lost.delete(entry);
    if (this.#unseen.delete(entry)) this.#hooks.onGoneUnseen(entry.meter.path);
    this.register.retire(entry);
  }
}
