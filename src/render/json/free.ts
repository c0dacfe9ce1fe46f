/** The JSON of `diskwhy free`, schema diskwhy/free@1. */
import { toText } from '../../model/byte-string.ts';
import type { FreeOutcome, StepOutcome } from '../../model/free-outcome.ts';
import type { FreePlan, PlannedStep } from '../../model/free-plan.ts';
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
) {
  const { mountPoint, wantedBytes, availableBytes, plannedBytes, safeBytes, isEnough } = plan;
  return {
    schema: 'diskwhy/free@1' as const,
    version,
    generatedAt: isoTime(nowSeconds),
    mountPoint: toText(mountPoint),
    wantedBytes,
    availableBytes,
    plannedBytes,
    safeBytes,
    isEnough,
    steps: plan.steps.map((step) => plannedJson(step, nowSeconds)),
    spare: plan.spare.map((step) => plannedJson(step, nowSeconds)),
    decisions: plan.decisions.map((decision) => ({
      why: decision.why,
      text: decisionText(decision, nowSeconds),
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

function plannedJson({ finding, remedy, bytes, certainty, risk }: PlannedStep, nowSeconds: number) {
  return { bytes, certainty, risk, action: remedyJson(remedy), finding: findingJson(finding, nowSeconds) };
}

/** What came of one step, also in the journal. */
export function stepJson({ step, result, freedBytes }: StepOutcome) {
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
