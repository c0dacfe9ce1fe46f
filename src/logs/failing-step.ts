/** Which line of a loop states what fails. */
import type { FailingStep } from '../model/log-fact.ts';
import type { Pattern } from './findings.ts';
import { headlineOf } from './template-text.ts';

/** @param mates the patterns of a round. Null where none of them speaks of failure. */
export function failingStep(mates: readonly Pattern[]): FailingStep | null {
  const byShare = mates.toSorted((a, b) => b.share - a.share);
  const failing =
    byShare.find((one) => one.meaning.fails && !one.meaning.supervises) ??
    byShare.find((one) => one.meaning.fails || one.meaning.dies || one.meaning.traced) ??
    byShare.find((one) => one.meaning.prompts);
  if (failing === undefined) return null;
  return { program: null, message: headlineOf(failing.template), count: failing.template.count };
}
