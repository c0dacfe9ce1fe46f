/** The door of the metrics: a report, and how fast disks fill, as Prometheus takes them; once, or served again and again. */
import type { ByteString } from '../../model/byte-string.ts';
import type { ExplainReport } from '../../model/explain-report.ts';
import { exposition } from './exposition.ts';
import type { Dialect, Exposition, Sample } from './exposition.ts';
import { FillMeter } from './fill-meter.ts';
import { recordedSamples, reportSamples } from './report-samples.ts';

export { WatchMetrics } from './watch-metrics.ts';
export { serveMetrics } from './server.ts';
export type { ListenAddress, MetricsServer } from './server.ts';
export type { Exposition } from './exposition.ts';

/** A tree that was written down, as metrics. @param writtenAt seconds since 1970, where the file says. */
export async function recordedMetrics(
  version: string,
  report: ExplainReport,
  writtenAt: number | undefined,
): Promise<string> {
  const { text } = await exposition(
    [buildSample(version), ...recordedSamples(report, writtenAt)],
    'openmetrics',
  );
  return text;
}

/** All that is known of the machine so far. */
export class MachineMetrics {
  readonly #version: string;
  readonly #pathLabels: number;
  readonly #paths: readonly ByteString[];
  readonly #meter = new FillMeter();
  #ofReport: readonly Sample[] = [];
  #scans: { readonly done: number; readonly failed: number } | undefined;

  /** @param pathLabels how many of the largest findings are told with their paths. */
  constructor(version: string, paths: readonly ByteString[], pathLabels: number) {
    this.#version = version;
    this.#paths = paths;
    this.#pathLabels = pathLabels;
    this.look();
  }

  /** Looks how full the disks are; how fast they fill is known from the second look on, some seconds later. */
  look(): void {
    this.#meter.look(this.#paths);
  }

  /** @param counts of scans so far, where they are counted. */
  setReport(
    report: ExplainReport | undefined,
    counts?: { readonly done: number; readonly failed: number },
  ): void {
    if (report) this.#ofReport = reportSamples(report, this.#pathLabels);
    this.#scans = counts;
  }

  text(dialect: Dialect): Promise<Exposition> {
    const counts: Sample[] = this.#scans
      ? [
          { metric: 'diskwhy_scans_total', labels: {}, value: this.#scans.done },
          { metric: 'diskwhy_scan_failures_total', labels: {}, value: this.#scans.failed },
        ]
      : [];
    return exposition(
      [buildSample(this.#version), ...this.#meter.samples(), ...this.#ofReport, ...counts],
      dialect,
    );
  }
}

function buildSample(version: string): Sample {
  return { metric: 'diskwhy_build_info', labels: { version }, value: 1 };
}
