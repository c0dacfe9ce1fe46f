/** Whether a path that fits a pattern is what the pattern means: the names that must stand in it or beside it. */
import type { CatalogueEntry } from './entry.ts';
import { nameTest } from './glob.ts';

/** The names in a directory, however the caller comes by them: a scanned tree, or one read of the directory. */
export type NamesIn = (directory: string) => Iterable<string>;

/** Whether `entry`'s requirement holds for `path`; true where it requires nothing. */
export function meetsRequirement(entry: CatalogueEntry, path: string, namesIn: NamesIn): boolean {
  const { requires } = entry;
  if (!requires) return true;
  const names = [
    ...namesIn(requires.where === 'inside' ? path : path.slice(0, path.lastIndexOf('/')) || '/'),
  ];
  const found = requires.anyOf.filter((wanted) => names.some(nameTest(wanted)));
  return found.length >= (requires.atLeast ?? 1);
}
