/**
 * One line for a monitoring system, and the code that goes with it, as the guidelines for plugins want them
 * (monitoring-plugins.org/doc/guidelines.html): Nagios, Icinga, Naemon, Checkmk.
 */
import { subjects } from './condition.ts';
import type { Judgement } from './judgements.ts';
import { judgementText } from './judgements.ts';
import type { Measure } from './measures.ts';

export const checkCodes = { OK: 0, WARNING: 1, CRITICAL: 2, UNKNOWN: 3 } as const;
type CheckState = keyof typeof checkCodes;

/** What holds decides, the worse first; then what could not be told. */
export function checkState(judgements: readonly Judgement[]): CheckState {
  const holds = (level: Judgement['level']): boolean =>
    judgements.some((one) => one.state === 'holds' && one.level === level);
  if (holds('fail')) return 'CRITICAL';
  if (holds('warn')) return 'WARNING';
  return judgements.some(({ state }) => state === 'unknown') ? 'UNKNOWN' : 'OK';
}

/** "DISKWHY CRITICAL - used>85%: / 87.3 % | '/ used'=87.3%;80;85;0;100" @param note of what could not be read. */
export function checkLine(
  judgements: readonly Judgement[],
  measures: readonly Measure[],
  note: string,
): string {
  const state = checkState(judgements);
  const wanted = state === 'OK' ? 'clear' : state === 'UNKNOWN' ? 'unknown' : 'holds';
  const told = judgements.filter((one) => one.state === wanted).map(judgementText);
  const data = performanceData(judgements, measures);
  return (
    oneLine(`DISKWHY ${state} - ${[...told, ...(note === '' ? [] : [note])].join(', ')}`) +
    (data === '' ? '' : ` | ${data}`)
  );
}

export function unknownLine(why: string): string {
  return `DISKWHY UNKNOWN - ${oneLine(why)}`;
}

/** A bar begins the data, and a line end ends the text. */
function oneLine(text: string): string {
  return text.replaceAll('|', '/').replaceAll(/\p{Cc}+/gu, ' ');
}

/** Of what conditions ask for: 'label'=value;warn;crit;min;max. */
function performanceData(judgements: readonly Judgement[], measures: readonly Measure[]): string {
  const asked = new Set(judgements.map(({ condition }) => condition.subject));
  return measures
    .filter(({ subject, value }) => asked.has(subject) && value !== undefined && value !== Infinity)
    .map(({ subject, of, value }) => {
      const { unit, isAbove } = subjects[subject];
      const range = (level: Judgement['level']): string => {
        const limit = judgements.find((one) => one.level === level && one.condition.subject === subject)
          ?.condition.limit;
        return limit === undefined ? '' : `${round(limit)}${isAbove ? '' : ':'}`;
      };
      const label = `${oneLine(of)} ${subject}`.replaceAll(/['=]/gu, '_');
      return `'${label}'=${round(value!)}${unit};${range('warn')};${range('fail')};0${unit === '%' ? ';100' : ''}`;
    })
    .join(' ');
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}
