/** The words of `diskwhy free`: why something is left to a person. */
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
