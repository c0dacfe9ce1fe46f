/** `diskwhy metrics [path…]`: what is known of a machine's disks, for Prometheus: printed, as a file, or served. */
import { setTimeout as wait } from 'node:timers/promises';
import { fromText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { ExitCode, UsageError } from '../../model/errors.ts';
import type { Problem } from '../../model/problem.ts';
import { loadMetrics } from '../../fleet/fleet.ts';
import type { MachineMetrics } from '../../fleet/fleet.ts';
import { readCaller } from '../invocation/caller.ts';
import { listenForInterrupt } from '../signals/interrupt.ts';
import { readListenAddress } from '../watch/listen-address.ts';
import { machineReport, NO_TREE } from '../machine/machine-report.ts';
import { usablePaths } from '../invocation/operands.ts';
import { openAnswers, silentMounts } from '../invocation/answering.ts';
import type { OptionsOf, Request } from '../options/typed-options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { readVersion } from '../invocation/version.ts';
import { withProblems } from '../explain/with-problems.ts';

/** Between two looks at how full disks are. */
const LOOK_MS = 1000;

export async function runMetrics(request: Request<'metrics'>, terminal: Terminal): Promise<ExitCode> {
  const { options, operands } = request;
  refuseUnused(request);
  if (options.from !== undefined) {
    const { putMetricsFrom } = await import('../machine/metrics-from.ts');
    return await putMetricsFrom(request, options.from, put, terminal);
  }
  using interrupt = listenForInterrupt(options.timeoutMs, options.listen === undefined);
  using answers = await openAnswers(options.timeoutMs);
  const named = operands.length > 0 ? operands : [fromText('/')];
  const { paths, problems } = await usablePaths(named, terminal, answers, { needsAll: false });
  const unread = async (): Promise<Problem[]> => [...problems, ...(await silentMounts(answers, paths))];
  if (options.listen !== undefined) {
    const { serveMachine } = await import('../machine/metrics-service.ts');
    const address = readListenAddress(options.listen);
    return await serveMachine({ paths, unread, address }, options, interrupt.signal, terminal);
  }
  const { MachineMetrics: Metrics } = await loadMetrics();
  const metrics = new Metrics(readVersion(), paths, options.pathLabels);
  const [scanned] = await Promise.all([
    machineReport(paths, options, NO_TREE, interrupt.signal, terminal),
    measure(metrics, options.fillMs, interrupt.signal),
  ]);
  // A part of the truth would look like all of it to who graphs it.
  if (interrupt.signal.aborted) return ExitCode.interrupted;
  metrics.look();
  const report = withProblems(scanned, await unread());
  metrics.setReport(report);
  const { text } = await metrics.text('openmetrics');
  await put(text, options, terminal);
  return report.complete ? ExitCode.done : ExitCode.partial;
}

function refuseUnused({ options, given }: Request<'metrics'>): void {
  if (options.textfile !== undefined && options.listen !== undefined)
    throw new UsageError('--textfile or --listen, not both');
  if (options.output !== undefined && (options.textfile ?? options.listen) !== undefined)
    throw new UsageError('--output stands in place of --textfile and --listen; leave one of them out');
  if (given.has('everyMs') && options.listen === undefined)
    throw new UsageError('--every says how often --listen scans; add --listen, as in --listen :9927');
  if (given.has('fillMs') && options.listen !== undefined)
    throw new UsageError('--for is for one measurement; --listen measures all the time');
  if (options.textfile?.endsWith('.prom') === false)
    throw new UsageError('the textfile collector reads only names that end in .prom', options.textfile);
}

async function measure(metrics: MachineMetrics, ms: number, signal: AbortSignal): Promise<void> {
  const end = performance.now() + ms;
  while (performance.now() < end && !signal.aborted) {
    await wait(Math.min(LOOK_MS, end - performance.now()), undefined, { signal }).catch(() => undefined);
    metrics.look();
  }
}

async function put(
  text: string,
  { textfile }: Pick<OptionsOf<'metrics'>, 'textfile'>,
  terminal: Terminal,
): Promise<void> {
  if (textfile === undefined) await terminal.print(text);
  else await writeReadable(textfile, text);
}

/** node_exporter runs as a user of its own: whatever the umask here, it has to read the file. */
async function writeReadable(path: ByteString, text: string): Promise<void> {
  const { beginFile } = await import('../../system/directories/new-file.ts');
  const before = process.umask(0o022);
  try {
    using file = beginFile(path, 0o644, readCaller().uid);
    file.write(Buffer.from(text));
    file.finish();
  } finally {
    process.umask(before);
  }
}
