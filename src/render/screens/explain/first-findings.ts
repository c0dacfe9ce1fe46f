/** As many findings as a few lines hold, the first of them with its reason: each part is whole or left out. */
import type { Finding } from '../../../model/finding.ts';
import type { Screen } from '../../terminal/screen.ts';
import { formatSize } from '../../terminal/size.ts';
import { screenRows } from '../../terminal/screen-rows.ts';
import { countOf } from '../../words/phrases.ts';
import { findingParts } from './finding-parts.ts';
import type { FindingParts } from './finding-parts.ts';

/** More than these are no first causes. */
const MOST = 9;

/** At most `rows` lines, or what the first finding's place and remedy take. */
export function firstFindings(
  findings: readonly Finding[],
  nowSeconds: number,
  rows: number,
  screen: Screen,
): string[] {
  const shown = findings.slice(0, MOST);
  const parts = findingParts(shown, nowSeconds, screen);
  const taken = take(parts, rows - (findings.length > 1 ? 1 : 0), screen.width);
  const count = taken.filter((lines) => lines.length > 0).length;
  return [...taken.flat(), ...restLines(findings.slice(count), screen)];
}

/** The lines of each finding, none for those from which on there was no room. */
function take(parts: readonly FindingParts[], rows: number, width: number): string[][] {
  const kept = parts.map(() => new Set<keyof PartLines>());
  let left = rows;
  const add = (index: number, ...names: readonly (keyof PartLines)[]): boolean => {
    const lines = linesOf(parts[index]);
    const needed = screenRows(
      names.flatMap((name) => lines[name]),
      width,
    );
    if (needed > left && index + kept[index].size > 0) return false;
    for (const name of names) kept[index].add(name);
    left -= needed;
    return true;
  };
  const addAll = (name: keyof PartLines): void => {
    for (const [index, names] of kept.entries()) if (names.has('head')) add(index, name);
  };
  // What, why and what to type of the first; what and what to type of the others; then what explains more.
  add(0, 'head', 'remedy');
  add(0, 'reason');
  add(0, 'advice');
  for (let index = 1; index < parts.length; index++) if (!add(index, 'head', 'remedy')) break;
  for (const name of ['reason', 'advice', 'more'] as const) addAll(name);
  return parts.map((part, index) => {
    const lines = linesOf(part);
    return (['head', 'reason', 'more', 'advice', 'remedy'] as const).flatMap((name) =>
      kept[index].has(name) ? lines[name] : [],
    );
  });
}

interface PartLines {
  readonly head: readonly string[];
  readonly reason: readonly string[];
  readonly more: readonly string[];
  readonly advice: readonly string[];
  readonly remedy: readonly string[];
}

/** Where no command gives anything back, the advice is the remedy. */
function linesOf({
  head,
  evidence: [reason = [], more = []],
  advice,
  command,
  cost,
}: FindingParts): PartLines {
  // A command that only looks is no remedy by itself.
  return cost.length === 0
    ? { head, reason, more, advice: [], remedy: [...advice, ...command] }
    : { head, reason, more, advice, remedy: [...command, ...cost] };
}

function restLines(rest: readonly Finding[], { style, sizes }: Screen): string[] {
  if (rest.length === 0) return [];
  const bytes = rest.reduce((sum, { claimedBytes }) => sum + claimedBytes, 0);
  const sum = bytes > 0 ? `: ${formatSize(bytes, sizes)}` : '';
  return [style.dim(`    and ${countOf(rest.length, 'finding')} more${sum}`)];
}
