/** Exclusion patterns: the one importer of picomatch. */
import { createRequire } from 'node:module';
import type Picomatch from 'picomatch';

/** Says which entries are left out of a scan. */
export interface Excluder {
  /** Some pattern has a slash, so that `path` must be given. */
  readonly needsPath: boolean;
  /** Whether the entry `name` in directory `directory` (with a slash at its end) is excluded. Both are decoded text. */
  readonly excludes: (directory: string, name: string) => boolean;
}

/**
 * Builds the matcher for `--exclude` patterns: one without a slash is matched against each entry's name, one with a
 * slash against its absolute path (a relative pattern at any depth). `**` spans directories; a leading dot is nothing
 * special. Undefined for no patterns.
 */
export function createExcluder(patterns: readonly string[]): Excluder | undefined {
  if (patterns.length === 0) return undefined;
  // Loaded only where there is something to exclude: every thread of every scan comes by here.
  const picomatch = createRequire(import.meta.url)('picomatch') as typeof Picomatch;
  const options = { dot: true, nonegate: true, strictSlashes: false } as const;
  const byName = patterns.filter((pattern) => !pattern.includes('/'));
  const byPath = patterns
    .filter((pattern) => pattern.includes('/'))
    .map((pattern) => pattern.replace(/\/+$/u, ''))
    .map((pattern) => (pattern.startsWith('/') ? pattern : `/**/${pattern.replace(/^\.\//u, '')}`));
  const matchesName = byName.length > 0 ? picomatch(byName, options) : () => false;
  const matchesPath = byPath.length > 0 ? picomatch(byPath, options) : () => false;
  return {
    needsPath: byPath.length > 0,
    excludes: (directory, name) => matchesName(name) || (byPath.length > 0 && matchesPath(directory + name)),
  };
}
