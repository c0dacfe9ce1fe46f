/** `diskwhy watch` in a pipe: one line per event, and the summary at the end. */
import type {
  DiskStateEvent,
  GrowthEvent,
  GrowthState,
  PoolStateEvent,
  StopEvent,
  SummaryEvent,
  UnexplainedGrowthEvent,
  WatchEvent,
} from '../../../model/watch-event.ts';
import { durationText } from '../../../model/duration.ts';
import { clockText } from '../../terminal/clock.ts';
import { displayName, escapeText } from '../../terminal/escape.ts';
import { formatCount, formatShare, formatSize } from '../../terminal/size.ts';
import { cutEnd } from '../../terminal/text-width.ts';
import type { LineScreen } from './watch-screen.ts';
import { poolText, stopText } from '../../words/disk-events.ts';
import { capText } from '../../words/growth-caps.ts';
import { stepSentences, verdictPaint } from '../../words/log.ts';
import { quotaText } from '../../words/quota.ts';
import { clueText, noticeText } from '../../words/watch-notices.ts';
import { fullPhrases, placeText, rateText, remedyTexts, stateText, verdictText } from '../../words/watch.ts';
import { byWriters, hiddenText } from '../../words/writers.ts';

/** "14:02:31 ALARM /var/log/worker.log +2.3 MiB/s …"; the summary is several lines. */
export function watchEventLines(event: WatchEvent, screen: LineScreen): string[] {
  if (event.type === 'summary') return summaryLines(event, screen);
  return [`${clockText(event.at, screen.zoneMinutes)} ${eventText(event, screen)}`];
}

function eventText(event: Exclude<WatchEvent, SummaryEvent>, screen: LineScreen): string {
  switch (event.type) {
    case 'ready':
      return `ready: ${formatCount(event.directories)} directories, ${formatCount(event.watched)} with a watch of their own (${event.sources.join(', ')}); every one is looked at again within ${durationText(event.sweepSeconds)}`;
    case 'notice':
      return `notice: ${noticeText(event.path, event.notice)}`;
    case 'unexplained-growth':
      return unexplainedText(event, screen);
    case 'nearly-full':
    case 'full':
    case 'freed':
      return diskStateText(event, screen);
    case 'pool-nearly-full':
    case 'pool-full':
    case 'pool-freed':
    case 'read-only':
    case 'writable':
      return `${diskTitle(event, screen)} ${'pool' in event ? poolText(event, screen.sizes) : stopText(event)}`;
    default:
      return growthText(event, screen);
  }
}

const titles: Readonly<Record<GrowthEvent['type'], string>> = {
  alarm: 'ALARM',
  update: 'update',
  calm: 'calm',
  rotated: 'rotated',
  truncated: 'truncated',
  moved: 'moved',
  'deleted-open': 'DELETED, STILL OPEN',
};

function growthText(event: GrowthEvent, screen: LineScreen): string {
  const { style, sizes } = screen;
  const title =
    event.type === 'alarm' || event.type === 'deleted-open'
      ? style.bad(titles[event.type])
      : titles[event.type];
  const from = event.from === undefined ? '' : `${displayName(event.from)} → `;
  const place = `${from}${placeText(event, sizes)}`;
  const files =
    event.what !== 'file' && event.filesPerSecond >= 1
      ? `, ${formatCount(Math.round(event.filesPerSecond))} new files/s`
      : '';
  const grown = `${formatSize(Math.max(0, event.grownBytes), sizes)} in ${durationText(event.sinceSeconds)}`;
  return `${title} ${place} +${rateText(event.bytesPerSecond, sizes)}${files} (${grown})${why(event, screen)}${causeText(event)}; ${outlookText(event, screen)}${doText(event)}`;
}

/** Of a loop: what fails and what it comes from. */
function causeText({ type, judgement }: GrowthEvent): string {
  return type === 'alarm'
    ? stepSentences(judgement.step)
        .map((sentence) => `; ${escapeText(sentence)}`)
        .join('')
    : '';
}

/** Updates repeat what was said, so what to do is said with the alarm only. */
function doText(event: GrowthEvent): string {
  if (event.type !== 'alarm') return '';
  return remedyTexts(event)
    .map((text, index) => `${index === 0 ? '; to stop it: ' : '; then: '}${text}`)
    .join('');
}

function why(state: GrowthState, { style }: LineScreen): string {
  const writers = byWriters(state.writers);
  const hidden = state.writersHidden === undefined ? '' : ` (${hiddenText(state.writersHidden)})`;
  const { verdict } = state.judgement;
  const judged = verdict === 'unknown' ? '' : ` ${verdictPaint(verdict, style)(verdictText(state))}`;
  return `${judged}${writers === '' ? '' : ` ${writers}`}${hidden}`;
}

function outlookText({ filesystem }: GrowthState, { sizes }: LineScreen): string {
  return [
    `${displayName(filesystem.mountPoint)} ${fullPhrases(filesystem, sizes).join(', ')}`,
    ...filesystem.caps.map(capText),
  ].join('; ');
}

function diskTitle({ type }: PoolStateEvent | StopEvent, { style }: LineScreen): string {
  const title = type.replaceAll('-', ' ');
  if (type === 'pool-full' || type === 'read-only') return style.bad(title.toUpperCase());
  return type === 'pool-nearly-full' ? style.warning(title.toUpperCase()) : title;
}

function diskStateText(event: DiskStateEvent, { style, sizes }: LineScreen): string {
  const { type, filesystem, atStart, quota, filledBy } = event;
  const place = displayName(filesystem.mountPoint);
  if (type === 'freed' && quota !== undefined) return `freed ${place} has room again: ${quotaText(quota)}`;
  if (type === 'freed')
    return `freed ${place} has room again: ${formatSize(filesystem.availableBytes, sizes)} free`;
  const title = type === 'full' ? style.bad('FULL') : style.warning('NEARLY FULL');
  const already = atStart ? ' already' : '';
  const fillers = filledBy.map((state) => {
    const writers = byWriters(state.writers);
    return `${placeText(state, sizes)} +${formatSize(state.grownBytes, sizes)}${writers === '' ? '' : ` ${writers}`}`;
  });
  const by = fillers.length === 0 ? '' : `; filled by ${fillers.join(', ')}`;
  const first = filledBy.flatMap(remedyTexts)[0];
  // Whoever filled it may be gone: then what lies there says more.
  const todo = `; what to do first: ${first ?? `diskwhy ${place} says it`}`;
  const state =
    quota === undefined
      ? `${place} is${already} ${stateText(filesystem, sizes)}`
      : `${place} is${already} at a quota: ${quotaText(quota)}`;
  return `${title} ${state}${by}${todo}`;
}

function unexplainedText(event: UnexplainedGrowthEvent, { style, sizes }: LineScreen): string {
  const { filesystem, grownBytes, explainedBytes, bytesPerSecond, clues } = event;
  const rest = formatSize(Math.max(0, grownBytes - explainedBytes), sizes);
  const where = clues.map((clue) => `; ${clueText(clue, filesystem.mountPoint, sizes)}`).join('');
  return `${style.bad('ALARM')} ${displayName(filesystem.mountPoint)} grows and no watched file explains it: +${rateText(bytesPerSecond, sizes)}, ${rest} of ${formatSize(grownBytes, sizes)}${where}; ${fullPhrases(filesystem, sizes).join(', ')}`;
}

/** Below the place of a row. */
const INDENT = ' '.repeat(12);

function summaryLines(event: SummaryEvent, screen: LineScreen): string[] {
  const { alarms, seconds, grownBytes, explainedBytes, top } = event;
  const alarmText = alarms === 0 ? 'no alarm' : `${formatCount(alarms)} ${alarms === 1 ? 'alarm' : 'alarms'}`;
  const disk =
    grownBytes > 0
      ? `the disk grew by ${formatSize(grownBytes, screen.sizes)}, ${formatShare(Math.min(explainedBytes, grownBytes), grownBytes)} of it explained`
      : 'the disk did not grow';
  const rows = top.slice(0, screen.top).flatMap((state) => summaryRows(state, screen));
  return [`${screen.style.bold('SUMMARY')}  ${durationText(seconds)}, ${alarmText}, ${disk}`, ...rows];
}

/** Of what is still an alarm: also why, and what to type. */
function summaryRows(state: GrowthState, screen: LineScreen): string[] {
  const grown = formatSize(Math.max(0, state.grownBytes), screen.sizes).padStart(10);
  const place = placeText(state, screen.sizes);
  const row = cutEnd(`${grown}  ${place} ${why(state, screen)}`, screen.width);
  if (state.remedies.length === 0) return [row];
  const details = [
    ...stepSentences(state.judgement.step).map((sentence) => `· ${sentence}`),
    ...remedyTexts(state).map((text) => `→ ${text}`),
  ];
  return [row, ...details.map((text) => cutEnd(`${INDENT}${escapeText(text)}`, screen.width))];
}
