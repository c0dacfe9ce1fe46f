/** When the system's own cleaner of temporary files runs next. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** A manager that hangs must not hang a report. */
const PATIENCE_MS = 2000;
const TIMER = 'systemd-tmpfiles-clean.timer';

/** Whether systemd manages this machine (sd_booted(3)): without it nobody acts on tmpfiles.d. */
export function systemdRuns(): boolean {
  return existsSync('/run/systemd/system');
}

/** Seconds since 1970 of the next run of systemd-tmpfiles-clean; undefined where systemd does not run or does not say. */
export function nextTmpfilesRun(nowSeconds: number): number | undefined {
  if (!systemdRuns()) return undefined;
  const properties = ['NextElapseUSecRealtime', 'NextElapseUSecMonotonic'];
  const { status, stdout } = spawnSync(
    'systemctl',
    ['show', TIMER, '--timestamp=unix', ...properties.map((name) => `--property=${name}`)],
    { encoding: 'utf8', timeout: PATIENCE_MS, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  if (status !== 0) return undefined;
  return parseNextRun(stdout, nowSeconds, uptimeSeconds());
}

/** Reads `NextElapseUSecRealtime=@1763…` or `NextElapseUSecMonotonic=2d 3h 15min 4.1s`, counted from boot. */
export function parseNextRun(
  text: string,
  nowSeconds: number,
  uptime: number | undefined,
): number | undefined {
  const realtime = /^NextElapseUSecRealtime=@(\d+)/mu.exec(text);
  if (realtime) return Number(realtime[1]);
  const monotonic = /^NextElapseUSecMonotonic=(.+)$/mu.exec(text);
  const since = monotonic ? spanSeconds(monotonic[1]) : undefined;
  return since === undefined || uptime === undefined ? undefined : nowSeconds - uptime + since;
}

const unitSeconds: Readonly<Record<string, number>> = {
  us: 1e-6,
  ms: 1e-3,
  s: 1,
  min: 60,
  h: 3600,
  d: 86_400,
  w: 7 * 86_400,
  month: 2_629_800,
  y: 31_557_600,
};

/** A time span as systemd prints it (systemd.time(7)); undefined for "infinity" and the like. */
export function spanSeconds(text: string): number | undefined {
  if (!/^\s*(?:\d+(?:\.\d+)?\s*[a-z]+\s*)+$/u.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/gu)];
  let total = 0;
  for (const [, number, unit] of parts) {
    const seconds = unitSeconds[unit];
    if (seconds === undefined) return undefined;
    total += Number(number) * seconds;
  }
  return total;
}

function uptimeSeconds(): number | undefined {
  try {
    return Number.parseFloat(readFileSync('/proc/uptime', 'latin1'));
  } catch {
    return undefined;
  }
}
