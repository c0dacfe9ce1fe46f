/** What `--keep` names: by what is there now, device and inode, and by pattern for what is called so at another place. */
import { fromText, parentPath, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import type { FileId } from '../../model/file-id.ts';
import type { Mount } from '../../model/mount.ts';
import { createExcluder } from '../../system/files/exclude.ts';
import type { Excluder } from '../../system/files/exclude.ts';
import { idsOfPath } from '../../system/files/ids-of-path.ts';
import { pathsFitting } from '../../system/directories/paths-fitting.ts';
import { headAndRest, underOtherNames } from './other-names.ts';

export class Keeps {
  /** For the scan, which asks them of every entry; more than were given, where a directory has another name too. */
  readonly patterns: readonly string[];
  /** What they name now → the pattern, as it was given. */
  readonly ids: ReadonlyMap<FileId, string>;
  readonly #around = new Map<ByteString, string | undefined>();
  readonly #given: readonly { readonly given: string; readonly fits: Excluder }[];

  /**
   * Throws UsageError for a pattern that could never fit, with the form that would.
   * @param mounts visible ones: what lies below a pattern's directory may be judged under another mount of it.
   */
  constructor(given: readonly string[], mounts: readonly Mount[]) {
    const ids = new Map<FileId, string>();
    const all = given.map((pattern) => {
      const plain = normalised(pattern);
      for (const id of idsNamedBy(plain)) if (!ids.has(id)) ids.set(id, pattern);
      const others = plain.startsWith('/') ? underOtherNames(plain, mounts) : [];
      const patterns = [plain, ...others];
      return { given: pattern, patterns, fits: createExcluder(patterns)! };
    });
    this.#given = all;
    this.patterns = all.flatMap(({ patterns }) => patterns);
    this.ids = ids;
  }

  /** The pattern that a path fits, as it was given. */
  fitting(path: ByteString): string | undefined {
    if (this.#given.length === 0 || path === '/') return undefined;
    const at = path.lastIndexOf('/') + 1;
    const directory = toText(path.slice(0, at) as ByteString);
    const name = toText(path.slice(at) as ByteString);
    return this.#given.find(({ fits }) => fits.excludes(directory, name))?.given;
  }

  /** The pattern that keeps a directory, or one above it, and so everything in it. */
  around(directory: ByteString): string | undefined {
    if (!this.#around.has(directory)) this.#around.set(directory, this.#lookAround(directory));
    return this.#around.get(directory);
  }

  #lookAround(directory: ByteString): string | undefined {
    if (this.#given.length === 0) return undefined;
    for (let path = directory; path !== '/'; path = parentPath(path)) {
      const keep = this.fitting(path) ?? idsOfPath(path).flatMap((id) => this.ids.get(id) ?? [])[0];
      if (keep !== undefined) return keep;
    }
    return undefined;
  }
}

/** A pattern without what the kernel passes over; UsageError for one that could never fit. */
function normalised(given: string): string {
  const pattern = given.includes('/')
    ? given
        .replaceAll(/\/(?:\.?\/)+/gu, '/')
        .replace(/\/\.$/u, '')
        .replace(/(?!^)\/+$/u, '')
    : given;
  const refuse = (why: string): never => {
    throw new UsageError(`--keep '${given}': ${why}`);
  };
  if (pattern.trim() === '') refuse("names nothing; write a name, or a path: '*.iso', '/tmp/build-*'");
  if (pattern === '/' || pattern === '.') refuse('names no entry of a directory; write a name or a path');
  if (/(?:^|\/)\.\.(?:\/|$)/u.test(pattern)) refuse("write the path without '..'");
  const unread = unreadByShell(given);
  if (unread !== undefined) refuse(unread);
  // A path with a comma in it may be just that.
  if (hasBareComma(pattern) && (!pattern.startsWith('/') || idsOfPath(fromText(pattern)).length === 0)) {
    const list = pattern.split(',').map((one) => `--keep '${one}'`);
    refuse(`give each its own: ${list.join(' ')} (a comma in a name is written \\,)`);
  }
  return pattern;
}

/** Why a pattern says something else than was meant, as settings, units and environment files are read by no shell. */
function unreadByShell(pattern: string): string | undefined {
  if (/^~[^/]*\//u.test(pattern))
    return 'the shell did not put the home directory in; write the path in full';
  // "$RECYCLE.BIN" is a name.
  if (/^\$(?:\w+\/|\{\w+\})/u.test(pattern)) return 'no shell put the variable in; write the path in full';
  if (/^(?:"[^"]*"|'[^']*')$/u.test(pattern))
    return "its quotes would belong to the name; leave them out (\\' for one that does)";
  if (pattern !== pattern.trim())
    return 'blanks at its ends would belong to the name; leave them out ([ ] for one that does)';
  if (pattern.startsWith('!')) return 'nothing is taken out of what is kept; \\! for a name that begins so';
  if (/^\w+:\/\//u.test(pattern)) return 'write the path alone';
  return undefined;
}

/** A comma outside braces and brackets, without a backslash before it. */
function hasBareComma(pattern: string): boolean {
  return pattern.replaceAll(/\\.|\{[^{}]*\}|\[[^\]]*\]/gu, '').includes(',');
}

/** Everything an absolute pattern names now, links followed; what cannot be looked for is left to the pattern. */
function idsNamedBy(pattern: string): FileId[] {
  if (!pattern.startsWith('/')) return [];
  // A name may look like a pattern.
  const literal = idsOfPath(fromText(pattern));
  const { head, rest } = headAndRest(pattern);
  return rest.length > 0 ? literal : [...literal, ...pathsFitting(head).flatMap(idsOfPath)];
}
