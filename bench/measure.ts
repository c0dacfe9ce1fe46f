/** Times programs in turn, so that a machine that speeds up or slows down does so for all of them. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { Program } from './programs.ts';

export interface Timing {
  readonly name: string;
  readonly medianMs: number;
  readonly minMs: number;
  readonly maxMs: number;
  /** Largest resident set of any run, MB; undefined without /usr/bin/time. */
  readonly peakMb: number | undefined;
}

/** `runs` counted runs of each program on `tree`, interleaved, after one that is not counted. */
export function measure(programs: readonly Program[], tree: string, runs: number, cold: boolean): Timing[] {
  const times = programs.map((): number[] => []);
  const peaks = programs.map((): number[] => []);
  for (let run = cold ? 1 : 0; run <= runs; run++) {
    for (const [index, program] of programs.entries()) {
      if (cold) dropCaches();
      const { ms, peakMb } = runOnce(program.command(tree));
      if (run === 0) continue;
      times[index].push(ms);
      if (peakMb !== undefined) peaks[index].push(peakMb);
    }
  }
  return programs.map(({ name }, index) => ({
    name,
    medianMs: median(times[index]),
    minMs: Math.min(...times[index]),
    maxMs: Math.max(...times[index]),
    peakMb: peaks[index].length > 0 ? Math.max(...peaks[index]) : undefined,
  }));
}

function runOnce(command: readonly string[]): { ms: number; peakMb: number | undefined } {
  const timed = hasTime ? ['/usr/bin/time', '-f', 'peak %M', ...command] : command;
  const started = process.hrtime.bigint();
  const { status, stderr, error } = spawnSync(timed[0], timed.slice(1), {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ms = Number(process.hrtime.bigint() - started) / 1e6;
  if (error) throw error;
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}: ${stderr.toString()}`);
  const peak = /peak (\d+)/u.exec(stderr.toString());
  return { ms, peakMb: peak ? Number(peak[1]) / 1000 : undefined };
}

const hasTime = spawnSync('/usr/bin/time', ['-f', '%M', 'true']).status === 0;

function dropCaches(): void {
  spawnSync('sync');
  writeFileSync('/proc/sys/vm/drop_caches', '3');
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
