/** The source that works wherever Node does: node:fs alone, a path per entry. Slower, the same numbers. */
import { closeSync, constants, existsSync, lstatSync, openSync, readdirSync } from 'node:fs';
import type { BigIntStats, Stats } from 'node:fs';
import { joinPath, toBuffer, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { fillIdentityFromStats } from '../../model/entry-digest.ts';
import { kernelDevice } from '../../model/file-id.ts';
import { errorCode } from '../../system/calls/errno.ts';
import { recordedStat } from '../record/record.ts';
import { emptyEntryStat, fillFromStats } from '../tally/tally.ts';
import type { Job } from '../queue/job-queue.ts';
import { isTop, timesOf } from './life-stats.ts';
import type { LifeTally } from '../tally/tally.ts';
import type { Source, SourceContext } from './source.ts';
import { WaitingList } from '../queue/job-queue.ts';

const PATH_MAX = 4096;
/** Paths longer than this are shortened by way of /proc/self/fd, well before PATH_MAX. */
const LONG_PATH = PATH_MAX / 2;

/** A directory opened to give the directories below it a shorter path. */
interface Anchor {
  readonly descriptor: number;
  /** Directories that still use it. */
  users: number;
  readonly above: Anchor | undefined;
}

interface Waiting {
  readonly row: number;
  /** How to reach it: absolute, or below an anchor in /proc/self/fd. */
  readonly path: ByteString;
  readonly anchor: Anchor | undefined;
  /** Its absolute path, however long. */
  readonly place: ByteString;
  /** st_dev. */
  readonly device: number;
}

const hasProc = existsSync('/proc/self/fd');

export class Portable implements Source {
  readonly #context: SourceContext;
  readonly #waiting = new WaitingList<Waiting>();
  #job: Job | undefined;
  #current: ByteString | undefined;
  /** Undefined where nobody asks about the directory that is read. */
  #life: LifeTally | undefined;
  /** Its path as text with a slash at its end, where patterns ask for it. */
  #text = '';
  readonly #entry = emptyEntryStat();

  constructor(context: SourceContext) {
    this.#context = context;
  }

  begin(job: Job): void {
    this.#job = job;
    const row = this.#context.tally.addRow(job.directory, 0, job.root);
    this.#context.tally.setOwnerNode(row, job.ownerNode);
    if (job.isAlive) this.#context.life?.enrol(row, job.directory);
    this.#context.record?.begin(row, job.directory, kernelDevice(job.mountId));
    this.#waiting.push({ row, path: job.path, anchor: undefined, place: job.path, device: job.mountId });
  }

  step(): boolean {
    const directory = this.#waiting.takeNewest();
    if (!directory) return false;
    this.#current = directory.path;
    this.#read(directory);
    this.#release(directory.anchor);
    return true;
  }

  shareOldest(): boolean {
    const { queue, tally, life } = this.#context;
    const oldest = this.#waiting.oldestToGive();
    // Whether it can be read is known to its reader alone, and a record says so before.
    if (!oldest || this.#context.record) return false;
    const { row, path, anchor, device: mountId } = oldest;
    if (anchor || !queue.hasRoomFor(path)) return false;
    const directory = tally.idOf(row);
    const { root } = this.#job!;
    const accepted = queue.push({
      kind: 'directory',
      directory,
      root,
      mountId,
      ownerNode: tally.ownerNodeOf(row),
      isAlive: life?.isAlive(row) ?? false,
      volume: -1,
      inode: 0,
      descriptor: -1,
      path,
      slot: -1,
      length: 0,
    });
    if (!accepted) return false;
    this.#waiting.dropOldest();
    return true;
  }

  currentPath(): ByteString | undefined {
    return this.#current;
  }

  close(): void {
    for (const { anchor } of this.#waiting.drain()) this.#release(anchor);
  }

  #read(directory: Waiting): void {
    const { tally, record, excluder, keeper, life } = this.#context;
    tally.enter(directory.row);
    this.#life = life?.isAlive(directory.row) === true ? life : undefined;
    if (this.#life) this.#setParent(directory.path, this.#life);
    let names: Buffer[];
    try {
      names = readdirSync(toBuffer(directory.path), { encoding: 'buffer' });
    } catch (error) {
      const code = errorCode(error);
      if (code === undefined) throw error;
      tally.addProblem(directory.row, undefined, 'open-directory', code);
      record?.failDirectory(directory.row);
      return;
    }
    record?.enter(directory.row);
    const { path, anchor } = this.#shorten(directory);
    const inside = { ...directory, path, anchor };
    const text =
      excluder?.needsPath === true || keeper?.needsPath === true
        ? toText(joinPath(directory.place, '' as ByteString))
        : '';
    this.#text = text;
    for (const name of names) {
      if (excluder?.excludes(text, name.toString('utf8')) === true) {
        tally.addExcluded();
        record?.addExcluded(name, 0, name.length);
        this.#life?.addExcluded(directory.row);
      } else this.#add(inside, name);
    }
    this.#release(anchor);
  }

  #add({ row, path: above, anchor, place: placeAbove, device }: Waiting, bytes: Buffer): void {
    const { queue, tally, record, life: asked } = this.#context;
    const life = this.#life;
    const name = bytes.toString('latin1') as ByteString;
    const path = joinPath(above, name);
    const buffer = toBuffer(path);
    let stat: Stats;
    let exact: BigIntStats | undefined;
    try {
      stat = lstatSync(buffer);
      if (life || record) exact = lstatSync(buffer, { bigint: true });
      if (!stat.isDirectory()) fillFromStats(this.#entry, stat, buffer);
    } catch (error) {
      const code = errorCode(error);
      if (code === undefined) throw error;
      tally.addProblem(row, name, 'stat', code);
      record?.addUnread(bytes, 0, bytes.length);
      return;
    }
    const place = anchor ? joinPath(placeAbove, name) : path;
    if (this.#isBoundary(place, stat.dev !== device)) {
      life?.addMount(row);
      record?.addBoundary(place, stat.mode, bytes, 0, bytes.length);
      return;
    }
    if (life) fillIdentityFromStats(life.identity, exact!);
    if (stat.isDirectory()) {
      const mtime = Math.floor(stat.mtimeMs / 1000);
      const id = queue.nextDirectory();
      const root = this.#job!.root;
      const parent = tally.idOf(row);
      const { blocks, uid } = stat;
      const child = tally.addDirectory(id, parent, root, blocks, mtime, uid, bytes, 0, bytes.length);
      record?.addDirectory(child, recordedStat(exact!), bytes, 0, bytes.length);
      if (life) {
        life.addDirectory(child, id, timesOf(exact!), bytes, 0, bytes.length);
        if (this.#isKept(bytes)) life.addKept(child, undefined);
      } else if (asked && isTop(buffer, asked)) asked.enrol(child, id);
      if (anchor) anchor.users++;
      this.#waiting.push({ row: child, path, anchor, place, device: stat.dev });
      return;
    }
    tally.addEntry(this.#entry, bytes, 0, bytes.length);
    record?.addFile(recordedStat(exact!), bytes, 0, bytes.length);
    life?.addFile(row, timesOf(exact!), bytes, 0, bytes.length);
    if (life && this.#isKept(bytes)) life.addKept(row, name);
  }

  #isKept(name: Buffer): boolean {
    return this.#context.keeper?.excludes(this.#text, name.toString('utf8')) === true;
  }

  #setParent(path: ByteString, life: LifeTally): void {
    try {
      const { ino } = lstatSync(toBuffer(path), { bigint: true });
      life.setParent(Number(ino >> 32n), Number(ino & 0xffff_ffffn));
    } catch {
      life.setParent(0, 0);
    }
  }

  /** The mount table decides where there is one: btrfs subvolumes are other devices on the same mount. */
  #isBoundary(place: ByteString, isOtherDevice: boolean): boolean {
    const { leftMountPoints } = this.#context;
    if (!leftMountPoints) return isOtherDevice;
    // Paths past PATH_MAX cannot be mounted on.
    return place.length <= PATH_MAX && leftMountPoints.has(place);
  }

  /** A path for the directory's children that stays clear of PATH_MAX, by way of an open descriptor where needed. */
  #shorten(directory: Waiting): { path: ByteString; anchor: Anchor | undefined } {
    const { path, anchor: above } = directory;
    if (above) above.users++;
    if (path.length <= LONG_PATH || !hasProc) return { path, anchor: above };
    const flags = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    try {
      const descriptor = openSync(toBuffer(path), flags);
      return { path: `/proc/self/fd/${descriptor}` as ByteString, anchor: { descriptor, users: 1, above } };
    } catch {
      return { path, anchor: above };
    }
  }

  #release(anchor: Anchor | undefined): void {
    let next = anchor;
    while (next && --next.users === 0) {
      closeSync(next.descriptor);
      next = next.above;
    }
  }
}
