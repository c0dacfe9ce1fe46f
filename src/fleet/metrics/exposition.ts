/** Samples as text that Prometheus reads; the only file that knows prom-client. */
import { Counter, Gauge, Registry } from 'prom-client';
import type { RegistryContentType } from 'prom-client';
import { metricTable } from '../../render/words/metrics.ts';
import type { MetricName } from '../../render/words/metrics.ts';

/** One value of a metric. */
export interface Sample {
  readonly metric: MetricName;
  /** As the metric's row names them; {} where it has none. */
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * `openmetrics` (openmetrics.io, with its `# EOF`) or `prometheus` (text format 0.0.4). They differ in counters; where
 * there is none, the first is also the second.
 */
export type Dialect = 'openmetrics' | 'prometheus';

export interface Exposition {
  readonly contentType: string;
  readonly text: string;
}

/** In the order of the table of metrics; one without a sample is left out. */
export async function exposition(samples: readonly Sample[], dialect: Dialect): Promise<Exposition> {
  // Its types tell the two kinds of registry apart, and its metrics take either.
  const registry = new Registry() as Registry<RegistryContentType>;
  if (dialect === 'openmetrics') registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  const byMetric = Map.groupBy(samples, ({ metric }) => metric);
  for (const [name, { help, kind, labels }] of Object.entries(metricTable)) {
    const own = byMetric.get(name as MetricName);
    if (!own) continue;
    const settings = { name, help, labelNames: labels, registers: [registry] };
    if (kind === 'counter') {
      const counter = new Counter(settings);
      for (const sample of own) counter.inc(sample.labels, sample.value);
    } else {
      const gauge = new Gauge(settings);
      for (const sample of own) gauge.set(sample.labels, sample.value);
    }
  }
  const text = await registry.metrics();
  return { contentType: registry.contentType, text: text.endsWith('\n') ? text : `${text}\n` };
}
