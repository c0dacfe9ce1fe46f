/** What logrotate is told to do with which logs (logrotate(8)): read from its configuration, never run. */
import { fromText, joinPath } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { parseSize } from '../model/size.ts';
import { directoryNames } from './directory-names.ts';
import { readFileStart } from './file-start.ts';

export interface RotationRule {
  /** The file it stands in. */
  readonly configuration: ByteString;
  /** Shell patterns of paths. */
  readonly patterns: readonly ByteString[];
  /** Generations that are kept; logrotate's own default is 0. */
  readonly rotate: number;
  /** "weekly", where it says how often; undefined where it does not. */
  readonly schedule: string | undefined;
  /** A log larger than this is rotated at the next run, whatever the schedule (`size`, `maxsize`). */
  readonly sizeBytes: number | undefined;
  /** `size`: the schedule does not count. */
  readonly bySizeOnly: boolean;
  readonly compress: boolean;
}

const MAIN = fromText('etc/logrotate.conf');
const DROP_INS = fromText('etc/logrotate.d');
const MOST_FILES = 200;
const MOST_BYTES = 2 ** 16;

/** Rules of /etc/logrotate.conf and /etc/logrotate.d; none where there is no logrotate. @param root where the settings of the machine begin. */
export function readRotationRules(root: ByteString = fromText('/')): RotationRule[] {
  const defaults: Settings = {
    rotate: 0,
    schedule: undefined,
    sizeBytes: undefined,
    bySizeOnly: false,
    compress: false,
  };
  const dropIns = joinPath(root, DROP_INS);
  // What stands outside of braces in the main file is every file's default.
  const main = parse(joinPath(root, MAIN), defaults);
  const names = directoryNames(dropIns).toSorted().slice(0, MOST_FILES);
  return [
    ...main,
    ...names
      // As `tabooext` of logrotate: what package managers leave beside what counts.
      .filter((name) => !/^\.|~$|\.(?:dpkg-\w+|rpm(?:save|orig|new)|ucf-\w+|bak|disabled|swp)$/u.test(name))
      .flatMap((name) => parse(joinPath(dropIns, name), { ...defaults })),
  ];
}

/** The rule that rotates the log `path`, or undefined where none names it. */
export function rotationRuleOf(rules: readonly RotationRule[], path: ByteString): RotationRule | undefined {
  return rules.find(({ patterns }) => patterns.some((pattern) => matches(pattern, path)));
}

interface Settings {
  rotate: number;
  schedule: string | undefined;
  sizeBytes: number | undefined;
  bySizeOnly: boolean;
  compress: boolean;
}

/** @param global settings outside of braces, changed by what stands there. */
function parse(configuration: ByteString, global: Settings): RotationRule[] {
  const rules: RotationRule[] = [];
  let patterns: ByteString[] = [];
  let block: Settings | undefined;
  let inScript = false;
  for (const raw of (readFileStart(configuration, MOST_BYTES) ?? '').split('\n')) {
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
      else apply(global, text);
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
    settings.bySizeOnly = true;
  } else if (['hourly', 'daily', 'weekly', 'monthly', 'yearly'].includes(word)) {
    if (settings.bySizeOnly) settings.sizeBytes = undefined;
    settings.bySizeOnly = false;
    settings.schedule = word;
  }
}

function wordsOf(line: string): ByteString[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/gu)].map(
    ([, double, single, bare]) => (double ?? single ?? bare) as ByteString,
  );
}

/** glob(7) without braces: `*`, `?` and `[…]` never match a slash. */
function matches(pattern: ByteString, path: ByteString): boolean {
  const expression = pattern.replaceAll(/\[[^\]]+\]|[\s\S]/gu, (part) => {
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (part.length > 1) return part.replace(/^\[!/u, '[^').replaceAll('\\', String.raw`\\`);
    return part.replace(/[$()*+.?[\\\]^{|}]/u, String.raw`\$&`);
  });
  try {
    return new RegExp(`^${expression}$`, 'u').test(path);
  } catch {
    return pattern === path;
  }
}
