/** The report of `diskwhy tmp` on a terminal: where, what may go, what stays and why. */
import type { TmpReport, TmpRoot, TmpUnit, TmpVerdict } from '../../../model/tmp-report.ts';
import { exactAgeText } from '../../../model/age.ts';
import { exactSizeText } from '../../../model/size.ts';
import { adviceWords } from '../../words/tmp-advice.ts';
import { reasonWords, whatWords } from '../../words/tmp.ts';
import { displayName, escapeText } from '../../terminal/escape.ts';
import type { Screen } from '../../terminal/screen.ts';
import { formatAge, formatCount, formatSize } from '../../terminal/size.ts';
import { cutEnd, cutMiddle, textWidth } from '../../terminal/text-width.ts';
import { wrapWords } from '../../terminal/wrap.ts';

const SIZE_COLUMNS = 10;
const AGE_COLUMNS = 6;
/** Sentences of advice below one group. */
const MOST_ADVICE = 3;
/** A path is cut before its note loses more than this. */
const LEAST_PATH = 24;

const groups: readonly (readonly [TmpVerdict, string])[] = [
  ['deletable', 'DELETABLE'],
  ['owner-command', "OWNER'S COMMAND"],
  ['in-use', 'IN USE'],
  ['unknown', 'COULD NOT TELL'],
  ['too-new', 'TOO NEW'],
  ['protected', 'PROTECTED'],
];

/** Lines without a newline; what is printed below them (`footer`) depends on what was asked for. */
export function tmpLines(report: TmpReport, screen: Screen): string[] {
  const lines = rootLines(report, screen);
  for (const [verdict, title] of groups) {
    const units = report.units.filter((unit) => unit.verdict === verdict);
    if (units.length > 0) lines.push('', ...groupLines(title, verdict, units, report, screen));
  }
  if (report.units.length === 0) lines.push('', 'Nothing here is worth judging.');
  const { small, problems } = report;
  const notes: string[] = [];
  if (small.count > 0)
    notes.push(
      `${entryCount(small.count)} smaller than ${exactSizeText(report.minBytes)} left out, ${size(small.diskBytes, screen)} together (--min-size 0 shows them).`,
    );
  if (problems.count > 0)
    notes.push(
      `${formatCount(problems.count)} ${problems.count === 1 ? 'path' : 'paths'} could not be read (--json lists them): what holds them is kept.`,
    );
  if (report.interrupted) notes.push(screen.style.bad('Interrupted: this is what was judged until then.'));
  if (notes.length > 0) lines.push('', ...notes.flatMap((note) => wrapWords('', note, screen.width)));
  return lines;
}

/** The temp directories and named places; caches are places of their own in the groups. */
function rootLines(report: TmpReport, screen: Screen): string[] {
  const roots = report.roots.filter(({ origin }) => origin !== 'catalogue');
  const rows = roots.map((root) => ({
    path: displayName(root.path),
    type: escapeText(root.filesystemType),
    bytes: fullness(root, screen),
    note: rootNote(root, report.generatedAt),
  }));
  const wide = (pick: (row: (typeof rows)[number]) => string): number =>
    Math.max(0, ...rows.map((row) => textWidth(pick(row))));
  const [paths, types, bytes] = [wide((row) => row.path), wide((row) => row.type), wide((row) => row.bytes)];
  return rows.flatMap((row) => {
    const label = `${pad(row.path, paths)}  ${pad(row.type, types)}  ${pad(row.bytes, bytes)}`;
    return row.note === '' ? [label.trimEnd()] : wrapWords(`${label}  `, row.note, screen.width);
  });
}

function fullness({ usage, diskBytes, filesystemKind }: TmpRoot, screen: Screen): string {
  return usage && filesystemKind === 'memory'
    ? `${size(usage.usedBytes, screen)} of ${size(usage.totalBytes, screen)}`
    : size(diskBytes, screen);
}

function rootNote({ filesystemKind, policy, reads }: TmpRoot, now: number): string {
  const notes: string[] = [];
  if (filesystemKind === 'memory') notes.push('deleting here frees memory, not disk');
  if (policy) {
    const when =
      policy.nextRunAt === undefined
        ? policy.cleaner
        : `${policy.cleaner}, next run in ${formatAge(Math.max(60, policy.nextRunAt - now))}`;
    notes.push(
      policy.ageMs === undefined
        ? `the system itself empties it when it starts (${escapeText(policy.cleaner)})`
        : `the system itself deletes what is unused for ${formatAge(policy.ageMs / 1000)} (${escapeText(when)})`,
    );
  }
  if (reads === 'noatime') notes.push('reads are not recorded here (noatime)');
  return notes.join('; ');
}

function groupLines(
  title: string,
  verdict: TmpVerdict,
  units: readonly TmpUnit[],
  report: TmpReport,
  screen: Screen,
): string[] {
  const bytes = units.reduce((sum, unit) => sum + bytesOf(unit), 0);
  const paint = verdict === 'deletable' ? screen.style.good : screen.style.bold;
  const summary = [entryCount(units.length), groupNote(verdict, units, report)].filter((part) => part !== '');
  const label = `${pad(title, 16)} ${size(bytes, screen).padStart(SIZE_COLUMNS)}   `;
  const [first, ...more] = wrapWords(
    label,
    summary.join(verdict === 'deletable' ? ', ' : ': '),
    screen.width,
  );
  const shown = units.slice(0, screen.top);
  const lines = [
    paint(first),
    ...more,
    ...shown.flatMap((unit) => unitLines(unit, report, screen)),
    ...remedyLines(verdict, units, screen),
  ];
  if (units.length > shown.length) {
    const rest = units.slice(shown.length);
    const restBytes = rest.reduce((sum, unit) => sum + bytesOf(unit), 0);
    lines.push(
      screen.style.dim(
        `  ${size(restBytes, screen).padStart(SIZE_COLUMNS)}  ${formatCount(rest.length)} more (--top 0 shows all)`,
      ),
    );
  }
  return lines;
}

/** What would change it, each advice once. */
function remedyLines(verdict: TmpVerdict, units: readonly TmpUnit[], screen: Screen): string[] {
  if (verdict !== 'protected' && verdict !== 'in-use') return [];
  const texts = new Set(
    units.flatMap(({ advice }) => (advice ? [escapeText(adviceWords(advice).text)] : [])),
  );
  return [...texts]
    .slice(0, MOST_ADVICE)
    .flatMap((text) => wrapWords('  → ', text, screen.width).map(screen.style.dim));
}

/** What is said once for a group. */
function groupNote(verdict: TmpVerdict, units: readonly TmpUnit[], report: TmpReport): string {
  if (verdict === 'deletable')
    return report.olderMs === 0 ? 'of any age' : `unused for ${exactAgeText(report.olderMs)} or more`;
  if (verdict === 'unknown') {
    const { processes, hidden, asRoot } = report.visibility;
    const help = asRoot ? '--assume-unused takes them as unused' : 'sudo shows them';
    return hidden > 0
      ? `${formatCount(hidden)} of ${formatCount(processes)} processes are not visible to you (${help})`
      : '';
  }
  if (verdict !== 'too-new') return '';
  const deceptive = units.filter(
    ({ modifiedAt, decidedBy }) =>
      decidedBy !== 'mtime' &&
      modifiedAt !== undefined &&
      (report.generatedAt - modifiedAt) * 1000 >= report.olderMs,
  );
  if (deceptive.length === 0) return '';
  const oldest = Math.max(...deceptive.map(({ modifiedAt = 0 }) => report.generatedAt - modifiedAt));
  return `${formatCount(deceptive.length)} of them ${deceptive.length === 1 ? 'looks' : 'look'} up to ${formatAge(oldest)} old by modification but came, changed or were read lately (--age-by mtime judges by modification alone)`;
}

/** One line; two where the note does not fit behind the path. */
function unitLines(unit: TmpUnit, { roots, generatedAt: now }: TmpReport, screen: Screen): string[] {
  const age = unit.lastUsedAt === undefined ? '–' : formatAge(now - unit.lastUsedAt);
  const label = `  ${size(bytesOf(unit), screen).padStart(SIZE_COLUMNS)}  ${age.padStart(AGE_COLUMNS)}  `;
  const path = displayName(unit.path) + (unit.kind === 'directory' ? '/' : '');
  const note = escapeText(noteOn(unit, roots[unit.root]));
  const room = screen.width - textWidth(label);
  if (textWidth(path) + 2 + textWidth(note) <= room) return [`${label}${path}  ${screen.style.dim(note)}`];
  if (textWidth(note) + 2 + LEAST_PATH <= room)
    return [`${label}${cutMiddle(path, room - textWidth(note) - 2)}  ${screen.style.dim(note)}`];
  const indent = ' '.repeat(label.length);
  return [
    `${label}${cutMiddle(path, room)}`,
    ...wrapWords(indent, note, screen.width).map((line) => screen.style.dim(cutEnd(line, screen.width))),
  ];
}

function noteOn(unit: TmpUnit, root: TmpRoot): string {
  const { advice, verdict, freeableBytes, diskBytes } = unit;
  const what = whatWords(unit, root);
  if (verdict === 'owner-command' && advice) {
    const { command, text } = adviceWords(advice);
    return `${what} → ${command ?? text}`;
  }
  const links =
    verdict === 'deletable' && freeableBytes < diskBytes
      ? '; the rest has other names elsewhere or is held open'
      : '';
  return `${what}; ${reasonWords(unit)}${links}`;
}

function bytesOf({ verdict, freeableBytes, diskBytes }: TmpUnit): number {
  return verdict === 'deletable' ? freeableBytes : diskBytes;
}

export function entryCount(count: number): string {
  return count === 1 ? '1 entry' : `${formatCount(count)} entries`;
}

function size(bytes: number, screen: Screen): string {
  return formatSize(bytes, screen.sizes);
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}
