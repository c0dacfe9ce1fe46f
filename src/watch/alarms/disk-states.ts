/** Tells what becomes of filesystems as wholes: full, out of room below, stopped; also what they are when the watch begins. */
import type { DiskEvent, DiskState, DiskStateEvent, FilesystemOutlook } from '../../model/watch-event.ts';
import type { WatchedFilesystem } from '../ground/ground.ts';
import type { Growth } from '../growth/growth.ts';
import { deviceOf } from '../../model/file-id.ts';
import type { KeptTold } from '../../model/kept-growth.ts';
import type { GrowthReporter } from './growth-report.ts';
import { PoolStates } from './pool-states.ts';
import { QuotaStates } from './quota-states.ts';
import { StopStates } from './stop-states.ts';

/** What grew so lately may have filled it. */
const LATELY_SECONDS = 60;
const MOST_NAMED = 3;
/** Always full, by nature: nobody can write to them. */
const IMAGES = /^(?:squashfs|iso9660|udf|erofs|cramfs|romfs)$/u;

export class DiskStates {
  readonly #quotas = new QuotaStates();
  readonly #pools = new PoolStates();
  readonly #stops = new StopStates();
  readonly #levels = new Map<number, DiskState['level']>();

  /** For the process after this one. */
  told(): Omit<KeptTold, 'alarms' | 'unexplained'> {
    return {
      disks: [...this.#levels],
      quotas: this.#quotas.told(),
      pools: this.#pools.told(),
      stops: this.#stops.told(),
    };
  }

  /** As it was told by a process before this one. */
  restore({ disks, quotas, pools, stops }: Omit<KeptTold, 'alarms' | 'unexplained'>): void {
    for (const [device, level] of disks) this.#levels.set(device, level);
    this.#quotas.restore(quotas);
    this.#pools.restore(pools);
    this.#stops.restore(stops);
  }

  /** What has changed since the last call; at the first, what is not as it should be. */
  changes(
    filesystems: readonly WatchedFilesystem[],
    outlookOf: (filesystem: WatchedFilesystem) => FilesystemOutlook,
    filledBy: (filesystem: WatchedFilesystem) => DiskStateEvent['filledBy'],
    now: number,
  ): DiskEvent[] {
    const events: DiskEvent[] = [
      ...this.#stops.changes(filesystems, now).map(({ filesystem, stop, atStart }) => ({
        type: stop ? ('read-only' as const) : ('writable' as const),
        at: now,
        filesystem: outlookOf(filesystem),
        atStart,
        isShutDown: stop === 'shut-down',
      })),
      ...this.#pools.changes(filesystems, now).map(({ filesystem, pool, level, atStart }) => ({
        type: level === 'ok' ? ('pool-freed' as const) : (`pool-${level}` as const),
        at: now,
        filesystem: outlookOf(filesystem),
        atStart,
        pool,
      })),
    ];
    for (const filesystem of filesystems) {
      const { device, mount } = filesystem;
      if (IMAGES.test(mount.type) || mount.options.includes('ro')) continue;
      const outlook = outlookOf(filesystem);
      const before = this.#levels.get(device);
      const { level } = outlook.state;
      this.#levels.set(device, level);
      for (const change of this.#quotas.changes(filesystem, now))
        events.push({
          type: change.level === 'ok' ? 'freed' : change.level,
          at: now,
          filesystem: outlook,
          atStart: change.atStart,
          quota: change.limit,
          filledBy: change.level === 'ok' ? [] : filledBy(filesystem),
        });
      if (level === (before ?? 'ok')) continue;
      events.push({
        type: level === 'ok' ? 'freed' : level,
        at: now,
        filesystem: outlook,
        atStart: before === undefined,
        quota: undefined,
        filledBy: level === 'ok' ? [] : filledBy(filesystem),
      });
    }
    return events;
  }
}

/** The growths that took most of it lately. */
export function lateFillers(
  growths: Iterable<Growth>,
  { device }: WatchedFilesystem,
  reporter: GrowthReporter,
  now: number,
): DiskStateEvent['filledBy'] {
  return [...growths]
    .filter((growth) => deviceOf(growth.id) === device && growth.grownBytes > 0)
    .filter((growth) => now - growth.rate.roseAt < LATELY_SECONDS)
    .filter((growth) => growth.what !== 'tree' || growth.alarm.isAlarm)
    .toSorted((a, b) => b.grownBytes - a.grownBytes)
    .slice(0, MOST_NAMED)
    .map((growth) => reporter.stateOf(growth, now, true));
}
