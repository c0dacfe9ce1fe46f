/** Holds conditions against what was measured. */
import type { ConditionJson } from '../../render/json/condition.ts';
import { limitText, subjects } from './condition.ts';
import type { Condition } from './condition.ts';
import type { Measure } from './measures.ts';

export interface Judgement {
  readonly condition: Condition;
  readonly level: 'fail' | 'warn';
  readonly state: 'holds' | 'clear' | 'unknown';
  /** The measure that decided: the one that holds most, else the nearest; undefined where there was none at all. */
  readonly measure: Measure | undefined;
}

export function judgeConditions(
  conditions: readonly Condition[],
  level: Judgement['level'],
  measures: readonly Measure[],
): Judgement[] {
  return conditions.map((condition) => {
    const own = measures.filter(({ subject }) => subject === condition.subject);
    const known = own.filter(({ value }) => value !== undefined);
    const sign = condition.isAbove ? -1 : 1;
    const [worst] = known.toSorted((a, b) => sign * (a.value! - b.value!));
    const holds =
      worst !== undefined &&
      (condition.isAbove ? worst.value! > condition.limit : worst.value! < condition.limit);
    const missing = own.find(({ value }) => value === undefined);
    if (holds || !missing) return { condition, level, state: holds ? 'holds' : 'clear', measure: worst };
    return { condition, level, state: 'unknown', measure: missing };
  });
}

/** "used>85%: / 87.3 %" */
export function judgementText({ condition, measure }: Judgement): string {
  const { text, subject } = condition;
  if (!measure) return `${text}: nothing of that kind`;
  const { of, value, unknown } = measure;
  if (value === undefined) return `${text}: ${of} not known: ${unknown}`;
  return `${text}: ${of} ${value === Infinity ? 'is not filling' : subjects[subject].inWords(value)}`;
}

/** For JSON: values in the units of their names. */
export function judgementJson({ condition, level, state, measure }: Judgement): ConditionJson {
  return {
    condition: condition.text,
    subject: condition.subject,
    level,
    state,
    limit: condition.limit,
    limitText: limitText(condition),
    unit: unitOf(condition),
    of: measure?.of ?? null,
    value: measure?.value === undefined || measure.value === Infinity ? null : measure.value,
  };
}

function unitOf({ subject }: Condition): ConditionJson['unit'] {
  switch (subjects[subject].unit) {
    case '%':
      return 'percent';
    case 's':
      return 'seconds';
    case 'B':
      return subject === 'growth' ? 'bytesPerSecond' : 'bytes';
  }
}
