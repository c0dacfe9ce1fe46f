/** The live screen of `diskwhy watch`: what grows, how fast, why and by whom, as lines that fit the terminal. */
import type { ByteString } from '../../../model/byte-string.ts';
import type { FilesystemOutlook, GrowthState, WatchFrame } from '../../../model/watch-event.ts';
import { durationText } from '../../../model/duration.ts';
import { clockText } from '../../terminal/clock.ts';
import { displayName, escapeText } from '../../terminal/escape.ts';
import { flowLines } from '../../terminal/flow.ts';
import { formatCount, formatShare, formatSize } from '../../terminal/size.ts';
import { cutEnd, cutMiddle, textWidth } from '../../terminal/text-width.ts';
import { watchHelpLines } from './watch-help.ts';
import type { WatchScreen } from './watch-screen.ts';
import { watchTableLines } from './watch-table.ts';
import { capText } from '../../words/growth-caps.ts';
import { logEvidence } from '../../words/log.ts';
import { counted, fullPhrases, memoryText, remedyTexts, togetherText } from '../../words/watch.ts';
import { hiddenText, writersText } from '../../words/writers.ts';
import { wrapWords } from '../../terminal/wrap.ts';

/** What the screen is drawn from. */
export interface WatchView {
  /** As they were named. */
  readonly paths: readonly ByteString[];
  /** Undefined until the first scan is done. */
  readonly frame: WatchFrame | undefined;
  /** Shown while there is no frame. */
  readonly scannedEntries: number;
  /** What the user should know once, oldest first. */
  readonly notices: readonly string[];
  readonly showsHelp: boolean;
}

/** At most `screen.height` lines, none wider than `screen.width`. */
export function watchLines(view: WatchView, screen: WatchScreen): string[] {
  const foot = footLines(view, screen);
  const room = screen.height - foot.length;
  const body = view.showsHelp ? watchHelpLines(screen) : mainLines(view, screen, room);
  const shown = body.slice(0, Math.max(0, room));
  const filler = Array.from({ length: Math.max(0, room - shown.length) }, () => '');
  return [...shown, ...filler, ...foot].slice(0, screen.height);
}

function mainLines(view: WatchView, screen: WatchScreen, room: number): string[] {
  const { frame } = view;
  if (frame === undefined) {
    const scanned = view.scannedEntries > 0 ? `, ${formatCount(view.scannedEntries)} entries so far` : '';
    return [cutEnd(`looking at ${view.paths.map(displayName).join(', ')} first${scanned}`, screen.width)];
  }
  const head = headLines(view.paths, frame, screen);
  const details = detailLines(frame, screen);
  const rows = watchTableLines(
    view.paths,
    frame,
    screen,
    Math.max(3, room - head.length - details.length - 2),
  );
  return [...head, '', ...rows, '', ...details];
}

function headLines(paths: readonly ByteString[], frame: WatchFrame, screen: WatchScreen): string[] {
  const { style } = screen;
  const clock = `${clockText(frame.at, screen.zoneMinutes)}   up ${durationText(frame.seconds)}`;
  const watching = `watching ${paths.map(displayName).join(', ')}`;
  const first = cutMiddle(watching, screen.width - textWidth(clock) - 3);
  const gap = ' '.repeat(Math.max(1, screen.width - textWidth(first) - textWidth(clock)));
  return [
    style.bold(first) + gap + clock,
    ...frame.filesystems.flatMap((one) => filesystemLines(one, screen)),
    ...flowLines(
      '',
      [
        counted(frame.directories, 'directory', 'directories'),
        ...(frame.watched > 0 ? [`${formatCount(frame.watched)} with a watch of their own`] : []),
        `${counted(frame.files, 'file', 'files')} seen growing`,
      ],
      screen.width,
    ).map(style.dim),
  ];
}

function filesystemLines(outlook: FilesystemOutlook, screen: WatchScreen): string[] {
  const { mountPoint, availableBytes, fullInSeconds, state } = outlook;
  const phrases = [
    cutMiddle(displayName(mountPoint), screen.width),
    `${formatSize(availableBytes, screen.sizes)} free`,
    ...fullPhrases(outlook, screen.sizes),
  ];
  const paint =
    state.level === 'full'
      ? screen.style.bad
      : fullInSeconds === undefined && state.level === 'ok'
        ? screen.style.good
        : screen.style.warning;
  return flowLines('', phrases, screen.width).map(paint);
}

/** Why, for the worst one: the evidence, what will stop it, whose memory, what cannot be seen. */
function detailLines({ growing, grownBytes, explainedBytes }: WatchFrame, screen: WatchScreen): string[] {
  const worst = growing.find(({ isAlarm }) => isAlarm) ?? growing.at(0);
  const lines = worst
    ? [screen.style.bold(cutMiddle(displayName(worst.path), screen.width)), ...whyLines(worst, screen)]
    : [];
  if (grownBytes > 0) {
    const share = formatShare(Math.min(explainedBytes, grownBytes), grownBytes);
    lines.push(
      ...wrapWords(
        '',
        `${share} of the ${formatSize(grownBytes, screen.sizes)} by which the disk grew is explained by these files`,
        screen.width,
      ),
    );
  }
  return lines;
}

function whyLines(state: GrowthState, screen: WatchScreen): string[] {
  const memory = memoryText(state.writers.at(0), screen.sizes);
  const sentences = [
    ...(state.together === undefined ? [] : [togetherText(state.together, screen.sizes)]),
    ...logEvidence(state.judgement).slice(0, 3),
    ...state.filesystem.caps.map(capText),
    ...(memory === '' ? [] : [`${writersText(state.writers.slice(0, 1))}: ${memory}`]),
    ...(state.writersHidden === undefined ? [] : [hiddenText(state.writersHidden)]),
  ];
  return [
    ...sentences.flatMap((sentence) => wrapWords('  · ', escapeText(sentence), screen.width)),
    ...remedyTexts(state).flatMap((text) => wrapWords('  → ', escapeText(text), screen.width)),
  ];
}

function footLines({ notices, frame }: WatchView, screen: WatchScreen): string[] {
  const keys = 'q quit   ? help';
  const rows = screen.height >= ROWS_TO_SPARE ? 3 : 1;
  const latest = notices
    .slice(-2)
    .flatMap((text) => noticeLines(escapeText(text), rows, screen.width).map(screen.style.warning));
  return [...(frame ? latest : []), screen.style.dim(cutEnd(keys, screen.width))];
}

/** A screen of so many rows has some for the whole of what is told: who filled the disk, and what to do first. */
const ROWS_TO_SPARE = 20;

function noticeLines(text: string, rows: number, width: number): string[] {
  const lines = wrapWords('', text, width);
  return lines.length <= rows
    ? lines
    : [...lines.slice(0, rows - 1), cutEnd(lines.slice(rows - 1).join(' '), width)];
}
