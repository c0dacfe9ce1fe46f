/** What a run of `diskwhy tmp --delete` did, told after the report it acted on. */
import { joinPath } from '../../../model/byte-string.ts';
import type { ByteString } from '../../../model/byte-string.ts';
import type { DeleteOutcome, Deletion, UnitOutcome } from '../../../model/deletion.ts';
import { differenceText, obstacleText } from '../../words/deletion.ts';
import { displayName, escapeText } from '../../terminal/escape.ts';
import type { Screen } from '../../terminal/screen.ts';
import { formatCount, formatSize } from '../../terminal/size.ts';
import { entryCount } from './tmp.ts';
import { wrapWords } from '../../terminal/wrap.ts';

/** Changes listed per unit. */
const MOST_CHANGES = 10;

/**
 * Lines without a newline.
 * @param undo the command that brings back what was moved aside, a line of its own that can be typed as it stands.
 */
export function deletionLines(deletion: Deletion, screen: Screen, undo?: string): string[] {
  const outcomes = [...deletion.outcomes.values()];
  const done = outcomes.filter(({ outcome }) => isDone(outcome));
  const rest = outcomes.filter(({ outcome }) => !isDone(outcome));
  const lines = wrap(headline(deletion, done, screen), screen);
  if (rest.length > 0) {
    lines.push(screen.style.warning(`NOT DELETED       ${entryCount(rest.length)}`));
    for (const outcome of rest) lines.push(...notDone(outcome, screen));
  }
  for (const difference of deletion.differences)
    lines.push(...wrap(`  ${differenceText(difference)}`, screen));
  if (deletion.quarantined && !deletion.dryRun && done.length > 0)
    lines.push(...wrap(`Nothing is freed until the quarantine is deleted: ${quarantines(done)}.`, screen));
  if (deletion.journal !== undefined) lines.push(`journal: ${displayName(deletion.journal)}`);
  if (deletion.quarantined && !deletion.dryRun && undo !== undefined && done.length > 0)
    lines.push('To bring it back:', `  ${undo}`);
  if (deletion.interrupted) lines.push(screen.style.bad('Interrupted: what was not reached is as it was.'));
  return lines;
}

function headline(deletion: Deletion, done: readonly UnitOutcome[], screen: Screen): string {
  const size = (bytes: number): string => formatSize(bytes, screen.sizes);
  const count = entryCount(done.length);
  if (deletion.dryRun)
    return `DRY RUN: ${count}, ${size(deletion.predictedBytes)}, would go. Nothing was deleted.`;
  if (deletion.quarantined) return `MOVED ASIDE: ${count}.`;
  const names = done.reduce((sum, { removedEntries }) => sum + removedEntries, 0);
  const measured =
    deletion.measuredFreedBytes === undefined
      ? ''
      : `, measured ${signed(deletion.measuredFreedBytes, size)}`;
  return `DELETED ${count} (${formatCount(names)} ${names === 1 ? 'name' : 'names'}): freed ${size(deletion.freedBytes)} of the ${size(deletion.predictedBytes)} predicted${measured}.`;
}

/** Less than nothing where others wrote more meanwhile. */
function signed(bytes: number, size: (bytes: number) => string): string {
  return bytes < 0 ? `-${size(-bytes)}` : size(bytes);
}

function notDone(outcome: UnitOutcome, screen: Screen): string[] {
  const { path, at, obstacle, removedEntries } = outcome;
  const changes = obstacle?.kind === 'changed' ? obstacle.changes : [];
  const reason = obstacle === undefined ? outcome.outcome : obstacleText(obstacle);
  const place = at === undefined || at === '' ? '' : ` (${displayName(joinPath(path, at))})`;
  const half = removedEntries > 0 ? `; ${formatCount(removedEntries)} names in it were already removed` : '';
  const lines = wrap(
    `  ${outcome.outcome}: ${displayName(path)}: ${escapeText(reason)}${place}${half}`,
    screen,
  );
  for (const { below, change } of changes.slice(0, MOST_CHANGES))
    lines.push(`    ${change}: ${displayName(below === '' ? path : joinPath(path, below))}`);
  if (changes.length > MOST_CHANGES)
    lines.push(
      screen.style.dim(`    ${formatCount(changes.length - MOST_CHANGES)} more (--json lists them)`),
    );
  return lines;
}

function quarantines(done: readonly UnitOutcome[]): string {
  const places = new Set(done.flatMap(({ movedTo }) => (movedTo === undefined ? [] : [movedTo])));
  return [...places].map((place: ByteString) => displayName(place)).join(', ');
}

function isDone(outcome: DeleteOutcome): boolean {
  return outcome === 'deleted' || outcome === 'quarantined' || outcome === 'would-delete';
}

function wrap(text: string, screen: Screen): string[] {
  const indent = /^ */u.exec(text)![0];
  return wrapWords(indent, text.trimStart(), screen.width);
}
