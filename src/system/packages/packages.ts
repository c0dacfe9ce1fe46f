/** Reads which files the packages of this machine own, whatever manages them. */
import type { OwnedPathsColumns } from '../../model/owned-paths.ts';
import type { PackageManager } from '../../model/owners.ts';
import { collectDpkg } from './dpkg.ts';
import { collectGenerated } from './generated-files.ts';
import { collectPacman } from './pacman.ts';
import { PathCollector } from './path-collector.ts';
import { collectRpm } from './rpm.ts';

export interface Packages {
  /** Those that have packages here; empty where none is known. */
  readonly managers: readonly PackageManager[];
  /** Names by owner, from FIRST_PACKAGE on. Bytes, as the manager writes them. */
  readonly names: readonly string[];
  readonly paths: OwnedPathsColumns;
}

export function readPackages(): Packages {
  const paths = new PathCollector();
  const counts: readonly (readonly [PackageManager, number])[] = [
    ['dpkg', collectDpkg(paths)],
    ['rpm', collectRpm(paths)],
    ['pacman', collectPacman(paths)],
  ];
  const managers = counts.filter(([, count]) => count > 0).map(([manager]) => manager);
  if (managers.length > 0) collectGenerated(paths);
  return { managers, names: paths.packages, paths: paths.columns() };
}
