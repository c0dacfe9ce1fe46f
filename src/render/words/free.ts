/** The words of `diskwhy free`: why something is left to a person. */
import type { StepOutcome } from '../../model/free-outcome.ts';
import type { FreeDecision } from '../../model/free-plan.ts';

const decisions: Readonly<Record<FreeDecision['why'], string>> = {
  never: 'only its program gives space back; never by hand',
  blanks: 'its command needs a choice of yours',
  'no-remedy': 'nothing that may be done without knowing what it is: look first',
  'missing-tool': 'the program that would do it is not on this machine',
  'unknown-bytes': 'its owner gives back what it finds unused: how much only it can tell',
};

export function decisionText({ why }: FreeDecision): string {
  return decisions[why];
}

const results: Readonly<Record<StepOutcome['result'], string>> = {
  done: 'done',
  failed: 'its command failed',
  declined: 'not done: you said no',
  'not-asked': 'not done: nobody could be asked, and it wants a look first',
  'needs-root': 'not done: only root may',
  refused: 'not done: something holds, mounts or uses it by now',
  needless: 'not needed any more',
};

export function resultText(result: StepOutcome['result']): string {
  return results[result];
}
