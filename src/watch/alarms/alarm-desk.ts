/** Tells alarms, their updates and their end, and what happens to files that grow. */
import { takesNothing } from '../../model/watch-event.ts';
import type { DiskEvent, GrowthEvent, UnexplainedGrowthEvent, WatchEvent } from '../../model/watch-event.ts';
import { parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { FileLook } from '../../system/files/file-look.ts';
import { mostStay } from '../growth/growth.ts';
import type {
  AlarmRules,
  AllGrowth,
  DirectoryGrowth,
  Growth,
  GrowthNow,
  TreeGrowth,
} from '../growth/growth.ts';
import type { GrowthReporter } from './growth-report.ts';

/** What grew within so many seconds is growing. */
const GROWING_SECONDS = 5;
/** A copy that a rotation makes is over sooner. */
const COPY_SECONDS = 10;
/** A rate this close to the limit has met it. */
const TOLERANCE = 0.95;
/**
 * Part of the limit that a file meets beside one that was told, which goes on as an alarm down to as much: of three logs
 * that grow alike near the limit, chance would else tell two.
 */
const BESIDE = 0.5;

export class AlarmDesk {
  readonly #rules: AlarmRules;
  readonly #reporter: GrowthReporter;
  readonly #look: FileLook;
  readonly #emit: (event: WatchEvent) => void;
  #alarms = 0;
  #isActive = false;
  /** Forgotten growths, for the summary. */
  readonly past: ReturnType<GrowthReporter['stateOf']>[] = [];

  /** @param rules read at each review. */
  constructor(
    rules: AlarmRules,
    reporter: GrowthReporter,
    look: FileLook,
    emit: (event: WatchEvent) => void,
  ) {
    this.#rules = rules;
    this.#reporter = reporter;
    this.#look = look;
    this.#emit = emit;
  }

  /** So many were told by processes before this one. */
  restore(alarms: number): void {
    this.#alarms = alarms;
  }

  get alarms(): number {
    return this.#alarms;
  }

  get reporter(): GrowthReporter {
    return this.#reporter;
  }

  /** Something grew lately, or is an alarm. */
  get isActive(): boolean {
    return this.#isActive;
  }

  /** @param from the name before, of one that moved. */
  tell(type: GrowthEvent['type'], growth: Growth, now: number, from?: ByteString): void {
    if (type === 'alarm') this.#alarms++;
    this.#emit({ type, at: now, from, ...this.#reporter.stateOf(growth, now) });
  }

  /** A disk that takes nothing any more is an alarm. */
  tellState(event: DiskEvent): void {
    if (takesNothing(event)) this.#alarms++;
    this.#emit(event);
  }

  tellUnexplained(event: UnexplainedGrowthEvent): void {
    this.#alarms++;
    this.#emit(event);
  }

  /** Goes through what grows. @param ask called when something is about to be an alarm, to find out about it. */
  review(grown: AllGrowth, now: number, ask: () => void): void {
    let isAsking = false;
    const { alarmBytesPerSecond, alarmGrownBytes, updateSeconds } = this.#rules;
    const rules = { alarmBytesPerSecond: alarmBytesPerSecond * TOLERANCE, alarmGrownBytes, updateSeconds };
    const beside = { ...rules, alarmBytesPerSecond: alarmBytesPerSecond * BESIDE };
    const told = directoriesTold(grown);
    const due: { readonly growth: Growth; readonly type: GrowthEvent['type'] }[] = [];
    this.#isActive = false;
    for (const growth of grown.growths()) {
      const quietSeconds = now - growth.rate.roseAt;
      if (!growth.alarm.isAlarm && grown.isCrowded(growth)) continue;
      if (quietSeconds > GROWING_SECONDS && !growth.alarm.isAlarm) continue;
      this.#isActive = true;
      const wasPending = growth.alarm.isPending;
      const isBeside = growth.what === 'file' && !growth.alarm.isAlarm && told.has(parentPath(growth.path));
      const type = growth.alarm.next(
        this.#growthNow(growth, quietSeconds, now),
        isBeside ? beside : rules,
        now,
      );
      if (!wasPending && growth.alarm.isPending) isAsking = true;
      if (type) due.push({ growth, type });
    }
    if (isAsking) ask();
    for (const { growth, type } of due) this.tell(type, growth, now);
  }

  /** What grows now, fastest first. */
  fastest(grown: AllGrowth, now: number): Growth[] {
    return (
      [...grown.growths()]
        .filter((growth) => now - growth.rate.roseAt <= GROWING_SECONDS || growth.alarm.isAlarm)
        .filter(
          (growth) =>
            growth.what === 'file' ||
            growth.alarm.isAlarm ||
            growth.alarm.isPending ||
            (growth.what === 'directory' && growth.isSwarm(now)),
        )
        // One row for what grows together.
        .filter((growth) => !grown.isPartOfAlarm(growth))
        .map((growth) => ({ growth, rate: rateOf(growth, now) }))
        .toSorted((a, b) => b.rate - a.rate)
        .map(({ growth }) => growth)
    );
  }

  forget(growth: Growth): void {
    if (growth.grownBytes > 0 && (growth.what === 'file' || growth.alarm.wasAlarm))
      this.past.push(this.#reporter.stateOf(growth, growth.rate.roseAt));
    this.past.sort((a, b) => b.grownBytes - a.grownBytes);
    this.past.length = Math.min(this.past.length, 100);
  }

  #growthNow(growth: Growth, quietSeconds: number, now: number): GrowthNow {
    const { rate, grownBytes } = growth;
    const filesPerSecond =
      growth.what === 'directory'
        ? rate.filesPerSecond(now)
        : growth.what === 'tree'
          ? growth.filesPerSecond
          : 0;
    const isReal =
      growth.what === 'file' || ((growth.what === 'tree' || growth.isSwarm(now)) && this.#stay(growth));
    const isCopying = growth.isRotationCopy && rate.sinceSeconds(now) < COPY_SECONDS;
    return {
      bytesPerSecond: isReal ? rateOf(growth, now) : 0,
      filesPerSecond: isReal ? filesPerSecond : 0,
      grownBytes: isReal && growth.what !== 'tree' ? grownBytes : 0,
      isSteady: rate.isSteady && !isCopying,
      quietSeconds,
    };
  }

  /** Whether new files stay, or are gone again at once. */
  #stay({ recent }: DirectoryGrowth | TreeGrowth): boolean {
    return mostStay(recent, this.#look);
  }
}

function rateOf(growth: Growth, now: number): number {
  return growth.what === 'tree' ? growth.bytesPerSecond : growth.rate.bytesPerSecond(now);
}

/** Directories of the files that are told now. */
function directoriesTold(grown: AllGrowth): Set<ByteString> {
  const told = new Set<ByteString>();
  for (const { what, alarm, path } of grown.growths())
    if (what === 'file' && alarm.isAlarm) told.add(parentPath(path));
  return told;
}
