/** What lies in quarantine, and what became of it, in JSON. */
import { toText } from '../../model/byte-string.ts';
import type { PurgedUnit, QuarantinedUnit } from '../../model/deletion.ts';
import { obstacleJson } from './deletion.ts';
import { pathJson } from './path.ts';

/** The document of `diskwhy tmp --quarantined --json`. */
export function quarantinedJson(units: readonly QuarantinedUnit[], version: string) {
  return {
    schema: 'diskwhy/quarantined@1' as const,
    version,
    units: units.map(({ run, journal, at, path, place, freeableBytes }) => ({
      ...pathJson(path),
      run,
      at,
      place: toText(place),
      freeableBytes,
      journal: toText(journal),
    })),
  };
}

/** The document of `diskwhy tmp --purge --json`. */
export function purgeJson(units: readonly PurgedUnit[], version: string) {
  return {
    schema: 'diskwhy/purge@1' as const,
    version,
    units: units.map(({ path, place, freedBytes, obstacle }) => ({
      ...pathJson(path),
      purged: obstacle === undefined,
      place: obstacle === undefined ? null : toText(place),
      freedBytes,
      obstacle: obstacle === undefined ? null : obstacleJson(obstacle),
    })),
  };
}
