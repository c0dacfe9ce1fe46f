/** The words of `diskwhy free`: why something is left to a person. */
import { missingText } from './actions.ts';
import { saidOf } from './said-of.ts';
import type { StepOutcome } from '../../model/free-outcome.ts';
import type { FreeDecision } from '../../model/free-plan.ts';

const decisions: Readonly<Record<Exclude<FreeDecision['why'], 'no-remedy' | 'missing-tool'>, string>> = {
  never: 'only its program gives space back; never by hand',
  blanks: 'its command needs a choice of yours',
  'unknown-bytes': 'its owner gives back what it finds unused: how much only it can tell',
};

/** Where no command may be offered, the advice of the report itself. @param nowSeconds since 1970: what ages count from. */
export function decisionText({ finding, why }: FreeDecision, nowSeconds: number): string {
  if (why === 'no-remedy') return saidOf(finding, nowSeconds).advice;
  if (why === 'missing-tool') return finding.remedies.map(missingText).find((text) => text !== '') ?? '';
  return decisions[why];
}

const results: Readonly<Record<StepOutcome['result'], string>> = {
  done: 'done',
  failed: 'its command failed',
  declined: 'not done: you said no',
  'not-asked': 'not done: nobody could be asked, and it wants a look first',
  'needs-root': 'not done: only root may',
  refused: 'not done: something holds, mounts or uses it by now',
  changed: 'stopped: what is there now is not what the plan was about',
  needless: 'not needed any more',
};

export function resultText(result: StepOutcome['result']): string {
  return results[result];
}
