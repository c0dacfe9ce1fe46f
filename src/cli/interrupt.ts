/** Ctrl-C and its like: the first asks the work to end with what it has, the second ends the process at once. */
import { ExitCode } from '../model/errors.ts';

export interface Interrupt extends Disposable {
  readonly signal: AbortSignal;
}

/** Listens until disposed. */
export function listenForInterrupt(): Interrupt {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(ExitCode.interrupted);
    controller.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
