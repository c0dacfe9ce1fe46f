/** The watched filesystems as wholes: how full, how fast they fill, and whether what grows has been found. */
import type { DiskEvent, GrowthClue, UnexplainedGrowthEvent } from '../../model/watch-event.ts';
import type { KeptTold } from '../../model/kept-growth.ts';
import { readUsage } from '../../system/filesystems/filesystems.ts';
import type { EventSources, Sweeper } from '../events/events.ts';
import { FilesystemGrowth } from '../growth/growth.ts';
import type { AlarmRules, AllGrowth, GrowthBook, HeldGrowth, Unexplained } from '../growth/growth.ts';
import type { Ground, Outlook, WatchedFilesystem } from '../ground/ground.ts';
import type { FileLook } from '../../system/files/file-look.ts';
import { DiskStates, lateFillers } from './disk-states.ts';
import type { GrowthReporter } from './growth-report.ts';

/** Between looks at how full they are. */
const SAMPLE_SECONDS = 0.45;
/** A search that found nothing is not begun again for so long. */
const SEARCH_AGAIN_SECONDS = 300;
/** The longest hurried search; it also ends when every directory was looked at. */
const SEARCH_SECONDS = 180;
/** A hurry lasts so long after the last suspicion. */
const HURRY_SECONDS = 10;
/** Growth that is no alarm yet is reason enough to look. */
const SUSPICIOUS_SHARE = 0.5;
/** Told again after so long, while it lasts. */
const TELL_AGAIN_SECONDS = 60;

interface Observed {
  readonly filesystem: WatchedFilesystem;
  readonly growth: FilesystemGrowth;
  searchedAt: number;
  /** Where the sweep was in its rotations when the search began. */
  searchedFrom: number;
  toldAt: number;
}

export interface FilesystemWatchParts {
  readonly ground: Ground;
  readonly look: FileLook;
  readonly outlook: Outlook;
  readonly book: GrowthBook;
  readonly held: HeldGrowth;
  readonly sweeper: Sweeper;
  readonly sources: EventSources;
  /** Read at each review. */
  readonly rules: Pick<AlarmRules, 'alarmBytesPerSecond'>;
}

export class FilesystemWatch {
  readonly #parts: FilesystemWatchParts;
  readonly #observed: readonly Observed[];
  readonly #states = new DiskStates();
  #sampledAt = -Infinity;

  constructor(parts: FilesystemWatchParts) {
    this.#parts = parts;
    this.#observed = parts.ground.filesystems.map((filesystem) => ({
      filesystem,
      growth: new FilesystemGrowth(),
      searchedAt: -Infinity,
      searchedFrom: 0,
      toldAt: -Infinity,
    }));
  }

  get filesystems(): readonly WatchedFilesystem[] {
    return this.#parts.ground.filesystems;
  }

  get outlook(): Outlook {
    return this.#parts.outlook;
  }

  get grownBytes(): number {
    return this.#observed.reduce((sum, { growth }) => sum + growth.grownBytes, 0);
  }

  get explainedBytes(): number {
    return this.#observed.reduce((sum, { growth }) => sum + growth.explainedBytes, 0);
  }

  /** Whether it is time to look again how full they are. */
  isDue(now: number): boolean {
    return now - this.#sampledAt >= SAMPLE_SECONDS;
  }

  /** What became full or was stopped, or is so no more, since the last call. */
  states(grown: AllGrowth, reporter: GrowthReporter, now: number): DiskEvent[] {
    return this.#states.changes(
      this.filesystems,
      ({ mount }) => this.outlook.outlookOf(mount),
      (filesystem) => lateFillers(grown.growths(), filesystem, reporter, now),
      now,
    );
  }

  /** What was told, for the process after this one. */
  told(): Omit<KeptTold, 'alarms'> {
    const unexplained = this.#observed.filter(({ toldAt }) => toldAt > 0);
    return {
      ...this.#states.told(),
      unexplained: unexplained.map(({ filesystem, toldAt }) => [filesystem.device, toldAt] as const),
    };
  }

  /** As a process before this one told it. */
  restore(told: KeptTold): void {
    this.#states.restore(told);
    const unexplained = new Map(told.unexplained);
    for (const observed of this.#observed)
      observed.toldAt = unexplained.get(observed.filesystem.device) ?? -Infinity;
  }

  /** statfs on all of them. */
  sample(now: number): void {
    this.#sampledAt = now;
    for (const { filesystem, growth } of this.#observed) {
      const { device, mount, path } = filesystem;
      try {
        // Unmounted, its path leads to another filesystem.
        const look = this.#parts.look.entry(path);
        if (!look || this.#parts.ground.filesystemOf(look.id) !== filesystem) continue;
        const usage = readUsage(path);
        growth.sample(usage, this.#parts.book.register.takenBytes(device), now);
        this.outlook.sample(mount, usage, now);
      } catch {
        // Gone or closed: said by those who watch the paths.
      }
    }
  }

  /** Looks harder where something grows unseen, and tells where that found nothing. */
  review(now: number): UnexplainedGrowthEvent[] {
    const events: UnexplainedGrowthEvent[] = [];
    const limit = this.#parts.rules.alarmBytesPerSecond;
    for (const observed of this.#observed) {
      if (!observed.growth.isSuspicious(limit * SUSPICIOUS_SHARE)) continue;
      this.#search(observed, now);
      const unexplained = observed.growth.unexplained(limit);
      if (!unexplained || now - observed.toldAt < TELL_AGAIN_SECONDS) continue;
      observed.toldAt = now;
      events.push(this.#event(observed, unexplained, now));
    }
    return events;
  }

  #search(observed: Observed, now: number): void {
    const { filesystem } = observed;
    if (now - observed.searchedAt > SEARCH_AGAIN_SECONDS) {
      observed.searchedAt = now;
      observed.searchedFrom = this.#parts.sweeper.rotations;
      this.#parts.sources.outside.reset();
    }
    if (this.#isSearching(observed, now)) this.#parts.sweeper.hurry(now + HURRY_SECONDS);
    this.#parts.sources.outside.sample(now);
    for (const { id, path, link } of this.#parts.held.grown(filesystem.device, now)) {
      if (!this.#parts.ground.holds(path, id)) this.#parts.sources.outside.touch(id, path);
      else if (link === undefined) this.#parts.book.touch(path);
      else this.#parts.book.adopt(link, path, now);
    }
  }

  /** Whether directories are still to be looked at that may hold what grows. */
  #isSearching({ searchedAt, searchedFrom }: Observed, now: number): boolean {
    return (
      !this.#parts.sources.seesEverything &&
      now - searchedAt <= SEARCH_SECONDS &&
      this.#parts.sweeper.rotations - searchedFrom <= 1
    );
  }

  #event(
    observed: Observed,
    { grownBytes, explainedBytes, bytesPerSecond }: Unexplained,
    now: number,
  ): UnexplainedGrowthEvent {
    const { filesystem } = observed;
    return {
      type: 'unexplained-growth',
      at: now,
      filesystem: this.outlook.outlookOf(filesystem.mount),
      grownBytes,
      explainedBytes,
      bytesPerSecond,
      clues: [
        ...(this.#isSearching(observed, now) ? [{ kind: 'still-searching' } as const] : []),
        ...this.#clues(filesystem, now),
      ],
    };
  }

  #clues({ device, mount, path }: WatchedFilesystem, now: number): GrowthClue[] {
    const outside = this.#parts.sources.outside.fastest(device, now);
    const processes = this.#parts.held.hiddenProcesses(now);
    return [
      ...outside.map((file) => ({ kind: 'outside-file', ...file }) as const),
      ...(outside.length === 0 && path !== mount.mountPoint
        ? [{ kind: 'elsewhere', watched: path } as const]
        : []),
      ...(processes > 0 ? [{ kind: 'hidden-processes', processes } as const] : []),
    ];
  }
}
