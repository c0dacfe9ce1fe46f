/**
 * The watchdog's thread: ends the process where a thread of it stands still inside the kernel, because a filesystem does
 * not answer, for longer than was allowed, or because a signal has come that the main thread cannot hear.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { ExitCode } from '../../model/errors.ts';
import { loadLibc } from '../../system/calls/libc.ts';
import { LEAVE_SCREEN } from '../terminal/screen-codes.ts';
import { WATCHDOG_SLOT } from './watchdog-slots.ts';
import type { WatchdogStart } from './watchdog-slots.ts';

const { slots, timeoutMs, watchesAll } = workerData as WatchdogStart;

const ROUND_MS = 150;
/** So many rounds without a beat, and never seen running: it does not compute, it waits. */
const STILL_ROUNDS = 5;
/** SIGHUP, SIGINT, SIGQUIT and SIGTERM as bits of a signal mask (proc_pid_status(5)). */
const END_SIGNALS = [1, 2, 3, 15].reduce((mask, number) => mask | (1n << BigInt(number - 1)), 0n);
/** Where the kernel waits for a FUSE process or a file server (proc_pid_wchan(5)). */
const SERVER_WAITS = /fuse|request_wait|rpc_|nfs|cifs|smb|p9_|v9fs|ceph/u;

/** What a thread that waits for a server was seen at first. */
interface Wait {
  readonly switches: string;
  readonly sinceMs: number;
}

let lastBeat = -1;
let stillRounds = 0;
const waits = new Map<string, Wait>();
while (Atomics.wait(slots, WATCHDOG_SLOT.isOver, 0, ROUND_MS) === 'timed-out') {
  const beat = Atomics.load(slots, WATCHDOG_SLOT.beats);
  stillRounds = beat === lastBeat && isMainThreadWaiting() ? stillRounds + 1 : 0;
  lastBeat = beat;
  const isWanted = Atomics.load(slots, WATCHDOG_SLOT.isInterrupted) === 1 || isSignalPending();
  if (stillRounds >= STILL_ROUNDS && isWanted) end(undefined);
  if (timeoutMs > 0 && longestWaitMs() >= timeoutMs) end(ExitCode.partial);
}

/** Not running and not ready to run (proc_pid_stat(5)). */
function isMainThreadWaiting(): boolean {
  const stat = readFileSync(`/proc/self/task/${process.pid}/stat`, 'latin1');
  return stat.charAt(stat.lastIndexOf(')') + 2) !== 'R';
}

/** Sent to the process, and not delivered while its main thread waits. */
function isSignalPending(): boolean {
  const status = readFileSync('/proc/self/status', 'latin1');
  return [...status.matchAll(/^(?:SigPnd|ShdPnd):\s*([\da-f]+)$/gmu)].some(
    ([, mask]) => (BigInt(`0x${mask}`) & END_SIGNALS) !== 0n,
  );
}

/** How long one thread has been seen in one and the same wait for a server. */
function longestWaitMs(): number {
  const now = performance.now();
  let longest = 0;
  for (const thread of watchesAll ? readdirSync('/proc/self/task') : [String(process.pid)]) {
    const switches = switchesOfWait(`/proc/self/task/${thread}`);
    const known = waits.get(thread);
    if (switches === undefined) waits.delete(thread);
    else if (known?.switches === switches) longest = Math.max(longest, now - known.sinceMs);
    else waits.set(thread, { switches, sinceMs: now });
  }
  return longest;
}

/** How often the thread has gone to sleep, which tells one wait from the next; undefined where it waits for no server. */
function switchesOfWait(directory: string): string | undefined {
  try {
    if (!SERVER_WAITS.test(readFileSync(`${directory}/wchan`, 'latin1'))) return undefined;
    return /^voluntary_ctxt_switches:\s*(\d+)$/mu.exec(readFileSync(`${directory}/status`, 'latin1'))?.[1];
  } catch {
    // The thread has ended.
    return undefined;
  }
}

/** Whoever waits for a filesystem and has a handler is ended by nothing less than SIGKILL, or the end of the process. */
function end(code: ExitCode | undefined): void {
  try {
    if (Atomics.load(slots, WATCHDOG_SLOT.hasTerminal) === 1) {
      writeSync(1, LEAVE_SCREEN);
      spawnSync('stty', ['sane'], { stdio: ['inherit', 'ignore', 'ignore'] });
    }
    writeSync(2, 'diskwhy: ended without a report: a filesystem does not answer\n');
  } catch {
    // Nobody is there to be told.
  }
  if (code !== undefined) loadLibc()?.endProcess(code);
  process.kill(process.pid, 'SIGKILL');
}
