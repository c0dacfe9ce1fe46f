/** Chooses from all findings the steps that give enough back: safe ones first, cheap ones before dear ones, never a `never`. */
import { RISKS } from '../model/action.ts';
import type { Action, Loss, Remedy } from '../model/action.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { Finding } from '../model/finding.ts';
import type { Freeable, FreeDecision, FreePlan, PlannedStep } from '../model/free-plan.ts';

/** What a person minds least comes first. */
const DEARNESS: Readonly<Record<Loss, number>> = {
  nothing: 0,
  regenerable: 1,
  leftovers: 2,
  'thrown-away': 3,
  'old-generations': 4,
  'crash-evidence': 5,
  'log-lines': 6,
  uptime: 7,
  'owners-choice': 8,
  content: 9,
};

/** @param availableBytes free for everybody now on the filesystem that is to get them. */
export function planFree(
  findings: readonly Finding[],
  wantedBytes: number,
  { mountPoint, availableBytes }: { readonly mountPoint: ByteString; readonly availableBytes: number },
): FreePlan {
  const offers = findings.map(offerOf);
  const all = offers
    .flatMap(({ step }) => step ?? [])
    .toSorted(
      (a, b) =>
        RISKS.indexOf(a.risk) - RISKS.indexOf(b.risk) ||
        DEARNESS[a.remedy.action.loses] - DEARNESS[b.remedy.action.loses] ||
        b.bytes - a.bytes,
    );
  const steps = spareNothing(firstSteps(all, wantedBytes), wantedBytes);
  const plannedBytes = sum(steps);
  return {
    mountPoint,
    wantedBytes,
    availableBytes,
    steps,
    spare: all.filter((step) => !steps.includes(step)),
    plannedBytes,
    safeBytes: sum(steps.filter(({ risk }) => risk === 'safe')),
    isEnough: plannedBytes >= wantedBytes,
    decisions: offers
      .flatMap(({ decision }) => decision ?? [])
      .toSorted((a, b) => b.finding.claimedBytes - a.finding.claimedBytes),
  };
}

/** What can be had by commands that can be run as they stand: without a look, and after one. */
export function freeableBytes(findings: readonly Finding[]): Freeable {
  const offers = findings.map(offerOf);
  const steps = offers.flatMap(({ step }) => step ?? []);
  const safe = steps.filter(({ risk }) => risk === 'safe');
  const review = steps.filter(({ risk }) => risk === 'review');
  return {
    safeBytes: sum(safe),
    reviewBytes: sum(review),
    safeCommands: safe.length,
    reviewCommands: review.length,
    openCommands: offers.filter(({ decision }) => decision?.why === 'unknown-bytes').length,
    isExact: steps.every(({ certainty }) => certainty === 'exact'),
  };
}

/** One of the two, or neither: a finding that only informs offers nothing. */
interface Offer {
  readonly step?: PlannedStep;
  readonly decision?: FreeDecision;
}

/** The best that can be done about one finding, by command and without a person's choice. */
function offerOf(finding: Finding): Offer {
  const freeing = finding.remedies.filter(({ action }) => isFreeing(action));
  if (freeing.length === 0)
    return finding.claimedBytes > 0
      ? { decision: { finding, why: finding.risk === 'never' ? 'never' : 'no-remedy' } }
      : {};
  const ready = freeing.find((remedy) => !isBlocked(remedy));
  if (ready === undefined)
    return { decision: { finding, why: freeing[0].missingTool === undefined ? 'blanks' : 'missing-tool' } };
  const { frees, risk } = ready.action;
  const { bytes, certainty } = frees;
  if (risk === 'never') return { decision: { finding, why: 'never' } };
  // What lies in a mounted image without a name is the only copy: a person saves it first.
  if (ready.action.kind === 'detach-loop' && ready.action.mountPoint !== undefined)
    return { decision: { finding, why: 'no-remedy' } };
  if (bytes === 0) return { decision: { finding, why: 'unknown-bytes' } };
  return { step: { finding, remedy: ready, bytes, certainty, risk } };
}

function isFreeing({ frees }: Action): boolean {
  return frees.bytes > 0 || frees.certainty === 'unknown';
}

/** What nobody can run as it stands. */
function isBlocked({ action, line, missingTool }: Remedy): boolean {
  return (
    line === undefined || missingTool !== undefined || (action.kind === 'owner-command' && action.hasBlanks)
  );
}

/** Class by class; within one the smallest that completes the sum, else the largest. */
function firstSteps(all: readonly PlannedStep[], wantedBytes: number): PlannedStep[] {
  const steps: PlannedStep[] = [];
  for (const group of Map.groupBy(all, classOf).values()) {
    let left = [...group];
    while (left.length > 0 && sum(steps) < wantedBytes) {
      const missing = wantedBytes - sum(steps);
      const next = left.findLast(({ bytes }) => bytes >= missing) ?? left[0];
      steps.push(next);
      left = left.filter((step) => step !== next);
    }
  }
  return steps;
}

function classOf(step: PlannedStep): string {
  return `${step.risk} ${step.remedy.action.loses}`;
}

/** A later, larger step may make earlier ones needless: the dearest and smallest go first. */
function spareNothing(steps: readonly PlannedStep[], wantedBytes: number): PlannedStep[] {
  let kept = [...steps];
  for (const step of steps.toReversed().toSorted((a, b) => a.bytes - b.bytes)) {
    const without = kept.filter((one) => one !== step);
    if (sum(without) >= wantedBytes) kept = without;
  }
  return kept;
}

function sum(steps: readonly PlannedStep[]): number {
  return steps.reduce((bytes, step) => bytes + step.bytes, 0);
}
