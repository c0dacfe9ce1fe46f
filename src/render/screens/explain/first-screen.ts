/**
 * The report within one screen: the disk, where its bytes are, why, and, last, what to type. Promises at most as many
 * rows as there are, as long as one finding fits them; what is left out is said, and how to see it.
 */
import { prunedTree } from '../../../model/pruned-tree.ts';
import type { ExplainReport, ExplainRoot } from '../../../model/explain-report.ts';
import type { Filesystem } from '../../../model/filesystem.ts';
import { displayName } from '../../terminal/escape.ts';
import { flowLines } from '../../terminal/flow.ts';
import { screenRows } from '../../terminal/screen-rows.ts';
import { sizeOf } from '../../terminal/screen.ts';
import type { Screen } from '../../terminal/screen.ts';
import { formatShare } from '../../terminal/size.ts';
import { wrapWords } from '../../terminal/wrap.ts';
import { freeableText } from '../../words/freeable.ts';
import { countOf } from '../../words/phrases.ts';
import { saidOf } from '../../words/said-of.ts';
import { breakdownLines } from './breakdown.ts';
import { filesystemLines } from './filesystem.ts';
import { firstFindings } from './first-findings.ts';
import { ledgerLine } from './ledger.ts';
import { treeLines } from './tree.ts';
import { explainedText, SHOWN_WITH_TIMES } from './why.ts';

export interface FirstScreen extends Screen {
  /** Rows that may be filled; the prompt needs one more. */
  readonly rows: number;
  /** How the rest is seen, a phrase each. */
  readonly more: readonly string[];
  /** Lines of others that belong to it: to be pasted, so never cut. */
  readonly asRoot: readonly string[];
}

/** A screen of fewer rows has none to spare for empty ones. */
const ROWS_WITH_GAPS = 22;
/** Filesystems told one by one; a screen of many rows has room for more. */
const MOST_FILESYSTEMS = 2;
/** A tree of fewer rows says nothing. */
const LEAST_TREE = 5;

/** Lines without line ends. */
export function firstScreenLines(report: ExplainReport, screen: FirstScreen): string[] {
  const { rows, width } = screen;
  const gap = rows >= ROWS_WITH_GAPS ? [''] : [];
  const head = [...diskLines(report, screen), ...noteLines(report, screen), ...gap];
  const tail = [...gap, ...answerLines(report, screen)];
  let left = rows - screenRows(head, width) - screenRows(tail, width);
  const why = reasonLines(report, left, screen);
  left -= screenRows(why, width);
  const sum = explainedLines(report, left, screen);
  const filling = fillingLines(report, left - sum.length, gap, screen);
  return [...head, ...filling, ...why, ...sum, ...tail];
}

/** The fullest filesystems, each with its ledger in one line. */
function diskLines(report: ExplainReport, screen: FirstScreen): string[] {
  const byFullness = report.filesystems.toSorted((a, b) => fullness(b) - fullness(a));
  const shown = byFullness.slice(0, MOST_FILESYSTEMS);
  const lines = shown.flatMap((filesystem) => [
    ...filesystemLines(filesystem, report, screen),
    ledgerLine(filesystem, screen),
  ]);
  const rest = byFullness.slice(MOST_FILESYSTEMS);
  if (rest.length > 0)
    lines.push(
      `${countOf(rest.length, 'filesystem')} more, at most ${formatShare(fullness(rest[0]), 1)} used`,
    );
  return lines;
}

function fullness({ usedBytes, availableBytes }: Filesystem): number {
  const usable = usedBytes + availableBytes;
  return usable > 0 ? usedBytes / usable : 0;
}

/** What makes the figures "at least", or as they were a moment ago. */
function noteLines(
  { scan: { problems, interrupted }, filesystems }: ExplainReport,
  { style, width }: FirstScreen,
): string[] {
  const notes: string[] = [];
  if (interrupted) notes.push('Interrupted: this is what was read until then.');
  if (problems.count > 0)
    notes.push(`${countOf(problems.count, 'path')} could not be read: totals are at least what is shown.`);
  const behind = filesystems.filter(isBehind);
  if (behind.length > 0) {
    const where =
      filesystems.length > 1
        ? ` on ${behind.map(({ mountPoint }) => displayName(mountPoint)).join(', ')}`
        : '';
    notes.push(
      `What changed in the last half minute${where} may count as it was before; after a sync it does not.`,
    );
  }
  return notes.flatMap((note) => wrapWords('', note, width)).map(style.warning);
}

/** Whether its figures may be those of its last commit. */
function isBehind({ ledger }: Filesystem): boolean {
  return ledger.accounts.some(({ note }) => note?.code === 'not-committed');
}

function reasonLines(report: ExplainReport, rows: number, screen: FirstScreen): string[] {
  const shown = report.findings.filter(({ rule }) => rule !== SHOWN_WITH_TIMES);
  const title = screen.style.bold('WHY');
  if (shown.length === 0)
    return wrapWords(
      `${title}  `,
      `nothing stands out: no loop, nothing stale, deleted or hidden${report.complete ? '' : ', as far as could be seen'}`,
      screen.width,
    );
  return [title, ...firstFindings(shown, report.generatedAt, rows - 1, screen)];
}

/** How much of it the reasons explain, where there is a row for it. */
function explainedLines(report: ExplainReport, rows: number, screen: FirstScreen): string[] {
  if (report.explained.bytes === 0) return [];
  const lines = wrapWords('    ', explainedText(report, screen), screen.width);
  return lines.length <= rows ? lines : [];
}

/** What comes back in all, who would see more, and how. */
function answerLines(report: ExplainReport, screen: FirstScreen): string[] {
  const { style, width, sizes } = screen;
  const found = report.findings.some(({ claimedBytes }) => claimedBytes > 0);
  const sum = found ? wrapWords('', freeableText(report.freeable, sizes), width) : [];
  return [...screen.asRoot, ...sum.map(style.bold), ...flowLines('', screen.more, width).map(style.dim)];
}

/** Sections that fit as a whole above the reasons: when it was written, and where it is. */
function fillingLines(
  report: ExplainReport,
  rows: number,
  gap: readonly string[],
  screen: FirstScreen,
): string[] {
  let left = rows;
  const lines: string[] = [];
  const add = (section: readonly string[]): void => {
    const needed = screenRows(section, screen.width) + gap.length;
    if (section.length === 0 || needed > left) return;
    lines.push(...section, ...gap);
    left -= needed;
  };
  for (const root of report.roots) add(breakdownLines(root, recentSentences(report), screen));
  for (const [index, root] of report.roots.entries())
    add(treeWithin(root, Math.floor(left / (report.roots.length - index)) - gap.length, report, screen));
  return lines;
}

function recentSentences({ findings, generatedAt }: ExplainReport): string[] {
  return findings
    .filter(({ rule }) => rule === SHOWN_WITH_TIMES)
    .flatMap((finding) => saidOf(finding, generatedAt).evidence.slice(1));
}

/** Fewer nodes until it fits: a directory of which something is left out takes a row for that. */
function treeWithin({ tree }: ExplainRoot, rows: number, report: ExplainReport, screen: Screen): string[] {
  for (let nodes = rows - 1; nodes >= LEAST_TREE - 1; nodes--) {
    const lines = treeLines(
      prunedTree(tree, nodes, (node) => sizeOf(screen, node)),
      report.generatedAt,
      screen,
    );
    if (lines.length <= rows) return lines;
  }
  return [];
}
