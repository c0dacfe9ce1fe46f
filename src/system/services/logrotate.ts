/** What logrotate is told to do with which logs (logrotate(8)): read from its configuration, never run. */
import { fromText, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { pathPattern } from '../../model/path-pattern.ts';
import { parseSize } from '../../model/size.ts';
import { directoryNames } from '../directories/directory-names.ts';
import { readSmallFile } from '../files/file-tail.ts';

export interface RotationRule {
  /** The file it stands in. */
  readonly configuration: ByteString;
  /** Shell patterns of paths. */
  readonly patterns: readonly ByteString[];
  /** Generations that are kept; logrotate's own default is 0. */
  readonly rotate: number;
  /** "weekly"; undefined where only its size counts. */
  readonly schedule: string | undefined;
  /** A log larger than this is rotated at the next run, whatever the schedule (`size`, `maxsize`). */
  readonly sizeBytes: number | undefined;
  readonly compress: boolean;
}

const MAIN = fromText('/etc/logrotate.conf');
const MOST_FILES = 200;
/** A file may include itself. */
const MOST_DEPTH = 4;
/** As `tabooext` of logrotate: what package managers and editors leave beside what counts. */
const TABOO = /^\.|(?:~|,v|\.(?:bak|cfsaved|disabled|dpkg-\w+|rpm(?:save|orig|new)|sw[opx]|ucf-\w+))$/u;

/** Rules of /etc/logrotate.conf and what it includes; none where there is no logrotate. @param root where the settings of the machine begin. */
export function readRotationRules(root: ByteString = fromText('/')): RotationRule[] {
  // logrotate's own default: a log is rotated when it has more than 1 MiB, and nothing of it is kept.
  return parse(root, MAIN, { rotate: 0, schedule: undefined, sizeBytes: 2 ** 20, compress: false });
}

/** A file, or all in a directory (`include`). */
function include(root: ByteString, path: ByteString, global: Settings, depth: number): RotationRule[] {
  const names = directoryNames(joinPath(root, path));
  if (names.length === 0) return parse(root, path, { ...global }, depth);
  return names
    .filter((name) => !TABOO.test(name))
    .toSorted()
    .slice(0, MOST_FILES)
    .flatMap((name) => parse(root, joinPath(path, name), { ...global }, depth));
}

/** The rule that rotates the log `path`, or undefined where none names it. */
export function rotationRuleOf(rules: readonly RotationRule[], path: ByteString): RotationRule | undefined {
  return rules.find(({ patterns }) => patterns.some((pattern) => pathPattern(pattern)(path)));
}

interface Settings {
  rotate: number;
  schedule: string | undefined;
  sizeBytes: number | undefined;
  compress: boolean;
}

/** @param global settings outside of braces, changed by what stands there; they hold for what is included too. */
function parse(root: ByteString, configuration: ByteString, global: Settings, depth = 0): RotationRule[] {
  const rules: RotationRule[] = [];
  let patterns: ByteString[] = [];
  let block: Settings | undefined;
  let inScript = false;
  for (const raw of (readSmallFile(joinPath(root, configuration)) ?? '').split('\n')) {
    const line = raw.trim();
    if (inScript) {
      inScript = line !== 'endscript';
      continue;
    }
    if (line === '' || line.startsWith('#')) continue;
    if (/^(?:pre|post)rotate$|^(?:first|last)action$|^preremove$/u.test(line)) {
      inScript = true;
      continue;
    }
    for (const part of line.split(/([{}])/u)) {
      const text = part.trim();
      if (text === '{') block = { ...global };
      else if (text === '}') {
        if (block) rules.push({ configuration, patterns, ...block });
        patterns = [];
        block = undefined;
      } else if (block) apply(block, text);
      else if (/^["']?\//u.test(text)) patterns.push(...wordsOf(text));
      else if (text.startsWith('include ')) {
        if (depth < MOST_DEPTH)
          rules.push(...include(root, text.slice(8).trim() as ByteString, global, depth + 1));
      } else apply(global, text);
    }
  }
  return rules;
}

function apply(settings: Settings, line: string): void {
  const [word = '', value = ''] = line.split(/\s*=\s*|\s+/u);
  if (word === 'rotate' && /^-?\d+$/u.test(value)) settings.rotate = Number(value);
  else if (word === 'compress') settings.compress = true;
  else if (word === 'nocompress') settings.compress = false;
  else if (word === 'maxsize') settings.sizeBytes = parseSize(value);
  else if (word === 'size') {
    // Of `size` and a schedule the last one counts.
    settings.sizeBytes = parseSize(value);
    settings.schedule = undefined;
  } else if (['hourly', 'daily', 'weekly', 'monthly', 'yearly', 'annually'].includes(word)) {
    if (settings.schedule === undefined) settings.sizeBytes = undefined;
    settings.schedule = word === 'annually' ? 'yearly' : word;
  }
}

function wordsOf(line: string): ByteString[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/gu)].map(
    ([, double, single, bare]) => (double ?? single ?? bare) as ByteString,
  );
}
