/** Lines of tmpfiles.d(5): what the system's own cleaner creates, removes, ages, or leaves alone. */
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

/** The values of specifiers (%b, %m, …); undefined where one cannot be had, so that a line with it is left out. */
export type Specifiers = (letter: string) => string | undefined;

/** The lines of a file; comments and what cannot be understood are left out, as systemd does. */
export function parseTmpfiles(text: ByteString, source: ByteString, specifiers: Specifiers): TmpfilesLine[] {
  return text.split('\n').flatMap((line) => {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) return [];
    const [action = '', pattern = '', , , , age] = fieldsOf(trimmed);
    if (!/^[A-Za-z][!+\-=~^$?]*$/u.test(action)) return [];
    const path = expand(pattern, specifiers);
    if (path === undefined || !path.startsWith('/')) return [];
    const plain = path.length > 1 ? path.replace(/\/+$/u, '') : path;
    return [
      {
        type: action[0],
        bootOnly: action.includes('!'),
        path: plain as ByteString,
        age: age === undefined || age === '-' ? undefined : age,
        source,
      },
    ];
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

/** Fields between blanks; quotes keep blanks together and a backslash escapes as in C. */
function fieldsOf(line: string): string[] {
  const fields: string[] = [];
  let field: string | undefined;
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const character = line[at];
    if (quote === '' && /\s/u.test(character)) {
      if (field !== undefined) fields.push(field);
      field = undefined;
    } else if (quote === '' && field === undefined && /["']/u.test(character)) {
      quote = character;
      field = '';
    } else if (character === quote) quote = '';
    else if (character === '\\') {
      const { text, length } = escapeAt(line, at);
      field = (field ?? '') + text;
      at += length - 1;
    } else field = (field ?? '') + character;
  }
  if (field !== undefined) fields.push(field);
  return fields;
}

const simpleEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  s: ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
};

/** An escape that is none stays as it is: the backslash then belongs to the pattern. */
function escapeAt(line: string, at: number): { text: string; length: number } {
  const hexadecimal = /^\\x([0-9a-fA-F]{2})/u.exec(line.slice(at, at + 4));
  if (hexadecimal) return { text: String.fromCodePoint(Number.parseInt(hexadecimal[1], 16)), length: 4 };
  const octal = /^\\([0-3][0-7]{2})/u.exec(line.slice(at, at + 4));
  if (octal) return { text: String.fromCodePoint(Number.parseInt(octal[1], 8)), length: 4 };
  const simple = simpleEscapes[line[at + 1] ?? ''];
  return simple === undefined ? { text: '\\', length: 1 } : { text: simple, length: 2 };
}

function expand(pattern: string, specifiers: Specifiers): string | undefined {
  let known = true;
  const text = pattern.replaceAll(/%(.)/gu, (_, letter: string) => {
    if (letter === '%') return '%';
    const value = specifiers(letter);
    if (value === undefined) known = false;
    return value ?? '';
  });
  return known ? text : undefined;
}
