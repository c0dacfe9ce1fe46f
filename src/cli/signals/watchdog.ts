/**
 * Ends a process that a signal cannot end: the main thread waits inside the kernel for a file server or a FUSE process
 * that does not answer, so that no handler runs. Another thread looks after it, where there is such a mount at all.
 */
import { Worker } from 'node:worker_threads';
import { mountPointsToAsk, readMounts } from '../../system/mounts/mounts.ts';
import { hasTerminal } from '../terminal/give-back.ts';
import { WATCHDOG_SLOT } from './watchdog-slots.ts';
import type { WatchdogStart } from './watchdog-slots.ts';

export interface Watchdog extends Disposable {
  /** A signal came, and was heard. */
  readonly interrupted: () => void;
}

const BEAT_MS = 100;

/** Until disposed. */
export function startWatchdog(limits: Pick<WatchdogStart, 'timeoutMs' | 'watchesAll'>): Watchdog {
  if (mountPointsToAsk(readMounts()).size === 0)
    return { interrupted: () => undefined, [Symbol.dispose]: () => undefined };
  const slots = new Int32Array(new SharedArrayBuffer(Object.keys(WATCHDOG_SLOT).length * 4));
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./watchdog-worker.${extension}`, import.meta.url), {
    workerData: { slots, ...limits } satisfies WatchdogStart,
  });
  worker.unref();
  worker.on('error', () => undefined);
  const beat = setInterval(() => {
    Atomics.add(slots, WATCHDOG_SLOT.beats, 1);
    Atomics.store(slots, WATCHDOG_SLOT.hasTerminal, hasTerminal() ? 1 : 0);
  }, BEAT_MS);
  beat.unref();
  return {
    interrupted: () => Atomics.store(slots, WATCHDOG_SLOT.isInterrupted, 1),
    [Symbol.dispose]: () => {
      clearInterval(beat);
      Atomics.store(slots, WATCHDOG_SLOT.isOver, 1);
      Atomics.notify(slots, WATCHDOG_SLOT.isOver);
    },
  };
}
