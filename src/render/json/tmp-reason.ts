/** Reasons, holders and advice of `diskwhy tmp` as JSON: codes and values, and the sentence for people as `text`. */
import type { TmpAdvice, TmpHolder, TmpReason } from '../../model/tmp-reason.ts';
import type { TmpUnit } from '../../model/tmp-report.ts';
import { factsJson } from './facts.ts';
import type { FactsJson } from './facts.ts';
import { remedyJson } from './remedy.ts';
import { adviceWords } from '../words/tmp-advice.ts';
import { holdWords } from '../words/tmp-holder.ts';
import { reasonWords } from '../words/tmp.ts';

type Nested = Extract<TmpReason, { readonly code: 'family' | 'assumed-unused' }>;

/** A reason: its code, its values, and the sentence. */
export type ReasonJson = { readonly text: string } & (
  | FactsJson<Exclude<TmpReason, Nested>>
  | {
      readonly code: 'family';
      /** The file of the family that stays. */
      readonly member: string;
      readonly memberBase64?: string;
      readonly because: ReasonJson;
    }
  | { readonly code: 'assumed-unused'; readonly doubt: ReasonJson }
);

/** @param reason the unit's, or one within it. */
export function reasonJson(unit: TmpUnit, reason: TmpReason): ReasonJson {
  const text = reasonWords({ ...unit, reason });
  switch (reason.code) {
    case 'family': {
      const { because, ...others } = reason;
      return { ...factsJson(others), because: reasonJson(unit, because), text };
    }
    case 'assumed-unused':
      return { code: reason.code, doubt: reasonJson(unit, reason.doubt), text };
    default:
      return { ...factsJson(reason), text };
  }
}

/** `how` is the words, `hold` the code of the same. */
export function holderJson(holder: TmpHolder) {
  const { how, ...others } = holder;
  return { ...factsJson(others), how: holdWords(holder), hold: how };
}

export function adviceJson(advice: TmpAdvice) {
  const { text, command } = adviceWords(advice);
  return {
    code: advice.code,
    text,
    command: command ?? null,
    actions: 'remedies' in advice ? advice.remedies.map(remedyJson) : [],
  };
}
