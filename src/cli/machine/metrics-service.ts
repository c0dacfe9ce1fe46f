/** `diskwhy metrics --listen`: scans one after the other, looks at disks in between, and answers scrapes from what is known. */
import { setTimeout as wait } from 'node:timers/promises';
import type { ByteString } from '../../model/byte-string.ts';
import { ExitCode, UsageError } from '../../model/errors.ts';
import type { Problem } from '../../model/problem.ts';
import { loadMetrics } from '../../fleet/fleet.ts';
import type { ListenAddress } from '../../fleet/fleet.ts';
import { machineReport, NO_TREE } from './machine-report.ts';
import type { OptionsOf } from '../options/typed-options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { readVersion } from '../invocation/version.ts';
import { withProblems } from '../explain/with-problems.ts';

const LOOK_MS = 5000;
/** So many pauses without a scan that could be done mean trouble. */
const LATE = 3;

/** What is told of, and where. */
interface Service {
  readonly paths: readonly ByteString[];
  /** What could not even be looked at. */
  readonly unread: () => Promise<Problem[]>;
  readonly address: ListenAddress;
}

/** Until the signal aborts. Throws UsageError where the address cannot be had. */
export async function serveMachine(
  { paths, unread, address }: Service,
  options: OptionsOf<'metrics'>,
  signal: AbortSignal,
  terminal: Terminal,
): Promise<ExitCode> {
  const { MachineMetrics, serveMetrics } = await loadMetrics();
  const metrics = new MachineMetrics(readVersion(), paths, options.pathLabels);
  let doneAtMs = performance.now();
  let isScanning = false;
  const counts = { done: 0, failed: 0 };
  metrics.setReport(undefined, counts);
  await using server = await serveMetrics(address, {
    metrics: (dialect) => metrics.text(dialect),
    trouble: () =>
      !isScanning && performance.now() - doneAtMs > LATE * options.everyMs
        ? `no scan could be done for ${Math.round((performance.now() - doneAtMs) / 1000)} s`
        : undefined,
  });
  const looks = setInterval(() => metrics.look(), LOOK_MS);
  const { host, port } = server.address;
  const shown = host.includes(':') ? `[${host}]` : host;
  if (!options.quiet) terminal.writeError(`serving http://${shown}:${port}/metrics\n`);
  try {
    while (!signal.aborted) {
      try {
        isScanning = true;
        const scanned = await machineReport(paths, { ...options, quiet: true }, NO_TREE, signal, terminal);
        const report = withProblems(scanned, await unread());
        if (report.scan.interrupted) break;
        counts.done++;
        doneAtMs = performance.now();
        metrics.setReport(report, counts);
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        // A path that went away may come back.
        counts.failed++;
        terminal.writeError(`diskwhy: a scan failed: ${error.message}\n`);
      } finally {
        isScanning = false;
      }
      await wait(options.everyMs, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    clearInterval(looks);
  }
  // It was meant to run until it was ended.
  return ExitCode.done;
}
