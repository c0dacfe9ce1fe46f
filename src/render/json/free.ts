/** The JSON of `diskwhy free`, schema diskwhy/free@1. */
import { toText } from '../../model/byte-string.ts';
import type { FreeOutcome, StepOutcome } from '../../model/free-outcome.ts';
import type { FreePlan } from '../../model/free-plan.ts';
import { decisionText, resultText } from '../words/free.ts';
import { findingJson } from './finding.ts';
import { isoTime } from './iso-time.ts';
import { remedyJson } from './remedy.ts';

/**
 * @param outcome absent where nothing was done.
 * @param nowSeconds since 1970: what the ages in sentences count from.
 */
export function freeJson(
  plan: FreePlan,
  outcome: FreeOutcome | undefined,
  version: string,
  nowSeconds: number,
): object {
  const { mountPoint, wantedBytes, availableBytes, plannedBytes, safeBytes, isEnough } = plan;
  return {
    schema: 'diskwhy/free@1',
    version,
    generatedAt: isoTime(nowSeconds),
    mountPoint: toText(mountPoint),
    wantedBytes,
    availableBytes,
    plannedBytes,
    safeBytes,
    isEnough,
    ...Object.fromEntries(
      (['steps', 'spare'] as const).map((list) => [
        list,
        plan[list].map(({ finding, remedy, bytes, certainty, risk }) => ({
          bytes,
          certainty,
          risk,
          action: remedyJson(remedy),
          finding: findingJson(finding, nowSeconds),
        })),
      ]),
    ),
    decisions: plan.decisions.map((decision) => ({
      why: decision.why,
      text: decisionText(decision),
      finding: findingJson(decision.finding, nowSeconds),
    })),
    ...(outcome && {
      outcome: {
        freedBytes: outcome.freedBytes,
        isEnough: outcome.isEnough,
        steps: outcome.steps.map(stepJson),
      },
    }),
  };
}

/** What came of one step, also in the journal. */
export function stepJson({ step, result, freedBytes }: StepOutcome): object {
  const { finding, remedy, bytes } = step;
  return {
    rule: finding.rule,
    path: finding.paths.length === 0 ? null : toText(finding.paths[0]),
    command: remedy.line ?? null,
    promisedBytes: bytes,
    result,
    text: resultText(result),
    freedBytes,
  };
}
