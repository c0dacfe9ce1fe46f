/** Tells when a filesystem becomes full, nearly full, or has room again: also what it is when the watch begins. */
import type { DiskState, DiskStateEvent, FilesystemOutlook } from '../../model/watch-event.ts';
import type { WatchedFilesystem } from '../ground/ground.ts';
import type { Growth } from '../growth/growth.ts';
import { deviceOf } from '../../model/file-id.ts';
import type { KeptTold } from '../../model/kept-growth.ts';
import type { GrowthReporter } from './growth-report.ts';
import { QuotaStates } from './quota-states.ts';

/** What grew so lately may have filled it. */
const LATELY_SECONDS = 60;
const MOST_NAMED = 3;
/** Always full, by nature: nobody can write to them. */
const IMAGES = /^(?:squashfs|iso9660|udf|erofs|cramfs|romfs)$/u;

export class DiskStates {
  readonly #quotas = new QuotaStates();
  readonly #levels = new Map<number, DiskState['level']>();

  /** For the process after this one. */
  told(): Pick<KeptTold, 'disks' | 'quotas'> {
    return { disks: [...this.#levels], quotas: this.#quotas.told() };
  }

  /** As it was told by a process before this one. */
  restore({ disks, quotas }: Pick<KeptTold, 'disks' | 'quotas'>): void {
    for (const [device, level] of disks) this.#levels.set(device, level);
    this.#quotas.restore(quotas);
  }

  /** What has changed since the last call; at the first, what is not as it should be. */
  changes(
    filesystems: readonly WatchedFilesystem[],
    outlookOf: (filesystem: WatchedFilesystem) => FilesystemOutlook,
    filledBy: (filesystem: WatchedFilesystem) => DiskStateEvent['filledBy'],
    now: number,
  ): DiskStateEvent[] {
    const events: DiskStateEvent[] = [];
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
