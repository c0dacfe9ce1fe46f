/** When logrotate will next rotate a log, and how much it keeps. */
import type { ByteString } from '../../../model/byte-string.ts';
import type { GrowthCap } from '../../../model/growth-cap.ts';
import { rotationRuleOf } from '../../../system/services/logrotate.ts';
import type { RotationRule } from '../../../system/services/logrotate.ts';
import type { Settings } from './settings.ts';

const DAY = 86_400;
const scheduleDays: Readonly<Record<string, number>> = {
  hourly: 0,
  daily: 1,
  weekly: 7,
  monthly: 28,
  yearly: 365,
};

export function logrotateCaps(
  path: ByteString,
  nowSeconds: number,
  rules: readonly RotationRule[],
  settings: Settings,
): GrowthCap[] {
  const rule = rotationRuleOf(rules, path);
  if (!rule) return [];
  const run = nextRun(nowSeconds, settings);
  const inSeconds = (at: number): number => dueSeconds(path, rule, at, nowSeconds, settings) - nowSeconds;
  return [
    {
      by: 'logrotate',
      schedule: rule.schedule,
      fromBytes: rule.sizeBytes,
      copies: Math.max(0, rule.rotate),
      next: run && { inSeconds: inSeconds(run.atSeconds), startedBy: run.by },
    },
  ];
}

/** A run rotates only what is due by then. */
function dueSeconds(
  path: ByteString,
  { schedule, sizeBytes }: RotationRule,
  runSeconds: number,
  nowSeconds: number,
  settings: Settings,
): number {
  if (sizeBytes !== undefined || schedule === undefined) return runSeconds;
  const status =
    settings.read('/var/lib/logrotate/status') ?? settings.read('/var/lib/logrotate/logrotate.status');
  const last = lastRotation(status ?? '', path);
  // What was never rotated is noted by the first run and rotated a period later.
  const earliest = (last ?? nowSeconds) + ((scheduleDays[schedule] ?? 1) - 0.5) * DAY;
  let due = runSeconds;
  while (due < earliest) due += DAY;
  return due;
}

/** `"/var/log/syslog" 2026-11-22-6:25:1` in local time. */
function lastRotation(status: string, path: ByteString): number | undefined {
  const line = status.split('\n').find((one) => one.startsWith(`"${path}" `));
  const [year, month, day, hour] = (line?.slice(path.length + 3) ?? '').split(/[-:]/u).map(Number);
  return day === undefined ? undefined : new Date(year, month - 1, day, hour ?? 0).getTime() / 1000;
}

interface Run {
  readonly atSeconds: number;
  readonly by: string;
}

/** systemd's timer where systemd runs, cron otherwise; undefined where neither starts it. */
function nextRun(nowSeconds: number, settings: Settings): Run | undefined {
  if (settings.list('/run/systemd').includes('/run/systemd/system')) {
    const timer =
      settings.read('/etc/systemd/system/logrotate.timer') ??
      settings.read('/lib/systemd/system/logrotate.timer');
    const calendar = /^\s*OnCalendar\s*=\s*(.+?)\s*$/mu.exec(timer ?? '')?.[1];
    if (calendar !== undefined)
      return { atSeconds: nextCalendar(calendar, nowSeconds), by: 'logrotate.timer' };
  }
  if (settings.has('/etc/cron.hourly/logrotate'))
    return { atSeconds: nextTime(undefined, 17, nowSeconds), by: 'cron.hourly' };
  if (!settings.has('/etc/cron.daily/logrotate')) return undefined;
  const [, minute, hour] =
    /^\s*(\d+)\s+(\d+)\s.*cron\.daily/mu.exec(settings.read('/etc/crontab') ?? '') ?? [];
  return { atSeconds: nextTime(Number(hour ?? 6), Number(minute ?? 25), nowSeconds), by: 'cron.daily' };
}

function nextCalendar(calendar: string, nowSeconds: number): number {
  if (calendar === 'hourly') return nextTime(undefined, 0, nowSeconds);
  const [, hour, minute] = /(\d\d?):(\d\d)/u.exec(calendar) ?? [];
  return nextTime(Number(hour ?? 0), Number(minute ?? 0), nowSeconds);
}

/** The next such time of day, or of any hour. */
function nextTime(hour: number | undefined, minute: number, nowSeconds: number): number {
  const time = new Date(nowSeconds * 1000);
  time.setHours(hour ?? time.getHours(), minute, 0, 0);
  const step = hour === undefined ? 3600 : DAY;
  const atSeconds = time.getTime() / 1000;
  return atSeconds > nowSeconds ? atSeconds : atSeconds + step;
}
