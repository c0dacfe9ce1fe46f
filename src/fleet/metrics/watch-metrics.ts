/** What a watch sees, as Prometheus takes it: how fast disks fill, what alarms there are and were. */
import { toText } from '../../model/byte-string.ts';
import type { WatchEvent, WatchFrame } from '../../model/watch-event.ts';
import { exposition } from './exposition.ts';
import type { Dialect, Exposition, Sample } from './exposition.ts';

export class WatchMetrics {
  readonly #version: string;
  /** By verdict: there are five, and what has no log. */
  readonly #alarms = new Map<string, number>();
  #frame: WatchFrame | undefined;

  constructor(version: string) {
    this.#version = version;
  }

  onEvent(event: WatchEvent): void {
    if (event.type === 'alarm') this.#count(event.judgement.verdict);
    if (event.type === 'unexplained-growth') this.#count('unexplained');
  }

  onFrame(frame: WatchFrame): void {
    this.#frame = frame;
  }

  /** Seconds since 1970 of the last look; undefined before the first. */
  get lastAt(): number | undefined {
    return this.#frame?.at;
  }

  text(dialect: Dialect): Promise<Exposition> {
    return exposition(
      [
        { metric: 'diskwhy_build_info', labels: { version: this.#version }, value: 1 },
        ...(this.#frame ? frameSamples(this.#frame) : []),
        ...Array.from(this.#alarms, ([verdict, value]): Sample => {
          return { metric: 'diskwhy_watch_alarms_total', labels: { verdict }, value };
        }),
      ],
      dialect,
    );
  }

  #count(verdict: string): void {
    this.#alarms.set(verdict, (this.#alarms.get(verdict) ?? 0) + 1);
  }
}

function frameSamples({ at, filesystems, growing }: WatchFrame): Sample[] {
  const alarms = Map.groupBy(
    growing.filter(({ isAlarm }) => isAlarm),
    ({ judgement }) => judgement.verdict,
  );
  return [
    ...filesystems.flatMap(
      ({ mountPoint, fillingBytesPerSecond, fullInSeconds, inodesFullInSeconds }): Sample[] => {
        const labels = { mountpoint: toText(mountPoint) };
        return [
          { metric: 'diskwhy_fill_bytes_per_second', labels, value: fillingBytesPerSecond },
          { metric: 'diskwhy_fill_seconds', labels, value: fullInSeconds?.soonest ?? Infinity },
          { metric: 'diskwhy_inodes_fill_seconds', labels, value: inodesFullInSeconds ?? Infinity },
        ];
      },
    ),
    ...[...alarms].flatMap(([verdict, own]): Sample[] => [
      { metric: 'diskwhy_watch_alarms', labels: { verdict }, value: own.length },
      {
        metric: 'diskwhy_watch_alarm_bytes_per_second',
        labels: { verdict },
        value: own.reduce((sum, { bytesPerSecond }) => sum + bytesPerSecond, 0),
      },
    ]),
    { metric: 'diskwhy_watch_timestamp_seconds', labels: {}, value: at },
  ];
}
