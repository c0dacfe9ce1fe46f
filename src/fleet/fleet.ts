/** The door of the room: metrics, records and questions are each loaded only where they are asked for. */
import type * as Metrics from './metrics/metrics.ts';
import type * as Questions from './questions/questions.ts';
import type * as Records from './record/record.ts';

export type { StoreAccess } from './questions/questions.ts';
export type { ListenAddress, MachineMetrics, MetricsServer, WatchMetrics } from './metrics/metrics.ts';
export type { RecordFile } from './record/record.ts';

/** A machine's report as Prometheus takes it. */
export async function loadMetrics(): Promise<typeof Metrics> {
  return await import('./metrics/metrics.ts');
}

/** A machine's report as a file among many. */
export async function loadRecord(): Promise<typeof Records> {
  return await import('./record/record.ts');
}

/** Answers over the records of many. */
export async function loadQuestions(): Promise<typeof Questions> {
  return await import('./questions/questions.ts');
}
