/** Reads logrotate's settings (logrotate.conf(5)): which rule a log falls under. */
import { parseSize } from '../../model/size.ts';
import { globPattern } from '../glob-pattern.ts';
import type { Settings } from './settings.ts';

export type Period = 'hourly' | 'daily' | 'weekly' | 'monthly' | 'yearly';

export interface LogrotateRule {
  /** The file it stands in. */
  readonly file: string;
  readonly patterns: readonly RegExp[];
  /** Undefined: only its size counts. */
  readonly period: Period | undefined;
  /** Rotated as soon as it is larger, at the next run. */
  readonly sizeBytes: number | undefined;
  /** Rotated copies kept. */
  readonly keeps: number;
}

interface Directives {
  period: Period | undefined;
  sizeBytes: number | undefined;
  keeps: number;
}

const MAIN = '/etc/logrotate.conf';
const PERIODS = new Set(['hourly', 'daily', 'weekly', 'monthly', 'yearly', 'annually']);
/** The names logrotate passes over in a directory that is included ("tabooext"). */
const TABOO =
  /(?:\.bak|~|,v|\.cfsaved|\.disabled|\.dpkg-\w+|\.rpmnew|\.rpmorig|\.rpmsave|\.sw[opx]|\.ucf-\w+)$/u;

export function readLogrotateRules(settings: Settings): LogrotateRule[] {
  const rules: LogrotateRule[] = [];
  // logrotate's own default is weekly.
  readFile(MAIN, { period: 'weekly', sizeBytes: undefined, keeps: 0 }, settings, rules);
  return rules;
}

/** What stands outside of braces holds for what follows, in included files too. */
function readFile(file: string, global: Directives, settings: Settings, rules: LogrotateRule[]): void {
  let patterns = '';
  let inside: Directives | undefined;
  let inScript = false;
  for (const full of (settings.read(file) ?? '').split('\n')) {
    const line = full.replace(/^\s*#.*/u, '').trim();
    if (inScript) {
      inScript = line !== 'endscript';
    } else if (inside) {
      if (line.startsWith('}')) {
        rules.push({ file, patterns: patternsOf(patterns), ...inside });
        inside = undefined;
        patterns = '';
      } else if (/^(?:pre|post)rotate$|^(?:first|last|pre)action$|^preremove$/u.test(line)) inScript = true;
      else apply(line, inside);
    } else if (line.startsWith('/') || line.startsWith('"') || line === '{') {
      const [names, body] = line.split('{', 2);
      patterns += ` ${names}`;
      if (body === undefined) continue;
      inside = { ...global };
      for (const directive of body.split('\n')) apply(directive.trim(), inside);
    } else if (line.startsWith('include ')) {
      include(line.slice(8).trim(), global, settings, rules);
    } else apply(line, global);
  }
}

function include(path: string, global: Directives, settings: Settings, rules: LogrotateRule[]): void {
  if (settings.has(path)) return readFile(path, { ...global }, settings, rules);
  for (const file of settings.list(path))
    if (!TABOO.test(file)) readFile(file, { ...global }, settings, rules);
}

function apply(line: string, to: Directives): void {
  const [name, value = ''] = line.split(/[\s=]+/u, 2);
  if (PERIODS.has(name)) {
    // Of `size` and a period the last one counts.
    if (to.period === undefined) to.sizeBytes = undefined;
    to.period = name === 'annually' ? 'yearly' : (name as Period);
  } else if (name === 'rotate') to.keeps = Number(value);
  else if (name === 'size') {
    to.sizeBytes = parseSize(value);
    to.period = undefined;
  } else if (name === 'maxsize') to.sizeBytes = parseSize(value);
}

function patternsOf(names: string): RegExp[] {
  return [...names.matchAll(/"([^"]+)"|(\S+)/gu)].map(([, quoted, bare]) => globPattern(quoted ?? bare));
}
