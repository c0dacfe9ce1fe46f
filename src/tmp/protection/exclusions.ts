/** What tmpfiles.d lines say about units: `x` and `X` exclude, and a line of its own makes a path somebody's business. */
import { components, isInside, parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { FileId } from '../../model/file-id.ts';
import { isPattern, pathPattern } from '../../model/path-pattern.ts';
import { idsOfPath } from '../../system/files/ids-of-path.ts';
import { pathsFitting } from '../../system/directories/paths-fitting.ts';
import type { PathPart } from '../../system/directories/paths-fitting.ts';
import { realPath } from '../../system/calls/real-path.ts';
import type { TmpfilesLine } from '../tmpfiles/tmpfiles.ts';

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
  readonly parts: readonly ByteString[];
  readonly fits: (path: ByteString) => boolean;
  /** The pattern's leading components that a unit at that depth must fit, one test per depth. */
  readonly fitsAbove: ReadonlyMap<number, (path: ByteString) => boolean>;
}

export class Exclusions {
  readonly #rules: readonly Rule[];
  /** What the lines name now, whatever it is called elsewhere. */
  readonly ids: ReadonlyMap<FileId, TmpfilesLine>;

  constructor(lines: readonly TmpfilesLine[]) {
    this.#rules = lines.flatMap((line) => pathsOf(line).map((path) => ruleOf(line, path)));
    const ids = new Map<FileId, TmpfilesLine>();
    for (const line of lines) {
      const parts = components(line.path).map((part) => partOf(part, line));
      for (const path of pathsFitting(parts)) {
        for (const id of idsOfPath(path)) if (!ids.has(id)) ids.set(id, line);
      }
    }
    this.ids = ids;
  }

  /**
   * The first line that forbids deleting the unit as a whole. Lines for starting the system only (`r!`, `R!`, `D!`)
   * count too: they say when it may go, and that is not now.
   * @param root whose lines do not count: they speak of the root, not of its entries.
   */
  find(unit: ByteString, root: ByteString): Exclusion | undefined {
    const depth = components(unit).length;
    for (const rule of this.#rules) {
      const { line, parts } = rule;
      if (rule.fits(unit)) return { line, where: 'itself' };
      if (line.type === 'x' && parts.length < depth && isAbove(rule, unit, root))
        return { line, where: 'above' };
      const mayBeInside = parts.length > depth && rule.fitsAbove.get(depth)?.(unit) === true;
      if (mayBeInside && hasInside(rule, unit, depth)) return { line, where: 'inside' };
    }
    return undefined;
  }
}

function isAbove({ fits }: Rule, unit: ByteString, root: ByteString): boolean {
  for (let above = parentPath(unit); above !== '/'; above = parentPath(above)) {
    if (fits(above) && (above === root || isInside(root, above) || isInside(above, root))) return true;
  }
  return false;
}

function hasInside({ line, parts }: Rule, unit: ByteString, depth: number): boolean {
  const rest = parts.slice(depth).map((part) => partOf(part, line));
  return pathsFitting(rest, unit).some((path) => idsOfPath(path).length > 0);
}

function partOf(part: ByteString, { type }: TmpfilesLine): PathPart {
  if (!PATTERN_TYPES.has(type) || !isPattern(part)) return part;
  const fits = pathPattern(`/${part}` as ByteString);
  return (name) => fits(`/${name}` as ByteString);
}

/** The line's path, and the same below what its plain directories are really called. */
function pathsOf({ path, type }: TmpfilesLine): ByteString[] {
  const parts = components(path);
  const glob = PATTERN_TYPES.has(type) ? parts.findIndex(isPattern) : -1;
  const plain = parts.slice(0, glob < 0 ? Math.max(0, parts.length - 1) : glob);
  const directory = `/${plain.join('/')}` as ByteString;
  const real = realPath(directory);
  if (real === undefined || real === directory) return [path];
  const escaped = PATTERN_TYPES.has(type) ? real.replaceAll(/[\\*?[\]]/gu, String.raw`\$&`) : real;
  return [path, [escaped, ...parts.slice(plain.length)].join('/') as ByteString];
}

function ruleOf(line: TmpfilesLine, path: ByteString): Rule {
  const parts = components(path);
  const test = PATTERN_TYPES.has(line.type) ? pathPattern : plainTest;
  const fitsAbove = new Map<number, (path: ByteString) => boolean>();
  for (let depth = 1; depth < parts.length; depth++) {
    fitsAbove.set(depth, test(`/${parts.slice(0, depth).join('/')}` as ByteString));
  }
  return { line, parts, fits: test(path), fitsAbove };
}

function plainTest(text: ByteString): (path: ByteString) => boolean {
  return (path) => path === text;
}
