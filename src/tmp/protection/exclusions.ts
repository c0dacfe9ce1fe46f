/** What tmpfiles.d lines say about units: `x` and `X` exclude, and a line of its own makes a path somebody's business. */
import { components, isInside, parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { isPattern, pathPattern } from '../../model/path-pattern.ts';
import type { TmpfilesLine } from '../tmpfiles/tmpfiles.ts';

/** Asks the filesystem which paths below `root` a pattern fits; `pattern` is relative to it. */
export type PathsBelow = (root: ByteString, pattern: string) => readonly ByteString[];

/** Types whose path is a pattern (tmpfiles.d(5)); to the others a star is a star. */
const PATTERN_TYPES = new Set('wexXrRzZtThHaAm');

/** `"x /tmp/podman-run-*" in /usr/lib/tmpfiles.d/podman.conf`: the line that keeps a unit. */
export interface Exclusion {
  readonly line: TmpfilesLine;
  /** What the line fits: the unit, something above it or something in it. */
  readonly where: 'itself' | 'above' | 'inside';
}

interface Rule {
  readonly line: TmpfilesLine;
  readonly depth: number;
  readonly fits: (path: ByteString) => boolean;
  /** The pattern's leading components that a unit at that depth must fit, one test per depth. */
  readonly fitsAbove: ReadonlyMap<number, (path: ByteString) => boolean>;
}

export class Exclusions {
  readonly #rules: readonly Rule[];
  readonly #pathsBelow: PathsBelow;

  constructor(lines: readonly TmpfilesLine[], pathsBelow: PathsBelow) {
    this.#rules = lines.map(ruleOf);
    this.#pathsBelow = pathsBelow;
  }

  /**
   * The first line that forbids deleting the unit as a whole. Lines for starting the system only (`r!`, `R!`, `D!`)
   * count too: they say when it may go, and that is not now.
   * @param root whose lines do not count: they speak of the root, not of its entries.
   */
  find(unit: ByteString, root: ByteString): Exclusion | undefined {
    const depth = components(unit).length;
    for (const rule of this.#rules) {
      if (rule.fits(unit)) return { line: rule.line, where: 'itself' };
      if (rule.line.type === 'x' && rule.depth < depth && this.#isBelow(rule, unit, root)) {
        return { line: rule.line, where: 'above' };
      }
      if (
        rule.depth > depth &&
        rule.fitsAbove.get(depth)?.(unit) === true &&
        this.#hasInside(rule, unit, depth)
      )
        return { line: rule.line, where: 'inside' };
    }
    return undefined;
  }

  #isBelow({ fits }: Rule, unit: ByteString, root: ByteString): boolean {
    for (let above = parentPath(unit); above !== '/'; above = parentPath(above)) {
      if (fits(above) && (above === root || isInside(root, above) || isInside(above, root))) return true;
    }
    return false;
  }

  #hasInside({ line }: Rule, unit: ByteString, depth: number): boolean {
    const rest = components(line.path).slice(depth).join('/');
    return this.#pathsBelow(unit, PATTERN_TYPES.has(line.type) ? rest : escaped(rest)).length > 0;
  }
}

function ruleOf(line: TmpfilesLine): Rule {
  const parts = components(line.path);
  const test = PATTERN_TYPES.has(line.type) ? pathPattern : plainTest;
  const fitsAbove = new Map<number, (path: ByteString) => boolean>();
  for (let depth = 1; depth < parts.length; depth++) {
    fitsAbove.set(depth, test(`/${parts.slice(0, depth).join('/')}` as ByteString));
  }
  return { line, depth: parts.length, fits: test(line.path), fitsAbove };
}

function plainTest(text: ByteString): (path: ByteString) => boolean {
  return (path) => path === text;
}

function escaped(text: string): string {
  return isPattern(text) ? text.replaceAll(/[*?[\]\\]/gu, '\\$&') : text;
}
