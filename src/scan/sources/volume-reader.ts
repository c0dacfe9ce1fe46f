/** Counts the directories of one volume, an entry at a time, as EntryCounter does: from records where they are certain. */
import { fromBytes, toText } from '../../model/byte-string.ts';
import { descriptorPath } from '../../system/calls/descriptor-path.ts';
import { errnoName } from '../../system/calls/errno.ts';
import { OPEN_DIRECTORY } from '../../system/calls/libc.ts';
import type { Libc } from '../../system/calls/libc.ts';
import { openHandleQuietly } from '../../system/calls/open-quietly.ts';
import { FILE_TYPE, Statx } from '../../system/calls/statx.ts';
import { emptyEntryStat } from '../tally/tally.ts';
import { COUNT, fillFromRecord, RECORD } from '../volumes/volumes.ts';
import { Doubts } from './doubts.ts';
import type { IsTaken, SourceContext } from './source.ts';
import type { VolumeContents, VolumeDirectories, VolumePlace, VolumeRecords } from './volume-contents.ts';

/** A directory that was found, to be read from its volume. */
export interface BulkDirectory {
  readonly row: number;
  readonly inode: number;
  /** The inode of the one it was found in; 0 where that is not known. */
  readonly above: number;
  readonly reader: VolumeReader;
}

/** Where directories go that are found. */
export interface Finding {
  readonly found: (directory: BulkDirectory) => void;
  /** For those that statx was asked about. */
  readonly take: IsTaken;
}

const HIGH_WORD = 2 ** 32;
/** EXT4_FT_… by the top four bits of st_mode. */
const FILE_TYPES = new Uint8Array(16);
for (const [kind, type] of [
  [0o100000, 1],
  [0o040000, 2],
  [0o020000, 3],
  [0o060000, 4],
  [0o010000, 5],
  [0o140000, 6],
  [0o120000, 7],
])
  FILE_TYPES[kind >>> 12] = type;

export class VolumeReader {
  readonly place: VolumePlace;
  /** Which of the volumes it is. */
  readonly number: number;
  readonly #context: SourceContext;
  readonly #libc: Libc;
  readonly #finding: Finding;
  readonly #records: VolumeRecords;
  readonly #directory: VolumeDirectories;
  readonly #doubts: Doubts;
  readonly #entry = emptyEntryStat();
  #current: BulkDirectory | undefined;
  #root = 0;
  /** The current directory where it had to be opened; -1 where not. */
  #descriptor = -1;
  /** Its path with a slash at its end, where exclusions ask for it. */
  #path = '';

  constructor(
    context: SourceContext,
    libc: Libc,
    { place, records, directories }: VolumeContents,
    number: number,
    finding: Finding,
  ) {
    this.place = place;
    this.number = number;
    this.#context = context;
    this.#libc = libc;
    this.#finding = finding;
    this.#records = records;
    this.#directory = directories;
    this.#entry.device = place.device;
    this.#doubts = new Doubts(context, libc, new Statx(libc, context.isRemote), finding.take);
  }

  /** Begins with a directory of root number `root`; false where the kernel must be asked about it. */
  begin(directory: BulkDirectory, root: number): boolean {
    const { inode, row, above } = directory;
    const { tally, life, excluder } = this.#context;
    if (this.place.mountParents.has(inode) || life?.isAlive(row) === true) return false;
    const state = this.#directory.open(inode, above);
    const { counts } = this.place;
    if (state === 'damaged') Atomics.add(counts, COUNT.damaged, 1);
    if (state !== 'whole') return false;
    Atomics.add(counts, COUNT.read, 1);
    this.#current = directory;
    this.#root = root;
    if (excluder?.needsPath === true) {
      const path = descriptorPath(this.openCurrent());
      this.#path = path === undefined ? '' : toText(path).replace(/\/?$/u, '/');
    }
    tally.enter(row);
    return true;
  }

  /** Counts the next piece of the directory; false where it has ended. */
  step(): boolean {
    if (this.#directory.nextPiece()) {
      this.#count();
      return true;
    }
    const { row } = this.#current!;
    this.#askAboutDoubts();
    // A large directory is read twice: what it was found to be at first it must still be.
    if (!this.#directory.isComplete)
      this.#context.tally.addProblem(row, undefined, 'read-directory', 'ESTALE');
    this.end();
    return false;
  }

  /** Closes what was opened for the current directory. */
  end(): void {
    if (this.#descriptor >= 0) this.#libc.close(this.#descriptor);
    this.#descriptor = -1;
    this.#current = undefined;
  }

  /** See VolumeRecords. */
  markFound(inode: number): boolean {
    return this.#records.markFound(inode);
  }

  /** A descriptor of the directory that is being read, closed at its end; -1 where it cannot be had. */
  openCurrent(): number {
    if (this.#descriptor < 0 && this.#current) this.#descriptor = this.openDirectory(this.#current.inode);
    return this.#descriptor;
  }

  /** Why `openDirectory` failed last; ESTALE where the inode is gone. */
  failure = '';

  /** Opens a directory by its inode (open_by_handle_at(2)): a descriptor, or -1 (see `failure`). */
  openDirectory(inode: number): number {
    const handle = this.#directory.handle(inode);
    this.failure = 'ESTALE';
    if (!handle) return -1;
    const at = this.#libc.addressOf(handle);
    const descriptor = openHandleQuietly(this.#libc, this.place.mountDescriptor, at, OPEN_DIRECTORY);
    if (descriptor < 0) this.failure = errnoName(this.#libc.errno());
    return descriptor;
  }

  #count(): void {
    const { excluder } = this.#context;
    const { entries } = this.#directory;
    const { words } = this.#records;
    while (entries.advance()) {
      const { inode, type, nameStart, nameEnd } = entries;
      const at = this.#records.find(inode);
      if (at < 0 || (type !== 0 && type !== FILE_TYPES[(words[at] & 0xffff) >>> 12])) {
        this.#doubt(nameStart, nameEnd);
      } else if (!excluder || !this.#isExcluded(nameStart, nameEnd)) this.#add(at, inode, nameStart, nameEnd);
    }
  }

  /** Counts the entry whose record is at `at`. */
  #add(at: number, inode: number, nameStart: number, nameEnd: number): void {
    const { words } = this.#records;
    const { bytes } = this.#directory;
    const mode = words[at] & 0xffff;
    if ((mode & FILE_TYPE.mask) === FILE_TYPE.directory) {
      this.#addDirectory(at, inode, nameStart, nameEnd);
      return;
    }
    const entry = this.#entry;
    fillFromRecord(entry, words, at);
    entry.inodeLow = inode;
    this.#context.tally.addEntry(entry, bytes, nameStart, nameEnd);
  }

  #addDirectory(at: number, inode: number, nameStart: number, nameEnd: number): void {
    const { queue, tally, life } = this.#context;
    const { words } = this.#records;
    const { row: above, inode: aboveInode } = this.#current!;
    if (!this.#records.markFound(inode)) {
      const name = fromBytes(this.#directory.bytes, nameStart, nameEnd);
      tally.addProblem(above, name, 'stat', 'ESTALE');
      return;
    }
    const id = queue.nextDirectory();
    const row = tally.addDirectory(
      id,
      tally.idOf(above),
      this.#root,
      words[at + RECORD.blocks] + words[at + RECORD.blocks + 1] * HIGH_WORD,
      words[at + RECORD.mtime] + (words[at + RECORD.mtime + 1] | 0) * HIGH_WORD,
      words[at + RECORD.uid],
      this.#directory.bytes,
      nameStart,
      nameEnd,
    );
    if (life?.isTop(this.place.device, 0, inode) === true) life.enrol(row, id);
    this.#finding.found({ row, inode, above: aboveInode, reader: this });
  }

  #doubt(nameStart: number, nameEnd: number): void {
    if (!this.#doubts.hasRoom) this.#askAboutDoubts();
    this.#doubts.add(this.#directory.bytes, nameStart, nameEnd);
  }

  /** Has statx look at the entries of which nothing certain is known. */
  #askAboutDoubts(): void {
    if (this.#doubts.isEmpty) return;
    const { row } = this.#current!;
    const descriptor = this.openCurrent();
    if (descriptor >= 0) this.#doubts.settle(descriptor, row, this.place.mountId, this.#root);
    else {
      this.#context.tally.addProblem(row, undefined, 'open-directory', this.failure);
      this.#doubts.drop();
    }
  }

  #isExcluded(nameStart: number, nameEnd: number): boolean {
    const name = toText(fromBytes(this.#directory.bytes, nameStart, nameEnd));
    if (!this.#context.excluder!.excludes(this.#path, name)) return false;
    this.#context.tally.addExcluded();
    return true;
  }
}
