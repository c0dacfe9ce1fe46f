/** The loop every scanning thread runs, the main one included: take a job, read below it, give away what others want. */
import { createExcluder } from '../../system/files/exclude.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { loadLibc } from '../../system/calls/libc.ts';
import type { JobQueue } from '../queue/job-queue.ts';
import { Recorder } from '../record/record.ts';
import type { RecordMessage, RecordOptions } from '../record/record.ts';
import { LifeTally, Tally } from '../tally/tally.ts';
import type { LifeOptions, TallyOptions, TallyResult } from '../tally/tally.ts';
import { Bulk, Portable } from '../sources/sources.ts';
import type { Source } from '../sources/sources.ts';
import type { InodeList, Volumes } from '../volumes/volumes.ts';

/** What all threads of a scan are told: plain data, so that it can be sent to workers. */
export interface ThreadOptions {
  readonly source: 'walk' | 'portable';
  readonly tally: TallyOptions;
  /** Undefined where signs of life are not asked for. */
  readonly life: LifeOptions | undefined;
  /** Undefined where no entry is written down. */
  readonly record: RecordOptions | undefined;
  readonly exclude: readonly string[];
  readonly enterMountIds: ReadonlySet<number>;
  readonly leftMountPoints: ReadonlySet<ByteString> | undefined;
  readonly mostDescriptors: number;
  readonly isRemote: boolean;
  /** Filesystems that are read in bulk. */
  readonly volumes: Volumes;
}

/** Numbers every thread keeps up to date for the progress line: two per thread, entries and blocks. */
export const PROGRESS_NUMBERS = 2;

export class ScanThread {
  readonly #queue: JobQueue;
  readonly #source: Source;
  readonly #bulk: Bulk | undefined;
  readonly #tally: Tally;
  readonly #life: LifeTally | undefined;
  readonly #record: Recorder | undefined;
  readonly #progress: Float64Array;
  #hasJob = false;

  /**
   * @param progress this thread's own numbers, in shared memory.
   * @param post takes what is written down.
   */
  constructor(
    queue: JobQueue,
    progress: Float64Array,
    options: ThreadOptions,
    post: (message: RecordMessage) => void,
  ) {
    this.#queue = queue;
    this.#progress = progress;
    this.#tally = new Tally(options.tally);
    this.#life = options.life && new LifeTally(options.life);
    this.#record = options.record && new Recorder(options.record, post, (row) => this.#tally.idOf(row));
    const excluder = createExcluder(options.exclude);
    const keeper = createExcluder(options.life?.keep ?? []);
    const context = {
      ...options,
      lists: new Map<number, InodeList>(),
      queue,
      tally: this.#tally,
      life: this.#life,
      excluder,
      keeper,
      record: this.#record,
    };
    this.#bulk = options.source === 'walk' ? new Bulk(context, loadLibc()!) : undefined;
    this.#source = this.#bulk ?? new Portable(context);
    this.attach(options.volumes);
  }

  /** From now on what is found on these volumes is read in bulk. */
  attach(volumes: Volumes): void {
    this.#bulk?.attach(volumes);
  }

  /** Works until `deadline` (of performance.now), waiting at most `waitMs` for a job; false when the scan is finished. */
  run(deadline: number, waitMs: number): boolean {
    for (;;) {
      if (this.#queue.isStopped()) return false;
      if (!this.#hasJob) {
        // Who has nothing to read lists inodes for those who have.
        if (!this.#queue.isFinished() && this.#bulk?.fillSome() === true) {
          if (performance.now() > deadline) return true;
          continue;
        }
        const job = this.#queue.take(waitMs);
        if (!job) return !this.#queue.isFinished();
        this.#source.begin(job);
        this.#hasJob = true;
      }
      while (this.#source.step()) {
        if (this.#queue.isWanted()) this.#source.shareOldest();
        if (this.#queue.isStopped() || performance.now() > deadline) {
          this.#report();
          return !this.#queue.isStopped();
        }
      }
      this.#hasJob = false;
      this.#record?.end();
      this.#queue.complete();
      this.#report();
    }
  }

  currentPath(): ByteString | undefined {
    return this.#source.currentPath();
  }

  /** Closes everything and hands over what was counted. */
  finish(): TallyResult {
    this.#source.close();
    this.#report();
    const result = this.#tally.result();
    return { ...result, life: this.#life?.result() };
  }

  get tally(): Tally {
    return this.#tally;
  }

  /** Undefined where signs of life are not asked for. */
  get life(): LifeTally | undefined {
    return this.#life;
  }

  #report(): void {
    this.#tally.show();
    this.#progress[0] = this.#tally.entriesSeen;
    this.#progress[1] = this.#tally.blocksSeen;
  }
}
