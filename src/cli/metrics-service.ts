/** `diskwhy metrics --listen`: scans one after the other, looks at disks in between, and answers scrapes from what is known. */
import { setTimeout as wait } from 'node:timers/promises';
import type { ByteString } from '../model/byte-string.ts';
import { ExitCode, UsageError } from '../model/errors.ts';
import { loadMetrics } from '../fleet/fleet.ts';
import type { ListenAddress } from '../fleet/fleet.ts';
import { machineReport } from './machine-report.ts';
import type { OptionsOf } from './options/typed-options.ts';
import type { Terminal } from './terminal.ts';
import { readVersion } from './version.ts';

const LOOK_MS = 5000;
const NO_TREE = { depth: 0, minShare: 1, top: 0 };
/** So many pauses without a scan that could be done mean trouble. */
const LATE = 3;

/** Until the signal aborts. Throws UsageError where the address cannot be had. */
export async function serveMachine(
  paths: readonly ByteString[],
  address: ListenAddress,
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
        const report = await machineReport(paths, { ...options, quiet: true }, NO_TREE, signal, terminal);
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
