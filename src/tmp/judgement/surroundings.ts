/** What a verdict is based on beside the unit and those who hold it. */
import type { Mount } from '../../model/mount.ts';
import { directoryNames } from '../../system/directories/directory-names.ts';
import { tmpfilesSpecifier } from '../../system/services/tmpfiles-specifiers.ts';
import { Exclusions, Keeps } from '../protection/protection.ts';
import type { Surroundings } from '../protection/protection.ts';
import type { Places, UnitRoot } from '../roots/roots.ts';
import type { TmpfilesLine } from '../tmpfiles/tmpfiles.ts';
import type { TmpRequest } from '../tmp-request.ts';
import type { UseContext } from '../use/use.ts';
import type { KnownSurroundings } from './owners-business.ts';

export interface AllSurroundings extends Surroundings, KnownSurroundings, Pick<UseContext, 'namesIn'> {
  readonly roots: readonly UnitRoot[];
}

/** @param mounts visible ones. Throws UsageError for a `--keep` that could keep nothing. */
export function surroundingsOf(
  request: TmpRequest,
  { roots, known, household }: Places,
  mounts: readonly Mount[],
  lines: readonly TmpfilesLine[],
): AllSurroundings {
  return {
    request,
    exclusions: new Exclusions(lines),
    keeps: new Keeps(request.keep, mounts),
    mounts,
    bootId: tmpfilesSpecifier('b'),
    roots,
    known,
    homes: household.homes,
    namesIn: directoryNames,
  };
}
