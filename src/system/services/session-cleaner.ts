/** What deletes PHP's old sessions: Debian turns PHP's own garbage collection off and leaves it to a timer or cron (php-common). */
import { existsSync, readdirSync } from 'node:fs';
import { systemdRuns } from './cleaner-schedule.ts';

/** `php-itself`: nothing else does, so session.gc_probability in php.ini decides. */
export type SessionCleaner = 'timer' | 'timer-off' | 'cron' | 'cron-not-running' | 'php-itself';

const UNITS = ['/lib/systemd/system', '/usr/lib/systemd/system', '/etc/systemd/system'];
const ENABLED = '/etc/systemd/system/timers.target.wants/phpsessionclean.timer';
const CRON = '/etc/cron.d/php';

/** @param programs that run, by name. */
export function sessionCleaner(programs: ReadonlyMap<string, unknown>): SessionCleaner {
  // Its cron job leaves it to the timer wherever systemd runs.
  if (systemdRuns() && UNITS.some((place) => existsSync(`${place}/phpsessionclean.timer`)))
    return existsSync(ENABLED) ? 'timer' : 'timer-off';
  if (!existsSync(CRON) && !hasCronJob()) return 'php-itself';
  return programs.has('cron') || programs.has('crond') ? 'cron' : 'cron-not-running';
}

/** An administrator's own job. */
function hasCronJob(): boolean {
  try {
    return readdirSync('/etc/cron.d').some((name) => /php.*(?:sess|clean)|sess.*clean/iu.test(name));
  } catch {
    return false;
  }
}
