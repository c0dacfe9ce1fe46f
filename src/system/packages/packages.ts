/** Reads which files the packages of this machine own, whatever manages them. */
import { realpathSync } from 'node:fs';
import { baseName, fromBytes, parentPath, toBuffer } from '../../model/byte-string.ts';
import { FIRST_PACKAGE, OwnedPaths } from '../../model/owned-paths.ts';
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
  /** Whether they are what this system is made of: they own its shell. A stray package manager owns its few packages. */
  readonly ownSystem: boolean;
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
  const columns = paths.columns();
  return { managers, ownSystem: isShellOwned(columns), names: paths.packages, paths: columns };
}

function isShellOwned(columns: OwnedPathsColumns): boolean {
  try {
    const shell = fromBytes(realpathSync.native('/bin/sh', { encoding: 'buffer' }));
    const paths = new OwnedPaths(columns);
    const name = toBuffer(baseName(shell));
    return paths.ownerOf(paths.find(parentPath(shell)), name, 0, name.length) >= FIRST_PACKAGE;
  } catch {
    return false;
  }
}
