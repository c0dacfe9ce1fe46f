/** The series of all that was seen growing: an entry per inode, a growth per name or directory; the quiet are forgotten. */
import { parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { deviceOf } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';
import type { FileLook, LookedAt } from '../../system/files/file-look.ts';
import { DirectoryGrowth } from './directory-growth.ts';
import type { Entry } from './entry.ts';
import { FileGrowth, isRotatedName } from './file-growth.ts';
import { ForgottenFiles } from './forgotten-files.ts';
import { InodeMeter, NOTHING } from './inode-meter.ts';
import type { Baseline, Change } from './inode-meter.ts';
import type { Restored } from './restore-growth.ts';
import { Series } from './series.ts';
import type { Member } from './tree-growth.ts';

export interface RegisterHooks {
  /** What a file held when the watch began; undefined where nobody looked. */
  readonly baselineOf: (look: LookedAt) => Baseline | undefined;
  /** Whether a process before this one knew it. */
  readonly isKept: (look: LookedAt) => boolean;
  /** What a directory held when the watch began; 0 where nobody looked. */
  readonly directoryBytes: (path: ByteString) => number;
  readonly onForgotten: (growth: Member) => void;
  readonly onMoved: (growth: FileGrowth, from: ByteString) => void;
}

const MOST_METERS = 20_000;
/** Quiet files beyond so many are forgotten. */
const MOST_GROWTHS = 2000;
/** Rotated files that are quiet for so long are not asked after any more. */
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

export class GrowthRegister {
  readonly #look: FileLook;
  readonly #hooks: RegisterHooks;
  readonly #startedAt: number;
  /** Files made since are new. */
  readonly #since: number;
  readonly #entries = new Map<FileId, Entry>();
  readonly #series = new Series();
  readonly #forgotten = new ForgottenFiles();
  readonly #takenBytes = new Map<number, number>();

  /** @param since before `startedAt` where a process before this one watched. */
  constructor(look: FileLook, hooks: RegisterHooks, startedAt: number, since: number) {
    this.#look = look;
    this.#hooks = hooks;
    this.#startedAt = startedAt;
    this.#since = since;
  }

  entries(): Iterable<Entry> {
    return this.#entries.values();
  }

  entryOf(id: FileId): Entry | undefined {
    return this.#entries.get(id);
  }

  /** The growth that goes by this name. */
  named(path: ByteString): FileGrowth | undefined {
    return this.#series.files.get(path);
  }

  growths(): Iterable<Member> {
    return this.#series.all();
  }

  /** Allocated by all files seen growing on a device, since the start. */
  takenBytes(device: number): number {
    return this.#takenBytes.get(device) ?? 0;
  }

  /** Notes how far everything has grown; called in every beat. */
  sample(now: number): void {
    this.#series.sample(now);
  }

  /** Another look at a known file. */
  see(entry: Entry, look: LookedAt, now: number): Change {
    const { meter } = entry;
    const taken = meter.takenBytes;
    const change = meter.see(look, now);
    this.#take(entry, meter.takenBytes - taken);
    if (change !== 'same' && !entry.growth && this.#hasOwnGrowth(entry, now)) this.#promote(entry);
    return change;
  }

  /** @param isNow false for what the filesystem had taken before it was asked how full it is. */
  #take(entry: Entry, bytes: number, isNow = true): void {
    const device = deviceOf(entry.meter.id);
    if (isNow) this.#takenBytes.set(device, this.takenBytes(device) + bytes);
    if (!entry.growth) entry.directory?.count(0, bytes);
  }

  /** An inode not seen before; it joins the growth that goes by its name. */
  meet(path: ByteString, look: LookedAt, now: number): void {
    const forgotten = this.#forgotten.get(look.id, look.bornAt);
    const isNew = !forgotten && look.bornAt >= this.#since - CLOCK_SECONDS && !this.#hooks.isKept(look);
    const isOfGap = isNew && look.bornAt < this.#startedAt - CLOCK_SECONDS;
    const known = this.named(path);
    const base = forgotten ?? this.#baseOf(look, isNew, isOfGap ? undefined : known, now);
    const meter = new InodeMeter(path, look, base, now);
    const entry: Entry = { meter, metAt: now, growth: undefined, directory: undefined };
    this.#entries.set(look.id, entry);
    if (known) {
      known.add(meter);
      entry.growth = known;
    } else if (isNew && meter.writtenBytes < OWN_BYTES) {
      entry.directory = this.#directoryOf(parentPath(path));
      entry.directory?.add({ path, id: look.id, bornAt: look.bornAt });
    } else if (meter.writtenBytes > 0) {
      this.#promote(entry);
    }
    // Made since the watch began, it takes all of its bytes, also where it was written under another name.
    this.#take(entry, isNew ? look.diskBytes : meter.takenBytes, !isOfGap);
  }

  #baseOf(look: LookedAt, isNew: boolean, known: FileGrowth | undefined, now: number): Baseline {
    if (!isNew) return this.#hooks.baselineOf(look) ?? look;
    if (!known) return NOTHING;
    const believed = Math.max(BELIEVED_BYTES, known.rate.bytesPerSecond(now) * 2);
    return look.apparentBytes <= believed ? NOTHING : look;
  }

  #directoryOf(path: ByteString): DirectoryGrowth | undefined {
    const known = this.#series.directories.get(path);
    if (known) return known;
    const look = this.#look.entry(path);
    if (!look) return undefined;
    const number = this.#series.nextNumber();
    const growth = new DirectoryGrowth(number, path, look.id, this.#hooks.directoryBytes(path));
    growth.rate.add(this.#startedAt, 0);
    this.#series.directories.set(path, growth);
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
    const known = this.named(meter.path);
    if (known) {
      known.add(meter);
      entry.growth = known;
      return;
    }
    const isCopy = [...this.#series.files.values()].some(({ path }) => isRotatedName(meter.path, path));
    const growth = new FileGrowth(this.#series.nextNumber(), meter, isCopy);
    growth.rate.add(entry.metAt, growth.earlierBytes);
    entry.growth = growth;
    this.#series.addFile(meter.path, growth);
  }

  /** What a process before this one knew. */
  takeBack({ growths, entries }: Restored): void {
    this.#series.takeBack(growths);
    for (const entry of entries) this.#entries.set(entry.meter.id, entry);
  }

  /** What a process before this one knew has been looked at: all that has grown so far grew earlier. */
  beginAnew(now: number): void {
    this.#series.beginAnew(now);
    this.#takenBytes.clear();
  }

  /** It is gone for good. */
  retire(entry: Entry): void {
    this.#entries.delete(entry.meter.id);
    entry.growth?.retire(entry.meter);
    if (!entry.growth) entry.directory?.count(0, -entry.meter.diskBytes);
  }

  /** A file without a name that was not known. @param link leads to it. */
  adopt(link: ByteString, path: ByteString, look: LookedAt, now: number): void {
    const meter = new InodeMeter(path, look, look, now);
    meter.descriptorPath = link;
    const growth = new FileGrowth(this.#series.nextNumber(), meter, false);
    this.#entries.set(look.id, { meter, metAt: now, growth, directory: undefined });
    this.#series.addFile(path, growth);
  }

  /** Lets go of what is quiet; called once a second. */
  forgetOld(now: number): void {
    for (const [id, { meter, metAt, growth, directory }] of this.#entries) {
      const quiet = now - Math.max(meter.grewAt, metAt);
      if (!growth && (quiet > YOUNG_SECONDS || this.#entries.size > MOST_METERS)) this.#forget(meter);
      if (directory || !growth) continue;
      // An inode that was rotated away and is quiet.
      if (growth.members.length > 1 && quiet > WARM_SECONDS && meter.path !== growth.path) {
        growth.retire(meter);
        this.#entries.delete(id);
      }
    }
    for (const [path, growth] of this.#series.files) this.#settle(path, growth, now);
    for (const [path, growth] of this.#series.directories) {
      if (growth.alarm.isAlarm || now - growth.rate.roseAt < FORGET_SECONDS) continue;
      this.#series.directories.delete(path);
      this.#hooks.onForgotten(growth);
    }
  }

  #forget(meter: InodeMeter): void {
    this.#entries.delete(meter.id);
    if (meter.bornAt < this.#since - CLOCK_SECONDS) return;
    this.#forgotten.add(meter);
  }

  /** A growth whose file moved away for good goes by the file's new name. */
  #settle(path: ByteString, growth: FileGrowth, now: number): void {
    const quiet = now - growth.rate.roseAt;
    if (quiet > FORGET_SECONDS && this.#series.files.size > MOST_GROWTHS && !growth.alarm.isAlarm) {
      this.#series.files.delete(path);
      for (const { id } of growth.members) this.#entries.delete(id);
      this.#hooks.onForgotten(growth);
      return;
    }
    if (growth.hasMovedAway(now)) this.move(growth, growth.current.path);
  }

  /** It goes by another name from now on, unless that is another growth's already. */
  move(growth: FileGrowth, path: ByteString): void {
    const from = growth.path;
    if (this.#series.move(growth, path) && growth.isWorthTelling) this.#hooks.onMoved(growth, from);
  }
}
