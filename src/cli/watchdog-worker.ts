/** The watchdog's thread: ends the process where a signal has come and the main thread stands still inside the kernel. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { LEAVE_SCREEN } from './screen-codes.ts';
import { WATCHDOG_SLOT } from './watchdog-slots.ts';

const slots = workerData as Int32Array;

const ROUND_MS = 150;
/** So many rounds without a beat, and never seen running: it does not compute, it waits. */
const STILL_ROUNDS = 5;
/** SIGHUP, SIGINT, SIGQUIT and SIGTERM as bits of a signal mask (proc_pid_status(5)). */
const END_SIGNALS = [1, 2, 3, 15].reduce((mask, number) => mask | (1n << BigInt(number - 1)), 0n);

let lastBeat = -1;
let stillRounds = 0;
while (Atomics.wait(slots, WATCHDOG_SLOT.isOver, 0, ROUND_MS) === 'timed-out') {
  const beat = Atomics.load(slots, WATCHDOG_SLOT.beats);
  stillRounds = beat === lastBeat && isMainThreadWaiting() ? stillRounds + 1 : 0;
  lastBeat = beat;
  const isWanted = Atomics.load(slots, WATCHDOG_SLOT.isInterrupted) === 1 || isSignalPending();
  if (stillRounds >= STILL_ROUNDS && isWanted) end();
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

/** Nothing less than SIGKILL ends a thread that has a handler and waits for a filesystem. */
function end(): void {
  try {
    if (Atomics.load(slots, WATCHDOG_SLOT.hasTerminal) === 1) {
      writeSync(1, LEAVE_SCREEN);
      spawnSync('stty', ['sane'], { stdio: ['inherit', 'ignore', 'ignore'] });
    }
    writeSync(2, 'diskwhy: ended without a report: a filesystem does not answer\n');
  } catch {
    // Nobody is there to be told.
  }
  process.kill(process.pid, 'SIGKILL');
}
