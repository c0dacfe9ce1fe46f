/** How many inotify watches this user may have (inotify(7), /proc/sys) and how many are in use already. */
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { processIds } from './process-ids.ts';

export interface InotifyLimits {
  /** The smaller of what the machine and the user namespace allow; 0 where there is no inotify. */
  readonly mostWatches: number;
  /** Of this user's processes, as far as they can be seen. */
  readonly usedWatches: number;
  readonly mostQueuedEvents: number;
}

const LIMITS = {
  watches: ['/proc/sys/fs/inotify/max_user_watches', '/proc/sys/user/max_inotify_watches'],
  queue: ['/proc/sys/fs/inotify/max_queued_events'],
} as const;

export function readInotifyLimits(): InotifyLimits {
  return {
    mostWatches: smallest(LIMITS.watches),
    usedWatches: usedWatches(),
    mostQueuedEvents: smallest(LIMITS.queue),
  };
}

function smallest(paths: readonly string[]): number {
  const values = paths.map(readNumber).filter((value) => Number.isFinite(value));
  return values.length > 0 ? Math.min(...values) : 0;
}

function readNumber(path: string): number {
  try {
    return Number.parseInt(readFileSync(path, 'latin1'), 10);
  } catch {
    return Number.NaN;
  }
}

/** Every watch is a line "inotify wd:…" in the fdinfo of its descriptor (proc_pid_fdinfo(5)). */
function usedWatches(): number {
  const uid = process.geteuid?.();
  let count = 0;
  for (const pid of processIds()) {
    if (!isOwnedBy(`/proc/${pid}`, uid)) continue;
    for (const descriptor of listed(`/proc/${pid}/fd`)) {
      if (linkOf(`/proc/${pid}/fd/${descriptor}`) !== 'anon_inode:inotify') continue;
      count += readInfo(`/proc/${pid}/fdinfo/${descriptor}`).split('\ninotify wd:').length - 1;
    }
  }
  return count;
}

function listed(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function isOwnedBy(directory: string, uid: number | undefined): boolean {
  try {
    return statSync(directory).uid === uid;
  } catch {
    return false;
  }
}

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

function readInfo(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
