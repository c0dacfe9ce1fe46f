/** What `diskwhy fleet` answers, as a table, and below it what did not count. */
import type { FleetAnswer, FleetValue, SkipReason } from '../../../model/fleet-answer.ts';
import { displayName, escapeText } from '../../terminal/escape.ts';
import type { Screen } from '../../terminal/screen.ts';
import { formatAge, formatCount, formatSize } from '../../terminal/size.ts';
import { tableLines } from '../../terminal/table.ts';
import { cutMiddle } from '../../terminal/text-width.ts';
import { wrapWords } from '../../terminal/wrap.ts';
import { countOf } from '../../words/phrases.ts';

/** What a column of a question holds; any other is shown as it is. */
type ColumnKind = 'bytes' | 'rate' | 'time' | 'count' | 'percent';

const KINDS: Readonly<Record<string, ColumnKind>> = {
  bytes: 'bytes',
  freeable: 'bytes',
  size: 'bytes',
  available: 'bytes',
  grown_bytes: 'bytes',
  most_on_one: 'bytes',
  used: 'bytes',
  explained: 'bytes',
  fill_rate: 'rate',
  growth_rate: 'rate',
  full_at: 'time',
  first_at: 'time',
  last_at: 'time',
  recorded_at: 'time',
  fullest_percent: 'percent',
  hosts: 'count',
  findings: 'count',
  unread_paths: 'count',
};

const REASONS: Readonly<Record<SkipReason, string>> = {
  'not-a-record': 'is no record by its name',
  damaged: 'damaged',
  'old-schema': 'of another version of the schema',
  twice: 'the same machine and moment a second time',
  'clock-ahead': 'of a time that has not come: its clock is wrong',
  'wrong-day': 'in the folder of another day',
  'not-as-named': 'its rows are not what its name says, or cannot be',
  'too-large': 'too large for a record',
  unreadable: 'could not be read',
};

/** Files, hosts and names that are listed. */
const MOST_LISTED = 10;
const MOST_CELL = 60;

/** Lines without line ends. */
export function fleetLines(answer: FleetAnswer, screen: Screen): string[] {
  const { rows, columns, question } = answer;
  const shown = rows.slice(0, screen.top);
  const kinds = columns.map((column) => (question === 'sql' ? undefined : KINDS[column]));
  const table = tableLines(
    [
      columns.map((column) => column.replaceAll('_', ' ').toUpperCase()),
      ...shown.map((row) => row.map((value, index) => cell(value, kinds[index], answer, screen))),
    ],
    kinds.map((kind, index) => (kind === undefined && !isNumber(shown[0]?.[index]) ? 'left' : 'right')),
  );
  const rest = rows.length - shown.length;
  return [
    ...(rows.length === 0 ? ['nothing'] : table),
    ...(rest > 0 ? [`… ${formatCount(rest)} more; --top 0 shows all`] : []),
    '',
    ...notes(answer).flatMap((line) => wrapWords('', line, screen.width)),
  ];
}

function isNumber(value: FleetValue | undefined): boolean {
  return typeof value === 'number' || typeof value === 'bigint';
}

function cell(
  value: FleetValue,
  kind: ColumnKind | undefined,
  { untilSeconds }: FleetAnswer,
  { sizes }: Screen,
): string {
  if (value === null || value === '') return '–';
  if (kind === undefined || typeof value === 'boolean')
    return typeof value === 'string' ? cutMiddle(escapeText(value), MOST_CELL) : String(value);
  const number = Number(value);
  switch (kind) {
    case 'bytes':
      return formatSize(number, sizes);
    case 'rate':
      return number === 0 ? '–' : `${formatSize(Math.round(number), sizes)}/s`;
    case 'count':
      return formatCount(number);
    case 'percent':
      return `${number.toFixed(1)} %`;
    case 'time':
      return `${timeText(number)} ${distance(number - untilSeconds)}`;
  }
}

/** "2026-11-28 02:10Z" */
function timeText(seconds: number): string {
  if (!(Math.abs(seconds) <= 8.64e12)) return '–';
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')}Z`;
}

function distance(seconds: number): string {
  const age = formatAge(Math.abs(seconds));
  if (age === 'now') return '(now)';
  return seconds >= 0 ? `(in ${age})` : `(${age} ago)`;
}

function notes({ records, machines, skipped, silent, shared, days }: FleetAnswer): string[] {
  const skips = skipped
    .slice(0, MOST_LISTED)
    .map(({ path, reason }) => `  ${displayName(path)}: ${REASONS[reason]}`);
  const silentNames = silent
    .slice(0, MOST_LISTED)
    .map(({ host, lastSeconds }) => `${escapeText(host)} (${timeText(lastSeconds)})`);
  return [
    `${countOf(records, 'record')} of ${countOf(machines, 'machine')}`,
    ...(skipped.length > 0 ? [`${countOf(skipped.length, 'file')} skipped, not counted:`, ...skips] : []),
    ...(skipped.length > MOST_LISTED ? ['  … --json lists all'] : []),
    ...(silent.length > 0
      ? [
          `${countOf(silent.length, 'machine')} without a record in the last ${countOf(days, 'day')}, silent or with a clock that is behind: ${silentNames.join(', ')}${silent.length > MOST_LISTED ? ' …' : ''}`,
        ]
      : []),
    ...shared
      .slice(0, MOST_LISTED)
      .map(
        ({ host, machines: count }) => `${escapeText(host)} is the name of ${count} machines; each counts`,
      ),
  ];
}
