/** What became of units, in JSON: codes and values, and the sentence as `text`. */
import { toText } from '../../model/byte-string.ts';
import type {
  Deletion,
  DeletionDifference,
  RestoredUnit,
  RestoreObstacle,
  UnitOutcome,
} from '../../model/deletion.ts';
import { differenceText, obstacleText } from '../words/deletion.ts';
import { pathJson } from './path.ts';

/** `null` where nothing stood in the way. */
export function outcomeJson({ obstacle, at, ...outcome }: UnitOutcome) {
  return {
    removedEntries: outcome.removedEntries,
    freedBytes: outcome.freedBytes,
    obstacle: obstacle === undefined ? null : obstacleJson(obstacle),
    at: at === undefined ? null : pathJson(at),
    movedTo: outcome.movedTo === undefined ? null : pathJson(outcome.movedTo),
  };
}

export function obstacleJson(obstacle: RestoreObstacle) {
  const text = obstacleText(obstacle);
  if (obstacle.kind !== 'changed') return { ...obstacle, text };
  const changes = obstacle.changes.map(({ below, change }) => ({ ...pathJson(below), change }));
  return { ...obstacle, changes, text };
}

export function differencesJson({ differences }: Deletion) {
  return differences.map((one: DeletionDifference) => ({ ...one, text: differenceText(one) }));
}

/** The document of `diskwhy tmp --restore --json`. */
export function restoreJson(units: readonly RestoredUnit[], version: string) {
  return {
    schema: 'diskwhy/restore@1' as const,
    version,
    units: units.map(({ path, obstacle, place }) => ({
      ...pathJson(path),
      restored: obstacle === undefined,
      place: obstacle === undefined ? null : toText(place),
      obstacle: obstacle === undefined ? null : obstacleJson(obstacle),
    })),
  };
}
