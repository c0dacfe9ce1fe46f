/** What an action gives back and costs, in a few words. */
import type { Action, Loss, Refusal, Remedy } from '../../model/action.ts';
import { sizeText } from '../../model/size.ts';

/** "gives 12.0 GiB back", "gives at least 3.0 GiB back", "how much comes back only its owner can tell", "". */
export function freedText({ frees: { bytes, certainty } }: Action): string {
  if (certainty === 'unknown')
    return bytes > 0
      ? `gives ${sizeText(bytes)} or more back`
      : 'how much comes back only its owner can tell';
  if (bytes === 0) return '';
  return certainty === 'exact' ? `gives ${sizeText(bytes)} back` : `gives at least ${sizeText(bytes)} back`;
}

const losses: Readonly<Record<Loss, string>> = {
  nothing: 'nothing is lost',
  regenerable: 'it is made again when needed',
  'log-lines': 'its lines are lost',
  'old-generations': 'old generations are lost',
  'thrown-away': 'what was thrown away is gone for good',
  'crash-evidence': 'these crashes cannot be looked into any more',
  leftovers: 'what a program left unfinished is lost',
  uptime: 'what runs is interrupted',
  'owners-choice': 'what you choose is lost',
  content: 'its content is lost',
};

export function lossText(loss: Loss): string {
  return losses[loss];
}

/** What comes back, what is lost, and whether a person has to look first; nothing for what only looks. */
export function costText(action: Action): string {
  const freed = freedText(action);
  if (freed === '' || action.kind === 'look') return '';
  return `${action.risk === 'safe' ? 'safe' : 'look first'}: ${freed}; ${lossText(action.loses)}`;
}

/** "yarn is not on this machine"; nothing where the program is. */
export function missingText({ missingTool }: Pick<Remedy, 'missingTool'>): string {
  return missingTool === undefined ? '' : `${missingTool} is not on this machine`;
}

const refusals: Readonly<Record<Refusal['reason'], string>> = {
  held: 'a process holds it',
  'kernel-uses-it': 'the kernel uses it as a disk',
  mounted: 'a filesystem is mounted in it',
  store: 'a program keeps its data there',
  packaged: 'a package owns it',
  'foreign-root': 'it belongs to another system than the one that runs',
  'read-only': 'it lies in a read-only filesystem or snapshot',
  'no-regular-file': 'it is not what it was',
  'not-a-log': 'it is no log of text lines',
  'set-aside': 'something was set aside there, to be brought back or purged: diskwhy tmp --quarantined',
  'audit-trail': 'an audit trail is evidence that somebody may have to keep',
  'another-store': 'its program keeps its data in another directory now, and the command would act on that',
  'named-in-configuration': 'configuration names it: something starts from it or serves it',
  'last-copy': 'it may be the only copy',
  'runs-from-it': 'a process runs from it',
  'unknown-meaning': 'nobody knows what it is',
  'system-place': 'it is a part of the system',
  'several-names': 'it has other names',
  'linked-to': 'a link leads to it: it is the one in use',
  gone: 'it is gone',
};

/** Why something is not offered. */
export function refusalText({ reason }: Refusal): string {
  return refusals[reason];
}
