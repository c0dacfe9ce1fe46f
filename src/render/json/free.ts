/** The JSON of `diskwhy free`, schema diskwhy/free@1. */
import { toText } from '../../model/byte-string.ts';
import type { FreePlan } from '../../model/free-plan.ts';
import { decisionText } from '../words/free.ts';
import { findingJson } from './finding.ts';
import { isoTime } from './iso-time.ts';
import { remedyJson } from './remedy.ts';

/** @param nowSeconds since 1970: what the ages in sentences count from. */
export function freeJson(plan: FreePlan, version: string, nowSeconds: number): object {
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
  };
}
