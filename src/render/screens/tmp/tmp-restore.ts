/** What `diskwhy tmp --restore` did. */
import type { RestoredUnit } from '../../../model/deletion.ts';
import { displayName, escapeText } from '../../terminal/escape.ts';
import { obstacleText } from '../../words/deletion.ts';
import { entryCount } from './tmp.ts';

/** Lines without a newline. */
export function restoreLines(units: readonly RestoredUnit[]): string[] {
  const back = units.filter(({ obstacle }) => obstacle === undefined);
  const lines = [`RESTORED ${entryCount(back.length)}.`];
  for (const { path, obstacle, place } of units) {
    if (obstacle === undefined) continue;
    const why = escapeText(obstacleText(obstacle));
    const where = obstacle.kind === 'not-in-quarantine' ? 'it lay' : 'it lies';
    lines.push(`  not restored: ${displayName(path)}: ${why}; ${where} in ${displayName(place)}`);
  }
  return lines;
}
