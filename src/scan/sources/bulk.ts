/**
 * The source for whole filesystems: directories of volumes are read from the block device, without a system call per
 * entry. Whatever is in doubt (written lately, damaged, with mounts in it) is read as Walk reads it.
 */
import type { ByteString } from '../../model/byte-string.ts';
import { descriptorPath } from '../../system/calls/descriptor-path.ts';
import type { Libc } from '../../system/calls/libc.ts';
import { WaitingList } from '../queue/job-queue.ts';
import type { Job } from '../queue/job-queue.ts';
import { InodeList } from '../volumes/volumes.ts';
import type { Volumes } from '../volumes/volumes.ts';
import { listContents } from './listed-directory.ts';
import type { IsTaken, Source, SourceContext } from './source.ts';
import { tableContents } from './volume-directory.ts';
import { VolumeReader } from './volume-reader.ts';
import type { VolumeContents } from './volume-contents.ts';
import type { BulkDirectory } from './volume-reader.ts';
import { Walk } from './walk.ts';

const NO_PATH = '' as ByteString;

export class Bulk implements Source {
  readonly #context: SourceContext;
  readonly #libc: Libc;
  readonly #walk: Walk;
  /** In an order that is the same for all threads. */
  readonly #readers: VolumeReader[] = [];
  readonly #waiting = new WaitingList<BulkDirectory>();
  /** Whether the walk has something to read. */
  #isWalking = false;
  /** What is being read from a volume. */
  #reader: VolumeReader | undefined;
  #root = 0;

  /** Whether a directory that was found is read from a volume; signs of life only the walk notes. */
  readonly #take: IsTaken = (row, mountId, device, inode) => {
    const reader = this.#readers.find(({ place }) => place.mountId === mountId && place.device === device);
    if (!reader || this.#context.life?.isAlive(row) === true) return false;
    // Met before: it was moved, or the filesystem is damaged. It is counted where it was met first.
    if (reader.markFound(inode)) this.#waiting.push({ row, inode, above: 0, reader });
    else this.#context.tally.addProblem(row, undefined, 'open-directory', 'ESTALE');
    return true;
  };

  constructor(context: SourceContext, libc: Libc) {
    this.#context = context;
    this.#libc = libc;
    this.#walk = new Walk(context, libc, this.#take);
  }

  /** From now on what is found on these volumes is read from them. */
  attach({ volumes, lists }: Volumes): void {
    const found = (directory: BulkDirectory): void => this.#waiting.push(directory);
    const finding = { found, take: this.#take };
    const read = (contents: VolumeContents): void => {
      const reader = new VolumeReader(this.#context, this.#libc, contents, this.#readers.length, finding);
      this.#readers.push(reader);
    };
    for (const volume of volumes) read(tableContents(this.#libc, volume));
    for (const volume of lists) {
      const list = new InodeList(this.#libc, volume);
      this.#context.lists.add(list);
      const contents = listContents(this.#libc, list);
      if (contents) read(contents);
    }
  }

  /** Lists some more inodes, for which no job is needed; false where all are listed, or others are at it. */
  fillSome(): boolean {
    return this.#context.lists.fillSome();
  }

  begin(job: Job): void {
    this.#root = job.root;
    const reader = this.#readers.at(job.volume);
    if (!reader || job.volume < 0) {
      this.#beginWalk(job);
      return;
    }
    const { tally, life } = this.#context;
    const row = tally.addRow(job.directory, 0, job.root);
    tally.setOwnerNode(row, job.ownerNode);
    if (job.isAlive) life?.enrol(row, job.directory);
    this.#waiting.push({ row, inode: job.inode, above: 0, reader });
  }

  step(): boolean {
    if (this.fillSome()) return true;
    if (this.#isWalking) {
      if (this.#walk.step()) return true;
      this.#isWalking = false;
    }
    if (this.#reader) {
      if (!this.#reader.step()) this.#reader = undefined;
      return true;
    }
    const next = this.#waiting.takeNewest();
    if (!next) return false;
    if (next.reader.begin(next, this.#root)) this.#reader = next.reader;
    else this.#askKernel(next);
    return true;
  }

  shareOldest(): boolean {
    const oldest = this.#waiting.oldestToGive();
    if (!oldest) return this.#isWalking && this.#walk.shareOldest();
    const given = this.#context.queue.push(this.#jobOf(oldest, oldest.reader.number, -1));
    if (given) this.#waiting.dropOldest();
    return given;
  }

  currentPath(): ByteString | undefined {
    const descriptor = this.#reader?.openCurrent() ?? -1;
    return descriptor < 0 ? this.#walk.currentPath() : descriptorPath(descriptor);
  }

  close(): void {
    this.#reader?.end();
    this.#reader = undefined;
    this.#walk.close();
  }

  #beginWalk(job: Job): void {
    this.#isWalking = true;
    this.#walk.begin(job);
  }

  /** Opens a directory by its inode and walks it: its own directories come back to the volumes. */
  #askKernel(directory: BulkDirectory): void {
    const { row, inode, reader } = directory;
    const descriptor = reader.openDirectory(inode);
    if (descriptor < 0) {
      this.#context.tally.addProblem(row, undefined, 'open-directory', reader.failure);
      return;
    }
    this.#beginWalk(this.#jobOf(directory, -1, descriptor));
  }

  /** @param volume -1 where the kernel opened it, and then its descriptor. */
  #jobOf({ row, reader, inode }: BulkDirectory, volume: number, descriptor: number): Job {
    const { tally, life } = this.#context;
    return {
      kind: 'directory',
      directory: tally.idOf(row),
      root: this.#root,
      mountId: reader.place.mountId,
      ownerNode: tally.ownerNodeOf(row),
      isAlive: life?.isAlive(row) ?? false,
      volume,
      inode,
      descriptor,
      path: NO_PATH,
      slot: -1,
      length: 0,
    };
  }
}
