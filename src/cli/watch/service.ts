/**
 * What a process is to systemd where it runs as a service: ready, alive, loading its settings anew, and how important
 * each line of its journal is (sd_notify(3), sd-daemon(3)). Elsewhere all of it does nothing.
 */
import { fstatSync } from 'node:fs';
import { openKeptMemory } from '../../system/services/kept-memory.ts';
import type { KeptMemory } from '../../system/services/kept-memory.ts';
import { openNotifySocket } from '../../system/services/notify-socket.ts';

export interface Service extends Disposable {
  /** What is to be done has begun. */
  readonly ready: () => void;
  /** Calls when the settings are to be read anew, until disposed; undefined where SIGHUP means the end, as everywhere. */
  readonly onReload: ((reload: () => void) => Disposable) | undefined;
  /** Memory that the next process of this service is given, where this one was killed; undefined where nobody keeps it. */
  readonly kept: KeptMemory | undefined;
  /** What a line of the journal begins with; '' where it goes elsewhere. */
  readonly priority: (level: Level) => string;
}

/** syslog(3) */
export type Level = 'critical' | 'error' | 'warning' | 'notice' | 'info';
const LEVELS: Readonly<Record<Level, number>> = { critical: 2, error: 3, warning: 4, notice: 5, info: 6 };

const HANDED = ['LISTEN_PID', 'LISTEN_FDS', 'LISTEN_FDNAMES'];

/** Of this process; its children are told nothing of it. */
export function openService(): Service {
  const { env } = process;
  const notify = openNotifySocket(env['NOTIFY_SOCKET']);
  const isOurs = env['WATCHDOG_PID'] === undefined || Number(env['WATCHDOG_PID']) === process.pid;
  const watchdogMs = isOurs ? Number(env['WATCHDOG_USEC'] ?? 0) / 1000 : 0;
  const isJournal = leadsTo(process.stdout.fd, env['JOURNAL_STREAM']);
  const { LISTEN_PID, LISTEN_FDS, LISTEN_FDNAMES } = env;
  const kept = notify && openKeptMemory('diskwhy-watch', notify, { LISTEN_PID, LISTEN_FDS, LISTEN_FDNAMES });
  for (const name of HANDED) delete env[name];
  for (const name of ['NOTIFY_SOCKET', 'WATCHDOG_USEC', 'WATCHDOG_PID', 'JOURNAL_STREAM']) delete env[name];
  // A loop that turns is alive: what it waits for is told by what it waits for.
  const beat = notify && watchdogMs > 0 ? setInterval(() => notify('WATCHDOG=1'), watchdogMs / 3) : undefined;
  beat?.unref();
  let reload: (() => void) | undefined;
  const onHangUp = (): void => {
    notify?.(`RELOADING=1\nMONOTONIC_USEC=${process.hrtime.bigint() / 1000n}`);
    reload?.();
  };
  if (notify) process.on('SIGHUP', onHangUp);
  return {
    kept,
    ready: () => void notify?.('READY=1'),
    onReload:
      notify &&
      ((call) => {
        reload = call;
        return { [Symbol.dispose]: () => (reload = undefined) };
      }),
    priority: (level) => (isJournal ? `<${LEVELS[level]}>` : ''),
    [Symbol.dispose]: () => {
      clearInterval(beat);
      process.off('SIGHUP', onHangUp);
      notify?.('STOPPING=1');
    },
  };
}

/** @param stream what JOURNAL_STREAM says: "device:inode". */
function leadsTo(descriptor: number, stream: string | undefined): boolean {
  if (stream === undefined) return false;
  try {
    const { dev, ino } = fstatSync(descriptor);
    return `${dev}:${ino}` === stream;
  } catch {
    return false;
  }
}
