/** Which program wrote a line, where a log has the lines of several: a syslog, a journal, the output of a group of containers. */
import { lineText } from '../lines/line-text.ts';
import type { LogView } from '../reading/log-view.ts';
import type { Template } from '../patterns/template.ts';

export interface ProgramView extends LogView {
  readonly name: string;
  /** Of all lines and bytes read, 0–1. */
  readonly share: number;
  readonly byteShare: number;
}

/** `web-1  | `, as compose, foreman and (after a number) pm2 write it. */
const piped = /^(?:\d+\|)?([A-Za-z][\w.@/-]{0,60}?)\s*\|\s/u;
/** `[pod/web-7c9f/app] `, as kubectl logs --prefix does. */
const podded = /^\[((?:pod|service)\/[\w./-]+)\] /u;
/** `host ident[pid]: ` behind a time (RFC 3164); OpenWrt has `facility.level` in the place of the host. */
const tagged = /^[\])]?[\s:]\s*(?:\S+ )?([A-Za-z][\w.@/-]{0,60})(?:\([\w.-]+\))?\[\d+\](?::|\t)/u;
const ofKernel = /^ \S+ (kernel): /u;
const untagged =
  /^ (?!(?:DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|TRACE)\b)[\w.-]+ ([A-Za-z][\w./-]{0,40}): /u;
/** A journal's entries as diskwhy unwraps them. */
const journalled = /^([A-Za-z][\w.@/-]{0,60})\[\d+\]: /u;
/** What systemd says of a unit is told of that. */
const ofUnit = /^(?:.*\bsystemd(?:\[\d+\])?: )([\w@.\\-]+)\.service: /u;

const HEAD_BYTES = 160;
/** Programs that are judged by themselves: those with the most lines. */
const MOST_PROGRAMS = 8;
const LEAST_SHARE = 0.1;
/** Of the lines, some program's. */
const MOST_NAMED = 0.6;

/** Null where the line does not say. */
export function programOf({ sample, stampStart, stampEnd, slots }: Template): string | null {
  const head = lineText(sample.subarray(0, HEAD_BYTES));
  const unit = ofUnit.exec(head);
  if (unit !== null) return unit[1];
  const prefix = (piped.exec(head) ?? podded.exec(head))?.[1];
  if (prefix !== undefined)
    return slots.some(({ token, constant }) => token === 0 && !constant) ? null : prefix;
  if (stampEnd <= stampStart) return journalled.exec(head)?.[1] ?? null;
  if (stampStart > 8) return null;
  const behind = lineText(sample.subarray(stampEnd, stampEnd + HEAD_BYTES));
  const line = piped.exec(behind.trimStart()) ?? tagged.exec(behind) ?? ofKernel.exec(behind);
  if (line !== null) return line[1];
  // Only a month's name at its beginning makes it a syslog's line.
  return isLetter(sample[stampStart]) ? (untagged.exec(behind)?.[1] ?? null) : null;
}

function isLetter(byte: number): boolean {
  return (byte | 32) >= 97 && (byte | 32) <= 122;
}

/** Those that make a share worth telling, the largest first; none where the log is one program's. */
export function programsIn(whole: LogView): ProgramView[] {
  const byKey = new Map<string, { name: string; templates: Template[] }>();
  for (const template of whole.templates) {
    const name = template.count > 0 ? programOf(template) : null;
    if (name === null) continue;
    // The unit mariadb runs mariadbd, and crond writes as CRON.
    const key = name.toLowerCase().replace(/d$/u, '');
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, { name, templates: [template] });
    else known.templates.push(template);
  }
  const bytes = sumOf(whole.templates, (one) => one.bytes);
  const parts = [...byKey.values()].map(({ name, templates }) => ({
    name,
    templates,
    lines: sumOf(templates, (one) => one.lines),
  }));
  const named = parts.reduce((sum, { lines }) => sum + lines, 0);
  if (parts.length < 2 || named < MOST_NAMED * whole.weight) return [];
  return parts
    .toSorted((a, b) => b.lines - a.lines)
    .slice(0, MOST_PROGRAMS)
    .map(({ name, templates, lines }) => partOf(whole, { name, templates, lines, bytes }))
    .filter(({ share, byteShare }) => share >= LEAST_SHARE || byteShare >= LEAST_SHARE);
}

function partOf(
  whole: LogView,
  {
    name,
    templates,
    lines,
    bytes,
  }: { name: string; templates: readonly Template[]; lines: number; bytes: number },
): ProgramView {
  const serials = new Set(templates.map(({ serial }) => serial));
  const first = Math.min(
    ...templates.map(({ cadence }) => cadence.first).filter((one) => !Number.isNaN(one)),
  );
  const last = Math.max(...templates.map(({ cadence }) => cadence.last).filter((one) => !Number.isNaN(one)));
  return {
    name,
    templates,
    sequence: whole.sequence.filter((serial) => serials.has(serial)),
    lines,
    weight: lines,
    records: sumOf(templates, (one) => one.count),
    spanSeconds: last >= first ? last - first : null,
    share: lines / Math.max(1, whole.weight),
    byteShare: sumOf(templates, (one) => one.bytes) / Math.max(1, bytes),
  };
}

function sumOf(templates: readonly Template[], of: (one: Template) => number): number {
  return templates.reduce((sum, one) => sum + of(one), 0);
}
