/**
 * Ctrl-C and its like: the first asks the work to end with what it has. A second press ends the process at once, and so
 * does a second in which nothing happens: whatever a filesystem keeps it waiting for.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { ExitCode } from '../../model/errors.ts';
import { giveTerminalBack } from '../terminal/give-back.ts';
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
/**
 * timeout(1) signals its child and then the child's group, and whoever starts us in a terminal may pass on what we got
 * from it too: signals this close are one wish, and no hand is as quick.
 */
const ECHO_MS = 100;

/**
 * Listens until disposed.
 * @param timeoutMs for which a filesystem may keep the process waiting; 0 is for ever.
 * @param hangUpEnds whether SIGHUP ends it too, as it does where no service manager means something else by it.
 * @param watchesAll whether that counts for its other threads too: not where the work goes on without them.
 */
export function listenForInterrupt(timeoutMs: number, watchesAll = true, hangUpEnds = true): Interrupt {
  const signals = SIGNALS.filter((signal) => hangUpEnds || signal !== 'SIGHUP');
  const controller = new AbortController();
  const watchdog = startWatchdog({ timeoutMs, watchesAll });
  let deadline: NodeJS.Timeout | undefined;
  let isEcho = true;
  let echoes: NodeJS.Timeout | undefined;
  const stopListening = (): void => {
    clearTimeout(echoes);
    clearTimeout(deadline);
    watchdog[Symbol.dispose]();
    for (const signal of signals) process.off(signal, onSignal);
  };
  const onSignal = (signal: EndSignal): void => {
    if (controller.signal.aborted) {
      if (isEcho) return;
      stopListening();
      endAtOnce(signal, 'ended at once');
    }
    watchdog.interrupted();
    // What came meanwhile is read after timers and before immediates: an echo stays one however long a report takes.
    echoes = setTimeout(() => setImmediate(() => (isEcho = false)), ECHO_MS);
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
  for (const signal of signals) process.on(signal, onSignal);
  return { signal: controller.signal, [Symbol.dispose]: stopListening };
}

/** Tells whether the process did next to nothing since it was asked before: a report in the making is worth a wait. */
function idleMeter(): () => boolean {
  let last = { atMs: performance.now(), usage: process.cpuUsage(), waits: processorWaits() };
  return () => {
    const now = { atMs: performance.now(), usage: process.cpuUsage(), waits: processorWaits() };
    const { user, system } = process.cpuUsage(last.usage);
    let workMs = (user + system) / 1000;
    for (const [thread, waitMs] of now.waits) workMs += waitMs - (last.waits.get(thread) ?? 0);
    const share = workMs / (now.atMs - last.atMs);
    last = now;
    return share < LEAST_WORK;
  };
}

/** How long each thread has waited for a processor, in ms (Documentation/scheduler/sched-stats.rst): it has work to do. */
function processorWaits(): ReadonlyMap<string, number> {
  const waits = new Map<string, number>();
  try {
    for (const thread of readdirSync('/proc/self/task')) {
      const [, waitedNs] = readFileSync(`/proc/self/task/${thread}/schedstat`, 'latin1').split(' ');
      waits.set(thread, Number(waitedNs) / 1e6);
    }
  } catch {
    // Not told here, or a thread has just ended.
  }
  return waits;
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
