/** The terminal report of `diskwhy log FILE…`: verdict first, then what a person can check, then the patterns and one round. */
import type { LogPattern, LogReport } from '../../../model/log-report.ts';
import { logEvidence, logProblemText, verdictMeaning, verdictName, verdictPaint } from '../../words/log.ts';
import { paddedBar } from '../../terminal/bar.ts';
import { displayName, escapeText } from '../../terminal/escape.ts';
import { flowLines } from '../../terminal/flow.ts';
import { hasBars } from '../../terminal/screen.ts';
import type { Screen } from '../../terminal/screen.ts';
import { formatCount, formatSize } from '../../terminal/size.ts';
import { cutEnd, cutMiddle, textWidth } from '../../terminal/text-width.ts';
import { wrapWords } from '../../terminal/wrap.ts';

const BAR_WIDTH = 10;

/** Lines without line ends. */
export function logLines(reports: readonly LogReport[], screen: Screen): string[] {
  return reports.flatMap((report, index) => [...(index > 0 ? [''] : []), ...oneLog(report, screen)]);
}

function oneLog(report: LogReport, screen: Screen): string[] {
  return [
    ...heading(report, screen),
    '',
    verdictLine(report, screen),
    ...sentencesOf(report).flatMap((sentence) => wrapWords('  · ', escapeText(sentence), screen.width)),
    ...patternLines(report, screen),
    ...cycleLines(report, screen),
  ];
}

function sentencesOf(report: LogReport): string[] {
  return [...(report.problem === null ? [] : [logProblemText(report.problem)]), ...logEvidence(report)];
}

function heading(report: LogReport, screen: Screen): string[] {
  const { style } = screen;
  const size = report.fileBytes === null ? '' : `   ${formatSize(report.fileBytes, screen.sizes)}`;
  const path = cutMiddle(displayName(report.path), screen.width - textWidth(size));
  const read = `${report.whole ? 'read whole' : `last ${formatSize(report.bytesRead, screen.sizes)} read`}: ${formatCount(report.lines)} ${report.lines === 1 ? 'line' : 'lines'}`;
  const facts = [read];
  if (report.linesPerSecond !== null) facts.push(`${rateText(report.linesPerSecond)} lines/s`);
  if (report.span !== null) facts.push(spanText(report.span));
  const lines = [`${style.bold(path)}${size}`, ...flowLines('', facts, screen.width)];
  if (hasBars(screen) && report.rate.length > 1) lines.push(sparkline(report.rate));
  return lines;
}

function verdictLine({ verdict, confidence }: LogReport, { style, width }: Screen): string {
  const title = verdictName(verdict).toUpperCase();
  const rest = `   confidence ${Math.round(confidence * 100)} %   ${verdictMeaning[verdict]}`;
  return verdictPaint(verdict, style)(style.bold(title)) + cutEnd(rest, width - title.length);
}

function patternLines(report: LogReport, screen: Screen): string[] {
  const { patterns, morePatterns } = report;
  if (patterns.length === 0) return [];
  const rows = patterns.map((pattern) => patternRow(pattern, screen));
  if (morePatterns > 0) {
    const share = Math.max(0, 1 - patterns.reduce((sum, { share: one }) => sum + one, 0));
    const more = `${formatCount(morePatterns)} more ${morePatterns === 1 ? 'pattern' : 'patterns'}`;
    rows.push(screen.style.dim(`${head(share, screen)}${more}`));
  }
  return ['', ...rows];
}

function patternRow({ headline, share, everySeconds }: LogPattern, screen: Screen): string {
  const start = head(share, screen);
  const every = everySeconds === null || everySeconds <= 0 ? '' : `every ${secondsText(everySeconds)}`;
  const text = escapeText(headline.replaceAll(/\s+/gu, ' '));
  if (!Number.isFinite(screen.width)) return `${start}${text}${every === '' ? '' : `   ${every}`}`;
  const room = screen.width - textWidth(start) - (every === '' ? 0 : every.length + 3);
  const cut = cutEnd(text, room);
  if (every === '') return start + cut;
  return `${start}${cut}${' '.repeat(Math.max(0, room - textWidth(cut)))}   ${screen.style.dim(every)}`;
}

function head(share: number, screen: Screen): string {
  const percent = `${share > 0 && share < 0.01 ? '<1' : Math.round(share * 100)} %`;
  return `${percent.padStart(7)}  ${hasBars(screen) ? `${paddedBar(share, BAR_WIDTH)}  ` : ''}`;
}

function cycleLines({ cycle, verdict }: LogReport, screen: Screen): string[] {
  if (cycle.length === 0) return [];
  const title = verdict === 'restart-loop' ? 'one life of it:' : 'one round of it:';
  return [
    '',
    `  ${title}`,
    ...cycle.map((line) => screen.style.dim(`    ${cutEnd(escapeText(line), screen.width - 4)}`)),
  ];
}

const levels = '▁▂▃▄▅▆▇█';

/** Lines per slice of time, the busiest slice full height; empty slices stay at the bottom. */
function sparkline(rate: readonly number[]): string {
  const most = Math.max(...rate);
  return rate.map((one) => levels[most === 0 ? 0 : Math.round((one / most) * 7)]).join('');
}

function spanText({ fromSeconds, toSeconds }: { fromSeconds: number; toSeconds: number }): string {
  const from = dayTime(fromSeconds);
  const to = dayTime(toSeconds);
  const sameDay = from.length > 11 && from.slice(0, 11) === to.slice(0, 11);
  return `${from} – ${sameDay ? to.slice(11) : to} UTC`;
}

function dayTime(seconds: number): string {
  // Uptime stamps count from a start that nobody names: they have no date.
  if (seconds < 86_400 * 365) return `+${secondsText(seconds)}`;
  if (seconds > 8.64e12) return '?';
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

function rateText(rate: number): string {
  return rate >= 100 ? formatCount(Math.round(rate)) : rate >= 0.1 ? rate.toFixed(1) : rate.toPrecision(1);
}

function secondsText(seconds: number): string {
  if (seconds < 0.01) return '<0.01 s';
  if (seconds < 10) return `${seconds.toFixed(2)} s`;
  if (seconds < 120) return `${seconds.toFixed(1)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
