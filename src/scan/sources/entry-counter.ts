/** Looks at every entry that the kernel listed, counts it, and hands directories on. The hot loop of the walk. */
import { fromBytes, toText } from '../../model/byte-string.ts';
import { descriptorPath } from '../../system/calls/descriptor-path.ts';
import { DirentReader } from '../../system/calls/dirent.ts';
import { errnoName } from '../../system/calls/errno.ts';
import type { Libc } from '../../system/calls/libc.ts';
import { FILE_TYPE } from '../../system/calls/statx.ts';
import type { Statx } from '../../system/calls/statx.ts';
import { emptyEntryStat } from '../tally/tally.ts';
import type { LifeTally } from '../tally/tally.ts';
import { fillFromRecord } from '../volumes/volumes.ts';
import type { InodeList } from '../volumes/volumes.ts';
import type { OpenDirectory } from './open-directories.ts';
import type { SourceContext } from './source.ts';

/** Takes a directory that was found: its row, the mount and the device it is on, and its inode. */
export type FoundDirectory = (row: number, mountId: number, device: number, inode: number) => void;
const HIGH_WORD = 2 ** 32;

export class EntryCounter {
  readonly #context: SourceContext;
  readonly #libc: Libc;
  readonly #stat: Statx;
  readonly #found: FoundDirectory;
  readonly #slots: Uint8Array;
  readonly #slotsAt: number;
  readonly #dirents: DirentReader;
  readonly #entry = emptyEntryStat();
  #directory: OpenDirectory | undefined;
  /** Undefined where nobody asks about the directory. */
  #life: LifeTally | undefined;
  #root = 0;
  /** Of the filesystem that is being read; undefined where it has none. */
  #list: InodeList | undefined;
  readonly #deviceOfDirectory = (): number =>
    this.#stat.lookAtDescriptor(this.#directory!.descriptor) ? this.#stat.device : 0;
  /** The directory's path with a slash at its end, where exclusions ask for it. */
  #path = '';

  /** @param bytes what names are read into: the buffers of the queue, or others. */
  constructor(
    context: SourceContext,
    libc: Libc,
    stat: Statx,
    found: FoundDirectory,
    bytes: Uint8Array = context.queue.slots,
  ) {
    this.#context = context;
    this.#libc = libc;
    this.#stat = stat;
    this.#found = found;
    this.#slots = bytes;
    this.#slotsAt = libc.addressOf(this.#slots);
    this.#dirents = new DirentReader(this.#slots);
  }

  /** What is counted from now on is in this directory of root number `root`. */
  enter(directory: OpenDirectory, root: number): void {
    this.#directory = directory;
    this.#root = root;
    const { tally, life } = this.#context;
    tally.enter(directory.row);
    this.#context.record?.enter(directory.row);
    this.#life = life?.isAlive(directory.row) === true ? life : undefined;
    // Signs of life are more than lists tell.
    this.#list = this.#life
      ? undefined
      : this.#context.lists.enter(directory.mountId, this.#deviceOfDirectory);
    this.#stat.wantsBirth = this.#life !== undefined;
    if (this.#life) {
      const known = this.#stat.lookAtDescriptor(directory.descriptor);
      this.#life.setParent(known ? this.#stat.inodeHigh : 0, known ? this.#stat.inodeLow : 0);
    }
    const { excluder, keeper } = this.#context;
    if (excluder?.needsPath === true || (this.#life && keeper?.needsPath === true)) {
      const path = descriptorPath(directory.descriptor);
      this.#path = path === undefined ? '' : toText(path).replace(/\/?$/u, '/');
    }
  }

  /** Counts the entries that fill the buffers' bytes `[from, from + length)`. */
  count(from: number, length: number): void {
    const { excluder } = this.#context;
    const { descriptor } = this.#directory!;
    const dirents = this.#dirents;
    dirents.reset(from, from + length);
    while (dirents.advance()) {
      const { nameStart, nameEnd } = dirents;
      if (excluder && this.#isExcluded(nameStart, nameEnd)) continue;
      const known = this.#list
        ? this.#list.findListed(dirents.inodeLow, dirents.inodeHigh, dirents.type)
        : -1;
      if (known >= 0) this.#addKnown(known, nameStart, nameEnd);
      else if (this.#stat.look(descriptor, this.#slotsAt + nameStart)) this.#add(nameStart, nameEnd);
      else this.#addProblem(nameStart, nameEnd);
    }
  }

  /** Counts the entry just looked at, unless it is on a mount that is not to be entered. */
  #add(nameStart: number, nameEnd: number): void {
    const { tally, record, enterMountIds } = this.#context;
    const life = this.#life;
    const stat = this.#stat;
    const entry = this.#entry;
    const { mode, mountId } = stat;
    if (mountId !== this.#directory!.mountId && !enterMountIds.has(mountId)) {
      life?.addMount(this.#directory!.row);
      record?.addBoundary(mountId, mode, this.#slots, nameStart, nameEnd);
      return;
    }
    if (life) stat.copyIdentity(life.identity);
    if ((mode & FILE_TYPE.mask) === FILE_TYPE.directory) {
      const row = this.#addDirectory(nameStart, nameEnd);
      this.#found(row, mountId, stat.device, stat.inodeHigh * HIGH_WORD + stat.inodeLow);
      return;
    }
    entry.mode = mode;
    entry.links = stat.links;
    entry.uid = stat.uid;
    entry.blocks = stat.blocks;
    entry.size = stat.size;
    entry.mtime = stat.mtime;
    entry.device = stat.device;
    entry.inodeLow = stat.inodeLow;
    entry.inodeHigh = stat.inodeHigh;
    tally.addEntry(entry, this.#slots, nameStart, nameEnd);
    record?.addFile(stat, this.#slots, nameStart, nameEnd);
    const { row } = this.#directory!;
    life?.addFile(row, stat, this.#slots, nameStart, nameEnd);
    if (life && this.#isKept(nameStart, nameEnd))
      life.addKept(row, fromBytes(this.#slots, nameStart, nameEnd));
  }

  /** Counts the entry whose record in the list is at `at`. */
  #addKnown(at: number, nameStart: number, nameEnd: number): void {
    const { tally, queue, life } = this.#context;
    const list = this.#list!;
    const { words, volume } = list;
    const entry = this.#entry;
    fillFromRecord(entry, words, at);
    entry.device = volume.device;
    entry.inodeLow = this.#dirents.inodeLow;
    entry.inodeHigh = this.#dirents.inodeHigh;
    if ((entry.mode & FILE_TYPE.mask) !== FILE_TYPE.directory) {
      tally.addEntry(entry, this.#slots, nameStart, nameEnd);
      return;
    }
    const { blocks, mtime, uid, device, inodeHigh, inodeLow } = entry;
    const id = queue.nextDirectory();
    const above = tally.idOf(this.#directory!.row);
    const slots = this.#slots;
    const row = tally.addDirectory(id, above, this.#root, blocks, mtime, uid, slots, nameStart, nameEnd);
    if (life?.isTop(device, inodeHigh, inodeLow) === true) life.enrol(row, id);
    this.#found(row, volume.mountId, device, inodeHigh * HIGH_WORD + inodeLow);
  }

  #addDirectory(nameStart: number, nameEnd: number): number {
    const { queue, tally, life } = this.#context;
    const { blocks, mtime, uid, device, inodeHigh, inodeLow } = this.#stat;
    const above = tally.idOf(this.#directory!.row);
    const slots = this.#slots;
    const id = queue.nextDirectory();
    const row = tally.addDirectory(id, above, this.#root, blocks, mtime, uid, slots, nameStart, nameEnd);
    this.#context.record?.addDirectory(row, this.#stat, slots, nameStart, nameEnd);
    if (this.#life) {
      this.#life.addDirectory(row, id, this.#stat, slots, nameStart, nameEnd);
      if (this.#isKept(nameStart, nameEnd)) this.#life.addKept(row, undefined);
    } else if (life?.isTop(device, inodeHigh, inodeLow) === true) life.enrol(row, id);
    return row;
  }

  #addProblem(nameStart: number, nameEnd: number): void {
    const code = errnoName(this.#libc.errno());
    this.#context.tally.addProblem(
      this.#directory!.row,
      fromBytes(this.#slots, nameStart, nameEnd),
      'stat',
      code,
    );
    this.#context.record?.addUnread(this.#slots, nameStart, nameEnd);
  }

  #isKept(name: number, end: number): boolean {
    const { keeper } = this.#context;
    return keeper?.excludes(this.#path, toText(fromBytes(this.#slots, name, end))) === true;
  }

  #isExcluded(name: number, end: number): boolean {
    const { tally, excluder } = this.#context;
    if (!excluder!.excludes(this.#path, toText(fromBytes(this.#slots, name, end)))) return false;
    tally.addExcluded();
    this.#context.record?.addExcluded(this.#slots, name, end);
    this.#life?.addExcluded(this.#directory!.row);
    return true;
  }
}
