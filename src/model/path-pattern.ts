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
    else if (character === '?') expression += `${noDot}[^/]`;
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
  // A bracket right behind the opening one is a member.
  const end = pattern.indexOf(']', from + 1);
  if (end < 0) return undefined;
  const members = pattern.slice(from, end).replaceAll(/[\\\]^&[]/gu, '\\$&');
  return { expression: `(?!/)[${negated ? '^' : ''}${members}]`, end };
}

function literal(character: string): string {
  return /[\^$\\.*+?()[\]{}|/]/u.test(character) ? `\\${character}` : character;
}
