/** Tells whoever keeps it what has become different since the last time: inodes, series, what was told. */
import type { FileId } from '../../model/file-id.ts';
import type {
  KeptChange,
  KeptGrowth,
  KeptInode,
  KeptSeries,
  KeptSize,
  KeptTold,
} from '../../model/kept-growth.ts';
import type { AllGrowth } from './all-growth.ts';
import type { GrowthBook } from './growth-book.ts';
import type { Entry } from './entry.ts';

/** Each inode that grows is told so often that a second has this many of them. */
const MOST_PER_SECOND = 2000;
/** Without any change, that time goes on is told so often. */
const IDLE_SECONDS = 60;

export class GrowthKeeper {
  readonly #book: GrowthBook;
  readonly #growth: AllGrowth;
  readonly #keep: (change: KeptChange) => void;
  readonly #inodes: Map<FileId, KeptInode>;
  readonly #series: Map<number, KeptSeries>;
  #told = '';
  #since = -Infinity;

  /** @param before what is kept already. */
  constructor(
    book: GrowthBook,
    growth: AllGrowth,
    before: KeptGrowth | undefined,
    keep: (change: KeptChange) => void,
  ) {
    this.#book = book;
    this.#growth = growth;
    this.#keep = keep;
    this.#inodes = new Map(before?.inodes);
    this.#series = new Map(before?.series);
  }

  /** What files held when the watch began. */
  begin(since: number, sizes: readonly KeptSize[]): void {
    this.#since = since;
    this.#keep({ since, sizes });
  }

  /** @param since see KeptChange. @param told undefined while not all that was said has been heard: then it counts as not said. */
  update(since: number, told: KeptTold | undefined): void {
    const inodes = this.#changedInodes();
    const left = this.#left();
    const { series, ended } = this.#changedSeries(told !== undefined);
    const toldNow = told && JSON.stringify(told);
    const isTold = toldNow !== undefined && toldNow !== this.#told;
    const isSame = inodes.length + left.length + series.length + ended.length === 0 && !isTold;
    if (isSame && since - this.#since < IDLE_SECONDS) return;
    this.#since = since;
    if (isTold) this.#told = toldNow;
    this.#keep({
      since,
      ...(inodes.length > 0 && { inodes }),
      ...(left.length > 0 && { left }),
      ...(series.length > 0 && { series }),
      ...(ended.length > 0 && { ended }),
      ...(told && isTold && { told }),
    });
  }

  #changedInodes(): KeptInode[] {
    const changed: KeptInode[] = [];
    const pauseSeconds = this.#inodes.size / MOST_PER_SECOND;
    for (const entry of this.#book.register.entries()) {
      const { meter } = entry;
      const before = this.#inodes.get(meter.id);
      if (before && isSameBut(entry, before) && meter.lookedAt - before.lookedAt < pauseSeconds) continue;
      if (before && isSameBut(entry, before) && !hasGrown(entry, before)) continue;
      const now = { ...meter.kept(), series: seriesOf(entry) };
      this.#inodes.set(meter.id, now);
      changed.push(now);
    }
    return changed;
  }

  #left(): FileId[] {
    const left = [...this.#inodes.keys()].filter((id) => !this.#book.register.entryOf(id));
    for (const id of left) this.#inodes.delete(id);
    return left;
  }

  #changedSeries(isTold: boolean): Required<Pick<KeptChange, 'series' | 'ended'>> {
    const series: KeptSeries[] = [];
    const there = new Set<number>();
    for (const growth of this.#growth.growths()) {
      if (growth.what === 'tree' && !growth.alarm.isAlarm) continue;
      there.add(growth.number);
      const before = this.#series.get(growth.number);
      const kept = growth.kept();
      const now = isTold ? kept : { ...kept, alarm: before?.alarm };
      if (before && isSameSeries(before, now)) continue;
      this.#series.set(now.number, now);
      series.push(now);
    }
    const ended = [...this.#series.keys()].filter((number) => !there.has(number));
    for (const number of ended) this.#series.delete(number);
    return { series, ended };
  }
}

function isSameSeries(before: KeptSeries, now: KeptSeries): boolean {
  return (
    before.bytes === now.bytes &&
    before.files === now.files &&
    before.path === now.path &&
    before.last?.lookedAt === now.last?.lookedAt &&
    before.alarm?.isAlarm === now.alarm?.isAlarm &&
    before.alarm?.grownTold === now.alarm?.grownTold
  );
}

function seriesOf({ growth, directory }: Entry): number | undefined {
  return (growth ?? directory)?.number;
}

/** The same but for what was written to it. */
function isSameBut(entry: Entry, before: KeptInode): boolean {
  const { path, descriptorPath, bornAt } = entry.meter;
  return (
    path === before.path &&
    descriptorPath === before.descriptorPath &&
    bornAt === before.bornAt &&
    seriesOf(entry) === before.series
  );
}

function hasGrown({ meter }: Entry, before: KeptInode): boolean {
  return (
    meter.diskBytes !== before.diskBytes ||
    meter.apparentBytes !== before.apparentBytes ||
    meter.writtenBytes !== before.written + before.writtenBefore
  );
}
