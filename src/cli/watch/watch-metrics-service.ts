/** `diskwhy watch --listen`: what the watch sees, for a Prometheus to scrape. */
import { loadMetrics } from '../../fleet/fleet.ts';
import type { MetricsServer, WatchMetrics } from '../../fleet/fleet.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import { readListenAddress } from './listen-address.ts';
import { readVersion } from '../invocation/version.ts';

/** So many looks without one mean trouble, and at least a minute of them. */
const LATE_LOOKS = 10;
const LATE_SECONDS = 60;

export interface WatchMetricsService extends AsyncDisposable {
  readonly metrics: WatchMetrics;
  readonly server: MetricsServer;
}

/**
 * Throws UsageError where the address cannot be had.
 * @param intervalSeconds between two looks, as it is now.
 * @param before what was counted at another address.
 */
export async function serveWatch(
  listen: string,
  intervalSeconds: () => number,
  before?: WatchMetrics,
): Promise<WatchMetricsService> {
  const address = readListenAddress(listen);
  const { WatchMetrics: Metrics, serveMetrics } = await loadMetrics();
  const metrics = before ?? new Metrics(readVersion());
  const server = await serveMetrics(address, {
    metrics: (dialect) => metrics.text(dialect),
    trouble: () => {
      const { lastAt } = metrics;
      const most = Math.max(LATE_SECONDS, LATE_LOOKS * intervalSeconds());
      const seconds = lastAt === undefined ? 0 : nowSeconds() - lastAt;
      return seconds > most ? `nothing was looked at for ${Math.round(seconds)} s` : undefined;
    },
  });
  return { metrics, server, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}
