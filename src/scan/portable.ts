/** The source that works wherever Node does: node:fs alone, a path per entry. Slower, the same numbers. */
import { closeSync, constants, existsSync, lstatSync, openSync, readdirSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { joinPath, toBuffer, toText } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { errorCode } from '../system/errno.ts';
import { emptyEntryStat, fillFromStats } from './entry-stat.ts';
import type { Job } from './job-queue.ts';
import type { Source, SourceContext } from './source.ts';
import { WaitingList } from './waiting-list.ts';

/** Paths longer than this are shortened by way of /proc/self/fd, well before PATH_MAX (4096, with the name). */
const LONG_PATH = 2048;

/** A directory opened to give the directories below it a shorter path. */
interface Anchor {
  readonly descriptor: number;
  /** Directories that still use it. */
  users: number;
  readonly above: Anchor | undefined;
}

interface Waiting {
  readonly row: number;
  /** Where it is: absolute, or below an anchor in /proc/self/fd. */
  readonly path: ByteString;
  readonly anchor: Anchor | undefined;
}

const hasProc = existsSync('/proc/self/fd');

export class Portable implements Source {
  readonly #context: SourceContext;
  readonly #waiting = new WaitingList<Waiting>();
  #job: Job | undefined;
  #device = -1;
  #current: ByteString | undefined;
  readonly #entry = emptyEntryStat();

  constructor(context: SourceContext) {
    this.#context = context;
  }

  begin(job: Job): void {
    this.#job = job;
    this.#device = job.mountId;
    const row = this.#context.tally.addRow(job.directory, 0, job.root);
    this.#waiting.push({ row, path: job.path, anchor: undefined });
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
    const { queue, tally } = this.#context;
    const oldest = this.#waiting.oldestToGive();
    if (!oldest) return false;
    const { row, path, anchor } = oldest;
    if (anchor || !queue.hasRoomFor(path)) return false;
    const directory = tally.idOf(row);
    const { root, mountId } = this.#job!;
    if (
      !queue.push({ kind: 'directory', directory, root, mountId, descriptor: -1, path, slot: -1, length: 0 })
    ) {
      return false;
    }
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
    const { tally, excluder } = this.#context;
    tally.enter(directory.row);
    let names: Buffer[];
    try {
      names = readdirSync(toBuffer(directory.path), { encoding: 'buffer' });
    } catch (error) {
      const code = errorCode(error);
      if (code === undefined) throw error;
      tally.addProblem(directory.row, undefined, 'open-directory', code);
      return;
    }
    const { path, anchor } = this.#shorten(directory);
    const text = excluder?.needsPath ? toText(joinPath(path, '' as ByteString)) : '';
    for (const name of names) {
      if (excluder?.excludes(text, name.toString('utf8'))) tally.addExcluded();
      else this.#add(directory.row, joinPath(path, name.toString('latin1') as ByteString), name, anchor);
    }
    this.#release(anchor);
  }

  #add(row: number, path: ByteString, name: Buffer, anchor: Anchor | undefined): void {
    const { queue, tally } = this.#context;
    const buffer = toBuffer(path);
    let stat: Stats;
    try {
      stat = lstatSync(buffer);
      if (!stat.isDirectory()) fillFromStats(this.#entry, stat, buffer);
    } catch (error) {
      const code = errorCode(error);
      if (code === undefined) throw error;
      tally.addProblem(row, name.toString('latin1') as ByteString, 'stat', code);
      return;
    }
    if (this.#isBoundary(path, stat, anchor)) return;
    if (stat.isDirectory()) {
      const mtime = Math.floor(stat.mtimeMs / 1000);
      const id = queue.nextDirectory();
      const root = this.#job!.root;
      const child = tally.addDirectory(id, tally.idOf(row), root, stat.blocks, mtime, name, 0, name.length);
      if (anchor) anchor.users++;
      this.#waiting.push({ row: child, path, anchor });
      return;
    }
    tally.addEntry(this.#entry, name, 0, name.length);
  }

  /** The mount table decides where there is one and the path is known; otherwise another device does. */
  #isBoundary(path: ByteString, stat: Stats, anchor: Anchor | undefined): boolean {
    const { mountPoints } = this.#context;
    const mounted = mountPoints.get(path);
    if (mounted !== undefined) return mounted === 'leave';
    return (mountPoints.size === 0 || anchor !== undefined) && stat.dev !== this.#device;
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
