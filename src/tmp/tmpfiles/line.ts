/** Lines of tmpfiles.d(5): what the system's own cleaner creates, removes, ages, or leaves alone. */
import { fromText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

export interface TmpfilesLine {
  /** The first letter: `x`, `X`, `d`, `q`, `r`… */
  readonly type: string;
  /** `!`: counts while the system starts only. */
  readonly bootOnly: boolean;
  /** Specifiers put in; a pattern for most types. */
  readonly path: ByteString;
  /** As it stands there; undefined for "-" or nothing. */
  readonly age: string | undefined;
  /** The file it is in. */
  readonly source: ByteString;
}

/** The values of specifiers (%b, %m, …); undefined where one cannot be had: it then stands for anything, or its line is left out. */
export type Specifiers = (letter: string) => string | undefined;

/** The lines of a file; comments and what cannot be understood are left out, as systemd does. */
export function parseTmpfiles(text: ByteString, source: ByteString, specifiers: Specifiers): TmpfilesLine[] {
  return text.split('\n').flatMap((line) => {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) return [];
    const [action = '', pattern = '', , , , age] = fieldsOf(trimmed, true);
    if (!/^[A-Za-z][!+\-=~^$?]*$/u.test(action)) return [];
    const excludes = EXCLUDES.has(action[0]);
    // Until version 252 systemd only took a backslash away: an exclusion holds both ways.
    const other = excludes && trimmed.includes('\\') ? fieldsOf(trimmed, false).at(1) : pattern;
    return [...new Set([pattern, other ?? pattern])].flatMap((one) => {
      const path = expand(one, specifiers, excludes);
      if (path === undefined || !path.startsWith('/')) return [];
      return {
        type: action[0],
        bootOnly: action.includes('!'),
        path: simplified(path),
        age: age === undefined || age === '-' ? undefined : age,
        source,
      };
    });
  });
}

/** An age field (tmpfiles.d(5)): which timestamps of files (lower case) and directories (upper case), and how old. */
export interface AgeField {
  /** Letters of `abcmABCM`, each once; all but C where the field names none. */
  readonly by: string;
  readonly seconds: number;
  /** `~`: the first level stays. */
  readonly keepFirstLevel: boolean;
}

const DEFAULT_BY = 'abcmABM';

/**
 * Parses an age field: `10d`, `~10d`, `bmA:1h`.
 * @param spanSeconds reads a time span; undefined where it is none.
 */
export function parseAgeField(
  field: string,
  spanSeconds: (text: string) => number | undefined,
): AgeField | undefined {
  const keepFirstLevel = field.startsWith('~');
  const rest = keepFirstLevel ? field.slice(1) : field;
  const colon = rest.indexOf(':');
  const letters = rest.slice(0, Math.max(0, colon)).replaceAll(/\s/gu, '');
  if (colon >= 0 && !/^[abcmABCM]+$/u.test(letters)) return undefined;
  const span = rest.slice(colon + 1).trim();
  // A bare number is seconds (systemd.time(7)).
  const seconds = /^\d+$/u.test(span) ? Number(span) : spanSeconds(span);
  if (seconds === undefined) return undefined;
  const by = colon < 0 ? DEFAULT_BY : [...new Set(letters)].join('');
  return { by, seconds, keepFirstLevel };
}

/** Fields between blanks; quotes keep blanks together and a backslash `escapes` as in C, or else only quotes. */
function fieldsOf(line: string, escapes: boolean): string[] {
  const fields: string[] = [];
  let field: string | undefined;
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const character = line[at];
    if (quote === '' && /\s/u.test(character)) {
      if (field !== undefined) fields.push(field);
      field = undefined;
    } else if (quote === '' && /["']/u.test(character)) {
      quote = character;
      field ??= '';
    } else if (character === quote) quote = '';
    else if (character === '\\') {
      const { text, length } = escapes ? escapeAt(line, at) : { text: line[at + 1] ?? '', length: 2 };
      field = (field ?? '') + text;
      at += length - 1;
    } else field = (field ?? '') + character;
  }
  if (field !== undefined) fields.push(field);
  return fields;
}

/** As C has them, and `\\s` (extract-word.c of systemd). */
const simpleEscapes: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  s: ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
};

/** An escape that is none stays as it is: the backslash then belongs to the pattern. */
function escapeAt(line: string, at: number): { text: string; length: number } {
  const rest = line.slice(at, at + 10);
  const [byte, hexadecimal, octal] = /^\\(?:x([0-9a-fA-F]{2})|([0-3][0-7]{2}))/u.exec(rest) ?? [];
  if (byte !== undefined) {
    const code = octal === undefined ? Number.parseInt(hexadecimal, 16) : Number.parseInt(octal, 8);
    return { text: String.fromCodePoint(code), length: byte.length };
  }
  const [unicode, short, long] = /^\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/u.exec(rest) ?? [];
  const point = Number.parseInt(long ?? short ?? '', 16);
  if (unicode !== undefined && point <= MOST_UNICODE)
    return { text: fromText(String.fromCodePoint(point)), length: unicode.length };
  const simple = simpleEscapes[line[at + 1] ?? ''];
  return simple === undefined ? { text: '\\', length: 1 } : { text: simple, length: 2 };
}

const MOST_UNICODE = 0x10_ffff;

/** Types that keep things: where it cannot be told what they name, they had better name more. */
const EXCLUDES = new Set(['x', 'X']);

/** A letter that stands for nothing stays as it is written, as systemd leaves it. */
function expand(pattern: string, specifiers: Specifiers, excludes: boolean): string | undefined {
  let known = true;
  const text = pattern.replaceAll(/%(.)/gsu, (whole, letter: string) => {
    if (letter === '%') return '%';
    if (!LETTERS.test(letter)) return whole;
    const value = specifiers(letter);
    if (value !== undefined) return value;
    known = excludes;
    return '*';
  });
  return known ? text : undefined;
}

/** Specifiers of tmpfiles.d(5). */
const LETTERS = /^[aAbBCgGhHlLmMoStTuUvVwW]$/u;

/** Without what the kernel passes over: `//`, `/./`, a slash or a dot at the end (path_simplify of systemd). */
function simplified(path: string): ByteString {
  return `/${path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')}` as ByteString;
}
