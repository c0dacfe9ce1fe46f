/** What `diskwhy tmp --quarantined` lists and `--purge` did. */
import type { PurgedUnit, QuarantinedUnit } from '../../../model/deletion.ts';
import { displayName, escapeText } from '../../terminal/escape.ts';
import { formatSize } from '../../terminal/size.ts';
import type { SizeStyle } from '../../terminal/size.ts';
import { obstacleText } from '../../words/deletion.ts';
import { entryCount } from './tmp.ts';

/** Lines without a newline, run by run. */
export function quarantinedLines(units: readonly QuarantinedUnit[], sizes: SizeStyle): string[] {
  if (units.length === 0) return ['Nothing is in quarantine.'];
  const runs = new Map<string, QuarantinedUnit[]>();
  for (const unit of units) {
    const key = `${unit.journal}\n${unit.run}`;
    runs.set(key, [...(runs.get(key) ?? []), unit]);
  }
  return [...runs.values()].flatMap((run) => [
    `${escapeText(run[0].run)}   ${entryCount(run.length)}   ${formatSize(bytesOf(run), sizes)}   journal: ${displayName(run[0].journal)}`,
    ...run.map(({ path, place }) => `  ${displayName(path)}  lies in ${displayName(place)}`),
  ]);
}

/** Lines without a newline. */
export function purgeLines(units: readonly PurgedUnit[], sizes: SizeStyle): string[] {
  const gone = units.filter(({ obstacle }) => obstacle === undefined);
  const freed = units.reduce((sum, { freedBytes }) => sum + freedBytes, 0);
  return [
    `DELETED ${entryCount(gone.length)} for good: freed ${formatSize(freed, sizes)}.`,
    ...units.flatMap(({ place, obstacle }) =>
      obstacle === undefined
        ? []
        : [`  not deleted: ${displayName(place)}: ${escapeText(obstacleText(obstacle))}`],
    ),
  ];
}

function bytesOf(units: readonly QuarantinedUnit[]): number {
  return units.reduce((sum, { freeableBytes }) => sum + freeableBytes, 0);
}
