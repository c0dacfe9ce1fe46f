/** The whole watch at one moment: a frame for a live screen, and the summary at the end. */
import { isInside } from '../../model/byte-string.ts';
import type { GrowthState, SummaryEvent, WatchFrame } from '../../model/watch-event.ts';
import type { AlarmDesk } from './alarm-desk.ts';
import type { FilesystemWatch } from './filesystem-watch.ts';
import type { AllGrowth, Growth } from '../growth/growth.ts';

export interface OverviewParts {
  readonly alarms: AlarmDesk;
  readonly all: AllGrowth;
  readonly filesystems: FilesystemWatch;
  readonly startedAt: number;
  readonly now: number;
  /** Rows. */
  readonly top: number;
  readonly directories: number;
  readonly watched: number;
}

/** A directory counts as growing in the summary from so many new files on. */
const FEWEST_FILES = 20;

export function frameOf(parts: OverviewParts): WatchFrame {
  const { alarms, all, filesystems, now } = parts;
  const growths = [...all.growths()];
  return {
    at: now,
    seconds: now - parts.startedAt,
    growing: alarms
      .fastest(all, now)
      .slice(0, parts.top)
      .map((growth) => ({ ...alarms.reporter.stateOf(growth, now), isAlarm: growth.alarm.isAlarm })),
    filesystems: filesystems.filesystems.map(({ mount }) => filesystems.outlook.outlookOf(mount)),
    directories: parts.directories,
    watched: parts.watched,
    files: growths.filter(({ what }) => what === 'file').length,
    grownBytes: filesystems.grownBytes,
    explainedBytes: filesystems.explainedBytes,
  };
}

/** Whether it was told as part of a tree that is still again: what grew by more than all of it is no part of it. */
export function isToldBelow(
  { path, grownBytes, alarm }: Pick<Growth, 'path' | 'grownBytes' | 'alarm'>,
  past: readonly Pick<GrowthState, 'path' | 'what' | 'grownBytes'>[],
): boolean {
  return (
    !alarm.wasAlarm &&
    past.some((one) => one.what === 'tree' && isInside(path, one.path) && grownBytes <= one.grownBytes)
  );
}

export function summaryOf({ alarms, all, filesystems, startedAt, now, top }: OverviewParts): SummaryEvent {
  // Only those that are told: finding out about one takes time.
  const grown: GrowthState[] = [...all.growths()]
    .filter((growth) => growth.grownBytes > 0)
    .filter(
      (growth) =>
        growth.what === 'file' ||
        growth.alarm.isAlarm ||
        (growth.what === 'directory' && growth.files >= FEWEST_FILES),
    )
    .filter((growth) => !all.isPartOfAlarm(growth) && !isToldBelow(growth, alarms.past))
    .toSorted((a, b) => b.grownBytes - a.grownBytes)
    .slice(0, top)
    .map((growth) => alarms.reporter.stateOf(growth, now));
  return {
    type: 'summary',
    at: now,
    alarms: alarms.alarms,
    seconds: now - startedAt,
    grownBytes: filesystems.grownBytes,
    explainedBytes: filesystems.explainedBytes,
    top: [...grown, ...alarms.past].toSorted((a, b) => b.grownBytes - a.grownBytes).slice(0, top),
  };
}
