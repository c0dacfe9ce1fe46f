/** Shell patterns on paths as glob(7) means them: what tmpfiles.d, logrotate and supervisord are set up with. */
import type { ByteString } from './byte-string.ts';

/** Whether the pattern has anything but plain text. */
export function isPattern(text: string): boolean {
  return /[*?[\\]/u.test(text);
}

/** A test for whole paths: `*` and `?` stop at slashes and do not match a dot at the start of a name. */
export function pathPattern(pattern: ByteString): (path: ByteString) => boolean {
  const expression = compile(expressionOf(pattern));
  return (path) => expression.test(path);
}

/** A test for single names; a leading dot is nothing special. */
export function namePattern(pattern: string): (name: ByteString) => boolean {
  const expression = compile(expressionOf(pattern, true));
  return (name) => expression.test(name);
}

/** A pattern that cannot be one, as "[z-a]", matches nothing. */
function compile(expression: string): RegExp {
  try {
    return new RegExp(`^${expression}$`, 'su');
  } catch {
    return /(?!)/u;
  }
}

function expressionOf(pattern: string, dots = false): string {
  let expression = '';
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at];
    const noDot = dots || (at > 0 && pattern[at - 1] !== '/') ? '' : '(?!\\.)';
    if (character === '*') expression += `${noDot}[^/]*`;
    else if (character === '?') expression += `${noDot}(?:[^/]|${SEVERAL_BYTES})`;
    else if (character === '\\' && at + 1 < pattern.length) expression += literal(pattern[++at]);
    else if (character === '[') {
      const set = setAt(pattern, at);
      expression += set ? `${noDot}${set.expression}` : '\\[';
      if (set) at = set.end;
    } else expression += literal(character);
  }
  return expression;
}

/** The bracket expression that begins at `start`; undefined where it is not closed, so that `[` means itself. */
function setAt(pattern: string, start: number): { expression: string; end: number } | undefined {
  const negated = pattern[start + 1] === '!' || pattern[start + 1] === '^';
  const from = start + (negated ? 2 : 1);
  let members = '';
  // A bracket right behind the opening one is a member.
  for (let at = from; at < pattern.length; at++) {
    const character = pattern[at];
    if (character === ']' && at > from) {
      const set = `[${negated ? '^' : ''}${members}]`;
      // A character of several bytes is one to fnmatch(3) in a UTF-8 locale, and as many as it has in the C locale.
      const several = negated ? `|${SEVERAL_BYTES}` : /[\u0080-\u00ff]/u.test(members) ? `|${set}{2,4}` : '';
      return { expression: `(?!/)(?:${set}${several})`, end: at };
    }
    const named = character === '[' ? /^\[([:.=])(.*?)\1\]/su.exec(pattern.slice(at)) : undefined;
    if (named) {
      const [whole, kind, name] = named;
      members += kind === ':' ? classOf(name, negated) : name.replaceAll(/./gsu, member);
      at += whole.length - 1;
    } else if (character === '\\' && at + 1 < pattern.length) members += member(pattern[++at]);
    else members += character === '-' ? '-' : member(character);
  }
  return undefined;
}

/** What a class has; where it is what must not be, bytes beyond ASCII are left to the C locale, which has them in none. */
function classOf(name: string, negated: boolean): string {
  const members = classes[name] ?? '';
  return negated ? members.replace(BEYOND_ASCII, '') : members;
}

const BEYOND_ASCII = String.raw`\u0080-\u00ff`;

/** Classes of characters by name (wctype(3)); letters that are not ASCII belong to those of letters. */
const classes: Readonly<Record<string, string>> = {
  alpha: String.raw`A-Za-z\u0080-\u00ff`,
  lower: String.raw`a-z\u0080-\u00ff`,
  upper: String.raw`A-Z\u0080-\u00ff`,
  alnum: String.raw`0-9A-Za-z\u0080-\u00ff`,
  digit: '0-9',
  xdigit: '0-9A-Fa-f',
  blank: String.raw` \t`,
  space: String.raw` \t-\r`,
  cntrl: String.raw`\u0000-\u001f\u007f`,
  punct: String.raw`!-\/:-@\[-\`{-~\u0080-\u00ff`,
  graph: String.raw`!-~\u0080-\u00ff`,
  print: String.raw` -~\u0080-\u00ff`,
};

const SEVERAL_BYTES = String.raw`[\u00c2-\u00f4][\u0080-\u00bf]{1,3}`;

function member(character: string): string {
  return /[\\\]^[-]/u.test(character) ? `\\${character}` : character;
}

function literal(character: string): string {
  return /[\^$\\.*+?()[\]{}|/]/u.test(character) ? `\\${character}` : character;
}
