/**
 * The source for whole filesystems: directories of volumes are read from the block device, without a system call per
 * entry. Whatever is in doubt (written lately, damaged, with mounts in it) is read as Walk reads it.
 */
import type { ByteString } from '../../model/byte-string.ts';
import { descriptorPath } from '../../system/calls/descriptor-path.ts';
import { errnoName } from '../../system/calls/errno.ts';
import type { Libc } from '../../system/calls/libc.ts';
import type { Statx } from '../../system/calls/statx.ts';
import { WaitingList } from '../queue/job-queue.ts';
import type { Job } from '../queue/job-queue.ts';
import { InodeList } from '../volumes/volumes.ts';
import type { Volumes } from '../volumes/volumes.ts';
import type { Source, SourceContext } from './source.ts';
import { VolumeReader } from './volume-reader.ts';
import type { BulkDirectory } from './volume-reader.ts';
import { Walk } from './walk.ts';

const NO_PATH = '' as ByteString;

export class Bulk implements Source {
  readonly #context: SourceContext;
  readonly #libc: Libc;
  readonly #walk: Walk;
  /** By the mount they are seen through. */
  readonly #readers = new Map<number, VolumeReader>();
  readonly #lists: InodeList[] = [];
  readonly #waiting = new WaitingList<BulkDirectory>();
  /** Whether the walk has something to read. */
  #isWalking = false;
  /** What is being read from a volume. */
  #reader: VolumeReader | undefined;
  #root = 0;

  constructor(context: SourceContext, libc: Libc) {
    this.#context = context;
    this.#libc = libc;
    this.#walk = new Walk(context, libc, (row, mountId, stat) => this.#take(row, mountId, stat));
  }

  /** From now on what is found on these volumes is read from them. */
  attach({ volumes, lists }: Volumes): void {
    const found = (directory: BulkDirectory): void => this.#waiting.push(directory);
    const take = (row: number, mountId: number, stat: Statx): boolean => this.#take(row, mountId, stat);
    for (const volume of volumes) {
      this.#readers.set(volume.mountId, new VolumeReader(this.#context, this.#libc, volume, { found, take }));
    }
    for (const volume of lists) {
      const list = new InodeList(this.#libc, volume);
      this.#context.lists.set(volume.mountId, list);
      this.#lists.push(list);
    }
  }

  /** Lists some more inodes, for which no job is needed; false where all are listed, or others are at it. */
  fillSome(): boolean {
    return this.#lists.some((list) => list.fillSome());
  }

  begin(job: Job): void {
    this.#root = job.root;
    const reader = job.inode === 0 ? undefined : this.#readers.get(job.mountId);
    if (!reader) {
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
    const given = this.#context.queue.push(this.#jobOf(oldest, oldest.inode, -1));
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

  /** Whether a directory that was looked at by statx is read from a volume; signs of life only the walk notes. */
  #take(row: number, mountId: number, stat: Statx): boolean {
    const reader = this.#readers.get(mountId);
    if (!reader || this.#context.life?.isAlive(row) === true) return false;
    const inode = stat.inodeLow;
    // Met before: it was moved, or the filesystem is damaged. It is counted where it was met first.
    if (reader.markFound(inode)) this.#waiting.push({ row, inode, above: 0, reader });
    else this.#context.tally.addProblem(row, undefined, 'open-directory', 'ESTALE');
    return true;
  }

  /** Opens a directory by its inode and walks it: its own directories come back to the volumes. */
  #askKernel(directory: BulkDirectory): void {
    const { row, inode, reader } = directory;
    const descriptor = reader.openDirectory(inode);
    if (descriptor < 0) {
      this.#context.tally.addProblem(row, undefined, 'open-directory', errnoName(this.#libc.errno()));
      return;
    }
    this.#beginWalk(this.#jobOf(directory, 0, descriptor));
  }

  /** @param inode 0 where the kernel opened it, and then its descriptor; -1 where it did not. */
  #jobOf({ row, reader }: BulkDirectory, inode: number, descriptor: number): Job {
    const { tally, life } = this.#context;
    return {
      kind: 'directory',
      directory: tally.idOf(row),
      root: this.#root,
      mountId: reader.volume.mountId,
      ownerNode: tally.ownerNodeOf(row),
      isAlive: life?.isAlive(row) ?? false,
      inode,
      descriptor,
      path: NO_PATH,
      slot: -1,
      length: 0,
    };
  }
}
