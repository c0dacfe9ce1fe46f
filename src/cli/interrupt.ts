/**
 * Ctrl-C and its like: the first asks the work to end with what it has. A second one ends the process at once, and so
 * does a second in which nothing happens: whatever a filesystem keeps it waiting for.
 */
import { readFileSync } from 'node:fs';
import { ExitCode } from '../model/errors.ts';
import { giveTerminalBack } from './give-back.ts';
import { startWatchdog } from './watchdog.ts';

export interface Interrupt extends Disposable {
  readonly signal: AbortSignal;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;
type EndSignal = (typeof SIGNALS)[number];

/** Between two looks at whether it still works, and the share of the time that work takes at least. */
const LOOK_MS = 200;
const LEAST_WORK = 0.1;
/** What the work may take to end; the process itself needs a little of the second too. */
const GRACE_MS = 700;

/** Listens until disposed. */
export function listenForInterrupt(): Interrupt {
  const controller = new AbortController();
  const watchdog = startWatchdog();
  let deadline: NodeJS.Timeout | undefined;
  const stopListening = (): void => {
    clearTimeout(deadline);
    watchdog[Symbol.dispose]();
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  const onSignal = (signal: EndSignal): void => {
    if (controller.signal.aborted) {
      stopListening();
      endAtOnce(signal, 'ended at once');
    }
    watchdog.interrupted();
    const idle = idleMeter();
    deadline = setTimeout(function judge() {
      if (idle()) {
        stopListening();
        endAtOnce(signal, 'ended without a report: what it waits for does not answer');
      }
      deadline = setTimeout(judge, LOOK_MS);
    }, GRACE_MS);
    controller.abort();
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return { signal: controller.signal, [Symbol.dispose]: stopListening };
}

/** Tells whether the process did next to nothing since it was asked before: a report in the making is worth a wait. */
function idleMeter(): () => boolean {
  let [lastMs, lastWorkMs] = [performance.now(), workMs()];
  return () => {
    const [nowMs, nowWorkMs] = [performance.now(), workMs()];
    const share = (nowWorkMs - lastWorkMs) / (nowMs - lastMs);
    [lastMs, lastWorkMs] = [nowMs, nowWorkMs];
    return share < LEAST_WORK;
  };
}

/** Time on a processor, and time that the main thread waited for one (Documentation/scheduler/sched-stats.rst). */
function workMs(): number {
  const { user, system } = process.cpuUsage();
  let waitedNs = 0;
  try {
    waitedNs = Number(readFileSync('/proc/self/schedstat', 'latin1').split(' ')[1]);
  } catch {
    // Not told here.
  }
  return (user + system) / 1000 + waitedNs / 1e6;
}

/**
 * Ends by the signal itself, which the kernel carries out even where threads wait for a filesystem: process.exit would
 * wait for them. A first process of a container is not ended by signals and has to go the other way.
 */
function endAtOnce(signal: EndSignal, why: string): never {
  giveTerminalBack(`diskwhy: ${signal}: ${why}\n`);
  process.kill(process.pid, signal);
  process.exit(ExitCode.interrupted);
}
