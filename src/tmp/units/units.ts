/** The door of the floor: what is judged as a whole, found in what the scan has counted. */
import type { FileId } from '../../model/file-id.ts';
import type { LivingScanResult } from '../../scan/scan.ts';
import type { Places } from '../roots/roots.ts';
import type { TmpRequest } from '../tmp-request.ts';
import type { Candidate } from './candidate.ts';
import { Candidates } from './candidates.ts';
import type { FileRanking } from './file-ranking.ts';
import { UnitFinder } from './unit-finder.ts';

export type { Candidate } from './candidate.ts';
export { FileRanking } from './file-ranking.ts';
export { countSpreadLinks } from './spread-links.ts';
export { databaseOf, databasesWithJournals } from './database-files.ts';

export interface FoundUnits {
  readonly units: readonly Candidate[];
  /** Those smaller than what was asked for. */
  readonly small: { readonly count: number; readonly diskBytes: number };
  /** Bytes of all units of the root of that index, small ones too. */
  readonly bytesOf: (root: number) => number;
}

/**
 * @param scan of at least the places, with signs of life.
 * @param held all inodes that somebody holds.
 * @param named those that options and settings speak of.
 * @param ranking of all files of the scan, where it made one.
 */
export function findUnits(
  request: TmpRequest,
  { temporary, chosen, caches, roots, matcher }: Places,
  scan: LivingScanResult,
  held: ReadonlySet<FileId>,
  named: ReadonlySet<FileId>,
  ranking?: FileRanking,
): FoundUnits {
  const candidates = new Candidates(scan, held, named);
  const finder = new UnitFinder(request, matcher, candidates, ranking);
  if (chosen) for (const { path, root } of chosen) finder.addEntry(path, root);
  else for (const [index, { path }] of temporary.entries()) finder.addEntries(path, index);
  for (const { place, root } of caches) finder.addPlace(place, root);
  // What an interrupted scan has seen of a unit need not be all.
  const units = scan.interrupted
    ? finder.units.map((unit) => ({ ...unit, isComplete: false }))
    : finder.units;
  const bytesOf = (root: number): number => {
    const directory = root < temporary.length ? candidates.directoryAt(roots[root].path) : undefined;
    if (directory !== undefined) return candidates.bytesOf(directory);
    return units.reduce((sum, unit) => sum + (unit.root === root ? unit.diskBytes : 0), 0);
  };
  return { units, small: finder.small, bytesOf };
}
