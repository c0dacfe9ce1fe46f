/** What the system's own cleaner does in a directory, and when it runs next: why something is still there. */
import type { ByteString } from '../../model/byte-string.ts';
import type { CleanerPolicy } from '../../model/tmp-report.ts';
import { spanSeconds } from '../../system/services/cleaner-schedule.ts';
import { readText } from '../../system/services/config-files.ts';
import { parseAgeField } from '../tmpfiles/tmpfiles.ts';
import type { TmpfilesLine } from '../tmpfiles/tmpfiles.ts';

/** Types that age what is in their directory (tmpfiles.d(5)). */
const AGEING = new Set('dDevqQC');

/** @param nextRunAt of systemd-tmpfiles-clean; undefined where it is not known. */
export function tmpfilesPolicy(
  lines: readonly TmpfilesLine[],
  root: ByteString,
  nextRunAt: number | undefined,
): CleanerPolicy | undefined {
  // Of several lines for one path the first counts.
  const line = lines.find((one) => one.path === root && AGEING.has(one.type) && !one.bootOnly);
  if (!line) return undefined;
  const age = line.age === undefined ? undefined : parseAgeField(line.age, spanSeconds);
  const cleaner = 'systemd-tmpfiles';
  if (age) return { cleaner, ageMs: age.seconds * 1000, source: line.source, nextRunAt };
  // `D` without an age: emptied when the system starts.
  return line.type === 'D'
    ? { cleaner, ageMs: undefined, source: line.source, nextRunAt: undefined }
    : undefined;
}

/** tmpreaper or tmpwatch, as Debian and Red Hat ran them from cron. */
export function cronPolicy(root: ByteString): CleanerPolicy | undefined {
  return tmpreaperPolicy(readText(TMPREAPER), root) ?? tmpwatchPolicy(readText(TMPWATCH), root);
}

const TMPREAPER = '/etc/tmpreaper.conf';
const TMPWATCH = '/etc/cron.daily/tmpwatch';
const DAY_MS = 86_400_000;

/** Shell assignments; it does nothing while SHOWWARNING is true. */
export function tmpreaperPolicy(text: ByteString | undefined, root: ByteString): CleanerPolicy | undefined {
  if (text === undefined || /^\s*SHOWWARNING=true/mu.test(text)) return undefined;
  const value = (name: string): string | undefined =>
    new RegExp(`^\\s*${name}=['"]?([^'"\\n]*)`, 'mu').exec(text)?.[1];
  const directories = (value('TMPREAPER_DIRS') ?? '/tmp/.').split(/\s+/u);
  if (!directories.some((one) => one.replace(/\/\.?$/u, '') === root)) return undefined;
  const seconds = spanSeconds(value('TMPREAPER_TIME') ?? '7d');
  if (seconds === undefined) return undefined;
  return {
    cleaner: 'tmpreaper',
    ageMs: seconds * 1000,
    source: TMPREAPER as ByteString,
    nextRunAt: undefined,
  };
}

/** A script with lines like `/usr/sbin/tmpwatch "$flags" -x /tmp/.X11-unix 10d /tmp`. */
export function tmpwatchPolicy(text: ByteString | undefined, root: ByteString): CleanerPolicy | undefined {
  const joined = text?.replaceAll(/\\\n/gu, ' ') ?? '';
  for (const line of joined.split('\n')) {
    if (!/^\s*(?:\S*\/)?tmpwatch\b/u.test(line)) continue;
    const words = line.trim().split(/\s+/u);
    const at = words.lastIndexOf(root);
    const age = /^(\d+)([dhms]?)$/u.exec(
      words.slice(0, at).findLast((word) => /^\d+[dhms]?$/u.test(word)) ?? '',
    );
    if (at < 0 || !age) continue;
    const unit = { d: DAY_MS, h: DAY_MS / 24, m: 60_000, s: 1000, '': DAY_MS / 24 }[age[2]] ?? DAY_MS / 24;
    return {
      cleaner: 'tmpwatch',
      ageMs: Number(age[1]) * unit,
      source: TMPWATCH as ByteString,
      nextRunAt: undefined,
    };
  }
  return undefined;
}
