/** The same pattern below every other name of the directory that it begins in: links on the way, mounts of the same place. */
import { components, fromText, isInside, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Mount } from '../../model/mount.ts';
import { realPath } from '../../system/calls/real-path.ts';
import { pathsFitting } from '../../system/directories/paths-fitting.ts';
import type { PathPart } from '../../system/directories/paths-fitting.ts';
import { createExcluder } from '../../system/files/exclude.ts';
import { mountOf, placeOnDevice } from '../../system/mounts/mounts.ts';

/** More would have half the disk read. */
const MOST_GLOBS = 2;
/** A slash in braces, or in parentheses, belongs to no component. */
const SLASH_IN_GROUP = /[{(][^})]*\//u;

/**
 * The components of an absolute pattern that can be looked for on the disk, and those after them, which only a pattern
 * tells: from `**` on, or from the third one with a wildcard.
 */
export function headAndRest(pattern: string): { readonly head: PathPart[]; readonly rest: string[] } {
  const parts = pattern.split('/').slice(1);
  const last = SLASH_IN_GROUP.test(pattern) ? parts.findIndex(isGlob) : endOfHead(parts);
  return { head: parts.slice(0, last).map(partOf), rest: parts.slice(last) };
}

function endOfHead(parts: readonly string[]): number {
  // All that is in the topmost directory would be read.
  if (isGlob(parts[0])) return 0;
  let globs = 0;
  const end = parts.findIndex((part) => part.includes('**') || (isGlob(part) && ++globs > MOST_GLOBS));
  return end < 0 ? parts.length : end;
}

/**
 * Patterns that fit under another name what `pattern` fits under its own.
 * @param pattern absolute.
 * @param mounts visible ones.
 */
export function underOtherNames(pattern: string, mounts: readonly Mount[]): string[] {
  const parts = pattern.split('/').slice(1);
  const { head, rest } = headAndRest(pattern);
  // The last component is the entry itself, which is not followed where it is a link.
  const above = rest.length === 0 ? head.slice(0, -1) : head;
  const below = parts.slice(above.length);
  const names = new Set<string>();
  for (const directory of pathsFitting(above)) {
    const real = realPath(directory);
    if (real === undefined) continue;
    if (real !== directory) names.add(written(real, below));
    for (const name of underOtherMounts(real, below, mounts)) names.add(name);
  }
  return [...names];
}

/** What the pattern is called through other mounts of the filesystem that `directory` lies on. */
function underOtherMounts(
  directory: ByteString,
  below: readonly string[],
  mounts: readonly Mount[],
): string[] {
  const through = mountOf(mounts, directory);
  if (!through) return [];
  const place = placeOnDevice(through, directory);
  return mounts.flatMap((other) => {
    if (other === through || other.device !== through.device) return [];
    const shared = components(other.root).length;
    if (isInside(place, other.root))
      return [written(other.mountPoint, below, components(place).slice(shared))];
    if (!isInside(other.root, place)) return [];
    const between = components(other.root).slice(components(place).length);
    return restsBelow(below, between).map((rest) => written(other.mountPoint, rest));
  });
}

/** What is left of a pattern in the directory that lies `between` below its beginning; nothing where it fits all of it. */
function restsBelow(pattern: readonly string[], between: readonly ByteString[]): (readonly string[])[] {
  const [part, ...rest] = pattern;
  const [name, ...deeper] = between;
  if (name === undefined || part === undefined) return [pattern];
  if (part.includes('**')) return [...restsBelow(pattern, deeper), ...restsBelow(rest, between)];
  return fitting(part)(name) ? restsBelow(rest, deeper) : [];
}

function written(
  directory: ByteString,
  pattern: readonly string[],
  between: readonly ByteString[] = [],
): string {
  const plain = [...components(directory), ...between].map(escaped);
  return `/${[...plain, ...pattern].join('/')}`;
}

function escaped(name: ByteString): string {
  return toText(name).replaceAll(/[\\*?[\]{}()!+@]/gu, String.raw`\$&`);
}

function partOf(part: string): PathPart {
  return isGlob(part) ? fitting(part) : fromText(part.replaceAll(/\\(.)/gu, '$1'));
}

function fitting(part: string): (name: ByteString) => boolean {
  const excluder = createExcluder([part])!;
  return (name) => excluder.excludes('', toText(name));
}

function isGlob(part: string): boolean {
  return /[*?[\]{}()!+@]/u.test(part.replaceAll(/\\./gu, ''));
}
