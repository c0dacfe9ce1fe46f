/** Patterns made concrete for one machine: homes and variables put in, braces spelled out, globs left as they are. */
import { variables } from './variables.ts';

/** Whose places to look for: everything a pattern's start can depend on, passed in as data. */
export interface Household {
  readonly platform: 'linux' | 'darwin';
  /** Home directories, absolute. */
  readonly homes: readonly string[];
  /** Environment variables, in the same encoding as the paths that will be asked about. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** One path component: plain text, or a glob. */
export interface Part {
  readonly text: string;
  readonly glob: boolean;
}

export interface Expanded {
  /** `**` stands in front: the place may be anywhere. */
  readonly floating: boolean;
  readonly parts: readonly Part[];
  /** The path starts with the value of a variable, so it is only as trustworthy as whoever set it. */
  readonly fromVariable: boolean;
}

const literal = (text: string): Part => ({ text, glob: false });
const fromPattern = (text: string): Part => ({ text, glob: /[*?[]/u.test(text) });
const isSet = (value: string | undefined): value is string => value !== undefined && value.startsWith('/');

/** The components of an absolute path; undefined where `.` or `..` would make it mean something else. */
function literalParts(path: string): Part[] | undefined {
  const names = path.split('/').filter((name) => name !== '');
  return names.includes('.') || names.includes('..') ? undefined : names.map(literal);
}

/** `a{b,c}d` → `abd`, `acd`; several braces multiply, none nest. */
export function spellOut(pattern: string): string[] {
  const match = /^([^{}]*)\{([^{}]*)\}(.*)$/su.exec(pattern);
  if (!match) return [pattern];
  const [, before = '', choices = '', after = ''] = match;
  return choices.split(',').flatMap((choice) => spellOut(`${before}${choice}${after}`));
}

/**
 * Makes patterns concrete in `household`: one expansion per home, per variable that is set, and per default. The
 * function it returns remembers what each start means, because hundreds of patterns share a few.
 */
export function expander(household: Household): (pattern: string) => Expanded[] {
  const starts = new Map<string, readonly Expanded[]>();
  const startsOf = (start: string): readonly Expanded[] => {
    const known = starts.get(start) ?? startIn(household, start, expand);
    starts.set(start, known);
    return known;
  };
  const expand = (pattern: string): Expanded[] =>
    spellOut(pattern).flatMap((one) => {
      const [start = '', ...rest] = one.split('/');
      const tail = rest.map(fromPattern);
      return startsOf(start).map(({ floating, parts, fromVariable }) => ({
        floating,
        parts: [...parts, ...tail],
        fromVariable,
      }));
    });
  return expand;
}

function at(path: string, fromVariable: boolean): Expanded[] {
  const parts = literalParts(path);
  return parts ? [{ floating: false, parts, fromVariable }] : [];
}

/** What the first component of a pattern stands for. */
function startIn(
  { homes, environment, platform }: Household,
  start: string,
  expand: (pattern: string) => Expanded[],
): Expanded[] {
  if (start === '') return [{ floating: false, parts: [], fromVariable: false }];
  if (start === '**') return [{ floating: true, parts: [], fromVariable: false }];
  if (start === '~') return homes.filter(isSet).flatMap((home) => at(home, false));
  const variable = start.startsWith('$') ? variables[start.slice(1)] : undefined;
  if (!variable) throw new Error(`a catalogue pattern cannot start with ${start}`);
  const value = environment[start.slice(1)] ?? '';
  const values = variable.separator === undefined ? [value] : value.split(variable.separator);
  const defaults = platform === 'darwin' ? variable.macos : variable.linux;
  return [...values.filter(isSet).flatMap((path) => at(path, true)), ...defaults.flatMap(expand)];
}
