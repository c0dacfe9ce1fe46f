/** Paths as a golden file has them: below the world's root, and nothing in them that another machine calls otherwise. */
import { release } from 'node:os';
import { dirname } from 'node:path';
import type { Values } from './values.ts';

/** A path as JSON tells it. */
export interface PathJson {
  readonly path: string;
  /** Where text cannot say it. */
  readonly pathBase64?: string;
}

export type Naming = (one: PathJson) => string;

/** @param root text; '/' leaves absolute paths as they are. Names that are no text come out a character per byte. */
export function namingBelow(root: string): Naming {
  return ({ path, pathBase64 }) => {
    const full = pathBase64 === undefined ? path : Buffer.from(pathBase64, 'base64').toString('latin1');
    return belowRoot(full, root).replaceAll(release(), '{running kernel}');
  };
}

function belowRoot(full: string, root: string): string {
  if (full === root) return '.';
  // The mount point, where a directory on it was asked about.
  if (full === dirname(root)) return '..';
  return full.startsWith(`${root}/`) ? full.slice(root.length + 1) : full;
}

/** An object of what `list` holds, by name and in the order of names, so that no order of reading shows. */
export function byName<T>(
  list: readonly T[],
  nameOf: (one: T) => string,
  valueOf: (one: T) => Values,
): { readonly [name: string]: Values } {
  const named = list
    .map((one) => ({ name: nameOf(one), value: valueOf(one) }))
    .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : compareText(a.value, b.value)));
  const seen = new Map<string, number>();
  return Object.fromEntries(
    named.map(({ name, value }) => {
      const count = (seen.get(name) ?? 0) + 1;
      seen.set(name, count);
      return [count === 1 ? name : `${name} (${count})`, value];
    }),
  );
}

function compareText(a: Values, b: Values): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
