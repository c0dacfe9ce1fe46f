/** A watch whose settings are read anew while it runs: what changes in place, what makes it another watch, and what is refused. */
import { UsageError } from '../../model/errors.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { WatchRequest } from '../../watch/watch.ts';
import { readCaller } from '../invocation/caller.ts';
import { readRequest } from '../command-line/read-request.ts';
import { readWords } from '../command-line/read-words.ts';
import type { OptionsOf, Request } from '../options/typed-options.ts';
import type { Service } from './service.ts';
import { readSettings } from '../settings/settings.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Seconds between two events about one alarm. */
const UPDATE_SECONDS = 5;
/** How long --once watches. */
const ONCE_SECONDS = 60;

/** What the options ask of a watch of these paths. */
export function watchRequest(
  options: OptionsOf<'watch'>,
  paths: readonly ByteString[],
  zoneMinutes: number,
): WatchRequest {
  const { alarmBytesPerSecond, alarmGrownBytes, intervalMs, forMs, crossMounts, exclude, top } = options;
  return {
    paths,
    intervalSeconds: intervalMs / 1000,
    alarmBytesPerSecond,
    alarmGrownBytes,
    forSeconds: forMs === undefined ? (options.once ? ONCE_SECONDS : undefined) : forMs / 1000,
    crossMounts,
    exclude,
    updateSeconds: UPDATE_SECONDS,
    top,
    zoneMinutes,
  };
}

/** The same for two requests of which the second goes on where the first is. */
export function scopeOf({ options, operands }: Request<'watch'>): string {
  const { exclude, crossMounts, forMs, once, timeoutMs } = options;
  return JSON.stringify([operands, exclude, crossMounts, forMs, once, timeoutMs]);
}

export interface Readiness extends Disposable {
  /** The watch has begun: told now, and again when later settings are in force. */
  readonly ready: () => void;
}

/**
 * Reads the settings anew whenever the service manager asks, one change after the other, until disposed.
 * @param change puts a request into force; a UsageError says why it cannot be. Resolves to whether the watch goes on here.
 */
export function listenForReload(
  service: Service,
  terminal: Terminal,
  change: (request: Request<'watch'>) => Promise<'here' | 'elsewhere'>,
): Readiness {
  let isListening = true;
  let isReady = false;
  let changing = Promise.resolve();
  const reload = async (): Promise<void> => {
    if (!isListening) return;
    try {
      const { uid } = readCaller();
      const request = readRequest(readWords(), () => readSettings(process.env, uid));
      if ((await change(request as Request<'watch'>)) === 'elsewhere') return;
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      terminal.writeError(
        `${service.priority('error')}diskwhy: settings stay as they were: ${error.message}\n`,
      );
    }
    if (isReady) service.ready();
  };
  const listening = service.onReload?.(() => {
    changing = changing.then(reload);
  });
  return {
    ready: () => {
      isReady = true;
      service.ready();
    },
    [Symbol.dispose]: () => {
      isListening = false;
      listening?.[Symbol.dispose]();
    },
  };
}
