/**
 * Everything that was seen growing, by (device, inode): takes in paths that may have changed, looks at them, and keeps
 * one series per file through rename, copy-and-truncate, deletion while open and reuse of inode numbers.
 */
import { parentPath } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { deviceOf } from '../model/file-id.ts';
import type { FileId } from '../model/file-id.ts';
import type { FileLook, LookedAt } from '../system/file-look.ts';
import { DirectoryGrowth } from './directory-growth.ts';
import { FileGrowth, isRotatedName } from './file-growth.ts';
import { InodeMeter, NOTHING } from './inode-meter.ts';
import type { Baseline } from './inode-meter.ts';

export type Growth = FileGrowth | DirectoryGrowth;
/** What happened to a file that grows. */
export type Turn = 'rotated' | 'truncated' | 'deleted-open';

export interface BookHooks {
  /** What a file held when the watch began; undefined where nobody looked. */
  readonly baselineOf: (id: FileId) => Baseline | undefined;
  /** Where a file is called now; undefined where that cannot be told or it has no name. */
  readonly locate: (id: FileId, lastPath: ByteString) => ByteString | undefined;
  /** A link of /proc to a file without a name; undefined where nobody (that can be seen) holds it. */
  readonly descriptorOf: (id: FileId) => ByteString | undefined;
  /** What a directory held when the watch began; 0 where nobody looked. */
  readonly directoryBytes: (path: ByteString) => number;
  readonly onDirectory: (path: ByteString) => void;
  readonly onTurn: (growth: FileGrowth, turn: Turn) => void;
  readonly onForgotten: (growth: Growth) => void;
}

/** A file that is metered: with its own growth, or as one of many small new ones of its directory. */
interface Entry {
  readonly meter: InodeMeter;
  readonly metAt: number;
  growth: FileGrowth | undefined;
  directory: DirectoryGrowth | undefined;
}

/** Looks in one beat; what is left waits for the next. */
const MOST_LOOKS = 4000;
const MOST_METERS = 20_000;
/** Quiet files beyond so many are forgotten. */
const MOST_GROWTHS = 2000;
/** Files that grew so lately are looked at in every beat, without being asked to. */
const HOT_SECONDS = 5;
/** … and so lately, once in a while. */
const WARM_SECONDS = 60;
/** New files that grow no more are forgotten, and files that do not grow for so long. */
const YOUNG_SECONDS = 6;
const FORGET_SECONDS = 600;
/** A new file has growth of its own when it grows on for so long, or to so much. */
const OWN_SECONDS = 0.4;
const OWN_BYTES = 2 ** 20;
/** A new inode behind a known name with more in it was written elsewhere and moved here. */
const BELIEVED_BYTES = 256 * 1024;
/** Clocks of files tick coarsely: one born so little before the watch began may be new. */
const CLOCK_SECONDS = 0.02;
/** Renaming and making anew are one rotation when they are no further apart. */
const ONE_ROTATION_SECONDS = 5;
/** A name without a file for so long has moved away for good. */
const MOVED_SECONDS = 2;

export class GrowthBook {
  readonly #look: FileLook;
  readonly #hooks: BookHooks;
  readonly #startedAt: number;
  readonly #dirty = new Set<ByteString>();
  readonly #dirtyFiles = new Map<FileId, ByteString>();
  readonly #entries = new Map<FileId, Entry>();
  readonly #byPath = new Map<ByteString, FileGrowth>();
  readonly #directories = new Map<ByteString, DirectoryGrowth>();
  readonly #displaced = new Set<Entry>();
  readonly #takenBytes = new Map<number, number>();
  #growths = 0;
  #lastSlowAt = 0;

  constructor(look: FileLook, hooks: BookHooks, startedAt: number) {
    this.#look = look;
    this.#hooks = hooks;
    this.#startedAt = startedAt;
  }

  /** A path that may have changed. */
  touch(path: ByteString): void {
    this.#dirty.add(path);
  }

  /** A file that was written to, and what it was called at some time. */
  touchFile(id: FileId, path: ByteString): void {
    this.#dirtyFiles.set(id, path);
  }

  get hasWork(): boolean {
    return this.#dirty.size > 0 || this.#dirtyFiles.size > 0 || this.#displaced.size > 0;
  }

  *growths(): Generator<Growth> {
    yield* new Set(this.#byPath.values());
    yield* this.#directories.values();
  }

  growthOf(id: FileId): FileGrowth | undefined {
    return this.#entries.get(id)?.growth;
  }

  /** Allocated by all files seen growing on a device, since the start. */
  takenBytes(device: number): number {
    return this.#takenBytes.get(device) ?? 0;
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
    for (const entry of this.#entries.values()) {
      if (looks >= MOST_LOOKS) break;
      if (entry.growth === undefined || entry.meter.lookedAt === now) continue;
      const quiet = now - entry.meter.grewAt;
      const isDue =
        quiet < HOT_SECONDS || (isSlow && quiet < WARM_SECONDS) || (isSlow && entry.meter.descriptorPath);
      if (!isDue) continue;
      looks++;
      this.#poll(entry, now);
    }
    for (const entry of this.#displaced) this.#resolve(entry, now);
    this.#displaced.clear();
    this.#sample(now);
    if (isSlow) this.#forgetOld(now);
  }

  #sample(now: number): void {
    for (const growth of this.growths()) {
      const files = growth.what === 'directory' ? growth.files : 0;
      growth.rate.add(now, growth.grownBytes, files);
    }
  }

  /** Somebody said that there may be something new at a path. */
  #visit(path: ByteString, now: number): void {
    const look = this.#look.entry(path);
    if (!look) {
      this.#displace(path);
      return;
    }
    if (look.isDirectory) this.#hooks.onDirectory(path);
    if (!look.isRegular) return;
    let entry = this.#entries.get(look.id);
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
    const entry = this.#entries.get(id);
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
  #displace(path: ByteString): void {
    for (const meter of this.#byPath.get(path)?.members ?? []) {
      const entry = this.#entries.get(meter.id);
      if (entry && meter.path === path && meter.descriptorPath === undefined) this.#displaced.add(entry);
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
    this.#displaced.add(entry);
    if (!isLink && look) this.#visit(meter.path, now);
  }

  #see(entry: Entry, look: LookedAt, now: number): void {
    const { meter } = entry;
    const taken = meter.takenBytes;
    const change = meter.see(look, now);
    this.#take(entry, meter.takenBytes - taken);
    if (change === 'same') return;
    if (!entry.growth && this.#hasOwnGrowth(entry, now)) this.#promote(entry);
    const { growth } = entry;
    if (change === 'truncated' && growth?.isWorthTelling) this.#hooks.onTurn(growth, 'truncated');
  }

  #take(entry: Entry, bytes: number): void {
    const device = deviceOf(entry.meter.id);
    this.#takenBytes.set(device, this.takenBytes(device) + bytes);
    if (!entry.growth) entry.directory?.count(0, bytes);
  }

  /** An inode not seen before. */
  #meet(path: ByteString, look: LookedAt, now: number): void {
    const isNew = look.bornAt >= this.#startedAt - CLOCK_SECONDS;
    const known = this.#byPath.get(path);
    const base = this.#baseOf(look, isNew, known, now);
    const meter = new InodeMeter(path, look, base, now);
    const entry: Entry = { meter, metAt: now, growth: undefined, directory: undefined };
    this.#entries.set(look.id, entry);
    if (known) {
      this.#displace(path);
      known.add(meter);
      entry.growth = known;
      this.#tellRotation(known, now);
    } else if (isNew && meter.writtenBytes < OWN_BYTES) {
      entry.directory = this.#directoryOf(parentPath(path));
      entry.directory?.add(path);
    } else if (meter.writtenBytes > 0) {
      this.#promote(entry);
    }
    this.#take(entry, meter.takenBytes);
  }

  #baseOf(look: LookedAt, isNew: boolean, known: FileGrowth | undefined, now: number): Baseline {
    if (!isNew) return this.#hooks.baselineOf(look.id) ?? look;
    if (!known) return NOTHING;
    const believed = Math.max(BELIEVED_BYTES, known.rate.bytesPerSecond(now) * 2);
    return look.apparentBytes <= believed ? NOTHING : look;
  }

  #directoryOf(path: ByteString): DirectoryGrowth | undefined {
    const known = this.#directories.get(path);
    if (known) return known;
    const look = this.#look.entry(path);
    if (!look) return undefined;
    const growth = new DirectoryGrowth(++this.#growths, path, look.id, this.#hooks.directoryBytes(path));
    growth.rate.add(this.#startedAt, 0);
    this.#directories.set(path, growth);
    return growth;
  }

  #hasOwnGrowth({ meter, metAt, directory }: Entry, now: number): boolean {
    return !directory || now - metAt >= OWN_SECONDS || meter.writtenBytes >= OWN_BYTES;
  }

  /** It grows by itself. */
  #promote(entry: Entry): void {
    const { meter, directory } = entry;
    directory?.count(-1, -meter.takenBytes);
    entry.directory = undefined;
    const known = this.#byPath.get(meter.path);
    if (known) {
      known.add(meter);
      entry.growth = known;
      return;
    }
    const isCopy = [...this.#byPath.values()].some(({ path }) => isRotatedName(meter.path, path));
    const growth = new FileGrowth(++this.#growths, meter, isCopy);
    growth.rate.add(entry.metAt, 0);
    entry.growth = growth;
    this.#byPath.set(meter.path, growth);
  }

  /** A known file under another name. */
  #rename(entry: Entry, path: ByteString, now: number): void {
    const { meter, growth } = entry;
    const old = meter.path;
    // A second name of the same file changes nothing.
    if (meter.descriptorPath === undefined && old !== path && this.#look.entry(old)?.id === meter.id) return;
    meter.path = path;
    meter.descriptorPath = undefined;
    this.#displaced.delete(entry);
    const replaced = this.#byPath.get(path);
    if (replaced && replaced !== growth) this.#displaceOthers(replaced, meter);
    if (growth?.path === old && growth.current === meter) this.#tellRotation(growth, now);
  }

  #displaceOthers(growth: FileGrowth, meter: InodeMeter): void {
    for (const member of growth.members) {
      const entry = this.#entries.get(member.id);
      if (entry && member !== meter && member.path === meter.path) this.#displaced.add(entry);
    }
  }

  #tellRotation(growth: FileGrowth, now: number): void {
    if (now - growth.rotatedAt < ONE_ROTATION_SECONDS) return;
    growth.rotatedAt = now;
    if (growth.isWorthTelling) this.#hooks.onTurn(growth, 'rotated');
  }

  /** Finds what has no longer the name it had: under another one, or held open without any, or gone. */
  #resolve(entry: Entry, now: number): void {
    const { meter, growth } = entry;
    const here = meter.descriptorPath === undefined ? this.#look.entry(meter.path) : undefined;
    if (here?.id === meter.id) return;
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
      this.#retire(entry);
      return;
    }
    meter.descriptorPath = link;
    this.#see(entry, held, now);
    if (hadName && growth?.isWorthTelling) this.#hooks.onTurn(growth, 'deleted-open');
  }

  #retire(entry: Entry): void {
    this.#entries.delete(entry.meter.id);
    this.#displaced.delete(entry);
    entry.growth?.retire(entry.meter);
    if (!entry.growth) entry.directory?.count(0, -entry.meter.diskBytes);
  }

  /** A file that was deleted before it was watched, and grows. */
  adopt(link: ByteString, path: ByteString, now: number): void {
    const look = this.#look.target(link);
    if (!look?.isRegular || this.#entries.has(look.id)) return;
    const meter = new InodeMeter(path, look, look, now);
    meter.descriptorPath = link;
    const growth = new FileGrowth(++this.#growths, meter, false);
    this.#entries.set(look.id, { meter, metAt: now, growth, directory: undefined });
    // Its name may be another file's by now.
    this.#byPath.set(this.#byPath.has(path) ? (`${path}\0${look.id}` as ByteString) : path, growth);
  }

  #forgetOld(now: number): void {
    for (const [id, { meter, metAt, growth, directory }] of this.#entries) {
      const quiet = now - Math.max(meter.grewAt, metAt);
      if (!growth && (quiet > YOUNG_SECONDS || this.#entries.size > MOST_METERS)) this.#entries.delete(id);
      if (directory || !growth) continue;
      // An inode that was rotated away and is quiet.
      if (growth.members.length > 1 && quiet > WARM_SECONDS && meter.path !== growth.path) {
        growth.retire(meter);
        this.#entries.delete(id);
      }
    }
    for (const [path, growth] of this.#byPath) this.#settle(path, growth, now);
    for (const [path, growth] of this.#directories) {
      if (growth.alarm.isAlarm || now - growth.rate.roseAt < FORGET_SECONDS) continue;
      this.#directories.delete(path);
      this.#hooks.onForgotten(growth);
    }
  }

  /** A growth whose file moved away for good goes by the file's new name. */
  #settle(path: ByteString, growth: FileGrowth, now: number): void {
    const { current } = growth;
    const quiet = now - growth.rate.roseAt;
    if (quiet > FORGET_SECONDS && this.#byPath.size > MOST_GROWTHS && !growth.alarm.isAlarm) {
      this.#byPath.delete(path);
      for (const { id } of growth.members) this.#entries.delete(id);
      this.#hooks.onForgotten(growth);
      return;
    }
    const hasMoved =
      current.path !== growth.path &&
      current.descriptorPath === undefined &&
      now - growth.rotatedAt > MOVED_SECONDS &&
      now - current.grewAt < MOVED_SECONDS &&
      !growth.members.some((meter) => meter.path === growth.path);
    if (hasMoved && !this.#byPath.has(current.path)) {
      this.#byPath.delete(path);
      growth.path = current.path;
      this.#byPath.set(current.path, growth);
    }
  }
}
