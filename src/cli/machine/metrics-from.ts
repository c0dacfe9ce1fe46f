/** `diskwhy metrics --from FILE`: what is known of a tree that was written down, for Prometheus. */
import type { ByteString } from '../../model/byte-string.ts';
import { ExitCode } from '../../model/errors.ts';
import { loadMetrics } from '../../fleet/fleet.ts';
import { listenForInterrupt } from '../signals/interrupt.ts';
import { NO_TREE } from './machine-report.ts';
import type { OptionsOf, Request } from '../options/typed-options.ts';
import { recordedReport } from './recorded-report.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { readVersion } from '../invocation/version.ts';

/** @param put where the text goes, as the options say. */
export async function putMetricsFrom(
  request: Request<'metrics'>,
  from: ByteString,
  put: (text: string, options: OptionsOf<'metrics'>, terminal: Terminal) => Promise<void>,
  terminal: Terminal,
): Promise<ExitCode> {
  using interrupt = listenForInterrupt(request.options.timeoutMs);
  const read = await recordedReport(request, from, NO_TREE, interrupt.signal, terminal);
  if (!read) return ExitCode.interrupted;
  const { report, writtenAt } = read;
  const { recordedMetrics } = await loadMetrics();
  await put(await recordedMetrics(readVersion(), report, writtenAt), request.options, terminal);
  return report.complete ? ExitCode.done : ExitCode.partial;
}
