/** The screen of `diskwhy diff`: how much, how fast, where in the tree, and the largest single changes. */
import type { ByteString } from '../../../model/byte-string.ts';
import type { Change, ChangeKind, DiffSide, SnapshotDiff } from '../../../model/snapshot-diff.ts';
import { momentText, spanText } from '../../words/moments.ts';
import { displayName } from '../../terminal/escape.ts';
import type { Screen } from '../../terminal/screen.ts';
import { formatChange, formatCount, formatSize } from '../../terminal/size.ts';
import { cutMiddle } from '../../terminal/text-width.ts';
import { wrapWords } from '../../terminal/wrap.ts';
import { deltaTreeLines } from './delta-tree.ts';

const DAY_SECONDS = 86_400;
/** A rate over less than this is a guess. */
const LEAST_SECONDS = 3600;

/** Lines without line ends. */
export function diffLines(diff: SnapshotDiff, screen: Screen): string[] {
  const { style } = screen;
  const sections = [headLines(diff, screen)];
  if (diff.changes.length === 0) sections.push(['Nothing changed.']);
  else {
    sections.push(deltaTreeLines(diff.tree, screen), changeLines(diff, screen), [
      style.dim(countsText(diff.changes)),
    ]);
  }
  const partial = [diff.old, diff.new].filter(({ complete }) => !complete);
  if (partial.length > 0)
    sections.push([
      style.warning('Part of it could not be read when it was written down: what it says is at least that.'),
    ]);
  return sections.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

function headLines(diff: SnapshotDiff, screen: Screen): string[] {
  const before = diff.old;
  const after = diff.new;
  const size = (bytes: number): string => formatSize(bytes, screen.sizes);
  const delta = after.bytes - before.bytes;
  const { width } = screen;
  const paths =
    before.root === after.root
      ? displayName(after.root)
      : `${displayName(before.root)} and ${displayName(after.root)}`;
  const seconds = (after.takenAt ?? Number.NaN) - (before.takenAt ?? Number.NaN);
  const rate = rateText(delta, diff, screen);
  const span = seconds > 0 ? `   ${spanText(seconds)}` : '';
  return [
    ...wrapWords('', `${paths}   ${sideText(before)} → ${sideText(after)}${span}`, width),
    ...wrapWords(
      '',
      `${size(before.bytes)} → ${size(after.bytes)}   ${formatChange(delta, screen.sizes)}${rate === '' ? '' : `   ${rate}`}`,
      width,
    ).map(screen.style.bold),
  ];
}

function sideText({ isLive, takenAt }: DiffSide): string {
  return isLive ? 'now' : momentText(takenAt);
}

/** How many bytes a day; empty where too little time lies between the two. */
function rateText(bytes: number, { old: before, new: after }: SnapshotDiff, screen: Screen): string {
  const seconds = (after.takenAt ?? Number.NaN) - (before.takenAt ?? Number.NaN);
  return seconds >= LEAST_SECONDS && bytes !== 0
    ? `${formatChange(Math.round((bytes / seconds) * DAY_SECONDS), screen.sizes)} a day`
    : '';
}

function changeLines(diff: SnapshotDiff, screen: Screen): string[] {
  const shown = diff.changes.slice(0, screen.top);
  if (shown.length === 0) return [];
  const deltas = shown.map(({ oldBytes, newBytes }) => formatChange(newBytes - oldBytes, screen.sizes));
  const rates = shown.map(({ oldBytes, newBytes }) => rateText(newBytes - oldBytes, diff, screen));
  const [column, rateColumn] = [deltas, rates].map((texts) => Math.max(...texts.map(({ length }) => length)));
  const lines = shown.map((change, index) => {
    const rate = rateColumn === 0 ? '' : `${rates[index].padStart(rateColumn)}  `;
    const head = `${deltas[index].padStart(column)}  ${rate}${change.kind.padEnd(KIND_COLUMN)}  `;
    const from = change.movedFrom === undefined ? '' : ` from ${displayName(change.movedFrom)}`;
    return head + cutMiddle(`${nameOf(change.path, change.isDirectory)}${from}`, screen.width - head.length);
  });
  return [screen.style.bold('CHANGES'), ...lines];
}

const KIND_COLUMN = 'shrunk'.length;

function nameOf(path: ByteString, isDirectory: boolean): string {
  return displayName(path) + (isDirectory && !path.endsWith('/') ? '/' : '');
}

function countsText(changes: readonly Change[]): string {
  const kinds: readonly ChangeKind[] = ['grown', 'shrunk', 'new', 'gone', 'moved'];
  return kinds
    .map((kind) => ({ kind, count: changes.filter((change) => change.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${formatCount(count)} ${kind}`)
    .join(' · ');
}
