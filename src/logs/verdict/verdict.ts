/**
 * The verdict and how sure it is. Never from one feature alone: few patterns, regular times and failure words each occur
 * in healthy logs. A loop needs a failing (or dying) step, that repeats without new content, and makes much of the log.
 */
import type { LogVerdict } from '../../model/log-report.ts';
import { type Findings, hasValues, type Pattern } from './findings.ts';
import { futility } from './futility.ts';
import { isTooSlow } from './pace.ts';
import { clamp, ramp } from '../times/ramp.ts';

export interface Judgement {
  readonly verdict: LogVerdict;
  /** 0–1, calibrated on the corpus under fixtures/logs. */
  readonly confidence: number;
  /** Why a restart and not a retry, for the evidence. */
  readonly restart: number;
}

const fewLines = 40;
/** Of logs nobody had seen, 13 of 23 with such lines were rightly told to be none of a loop, at 0.77 on the average. */
const UNSURE_OF_TROUBLE = 0.85;
/** Of retry loops whose values differ a little, or whose rounds have no pace, 4 of 15 were none in logs nobody had seen. */
const SURE_OF_VARYING = 0.85;
/** What comes more rarely than each minute may be a job that is done without a word about it. */
const MONOTONOUS_SECONDS = 60;
const fewRecords = 15;
const manyRecords = 200;

/** @param spanSeconds length of the part that was read, null without times. */
export function judge(found: Findings, spanSeconds: number | null): Judgement {
  if (found.lines < fewLines || found.records < fewRecords)
    return { verdict: 'unknown', confidence: 0.3, restart: 0 };
  const restart = restartEvidence(found);
  const loop = loopStrength(found, restart, spanSeconds);
  const storm = stormStrength(found);
  const busy = busyStrength(found);
  const best = Math.max(loop, storm, busy);
  if (best < 0.5) return { verdict: 'unknown', confidence: clamp(1 - best, 0.3, 0.6), restart };
  // Work that is repeated with a pause in which nothing is lost is no loop, however alike its rounds are.
  if (best === loop && isTooSlow(found.pace)) return { verdict: 'unknown', confidence: 0.5, restart };
  if (best === loop && restart >= 0.5)
    return { verdict: 'restart-loop', confidence: loopConfidence(loop, restart), restart };
  if (best === loop) {
    const confidence = loopConfidence(loop, 1 - retryEvidence(found));
    return {
      verdict: 'retry-loop',
      confidence: Math.min(confidence, isVarying(found) ? SURE_OF_VARYING : 1),
      restart,
    };
  }
  return {
    verdict: best === storm ? 'error-storm' : 'busy',
    confidence: speaksOfTrouble(found) ? best * UNSURE_OF_TROUBLE : best,
    restart,
  };
}

/** Many lines of failures, deaths or a supervisor: that they do not repeat may be because a value in them is not understood. */
function speaksOfTrouble({ patterns }: Findings): boolean {
  const troubled = patterns.reduce(
    (sum, { share, meaning }) =>
      sum + (meaning.fails || meaning.dies || meaning.traced || meaning.supervises ? share : 0),
    0,
  );
  return troubled > 0.1;
}

/** How much the failing rounds look like one process after the other, 0–1. */
function restartEvidence(found: Findings): number {
  const { anchor, mates } = found;
  if (anchor === null) return 0;
  const total = found.matesShare || 1;
  const part = (test: (one: Pattern) => boolean): number =>
    mates.filter(test).reduce((sum, one) => sum + one.share, 0) / total;
  const supervised = part((one) => one.meaning.supervises) > 0.2 ? 0.9 : 0;
  const withPid = mates.filter(ofTheProgram(mates));
  const lives = Math.max(0, ...withPid.map((one) => one.lives));
  const churned = withPid.some(
    (one) =>
      one.lives >= 4 &&
      one.perPid < 400 &&
      one.lives >= 0.5 * (found.rounds?.count ?? 0) * Math.min(1, one.perPid === 0 ? 0 : 1 / one.perPid),
  );
  const churn = churned && lives >= 4 ? 0.9 : 0;
  const samePid = withPid.length > 0 && lives <= 3 ? -0.6 : 0;
  const dying = mates.some((one) => one.meaning.dies || one.meaning.ends) ? 0.5 : 0;
  const starting = mates.some((one) => one.meaning.starts && !one.meaning.retries) ? 0.25 : 0;
  // A program that comes up again and again, and whose every life looks the same.
  const reborn =
    mates.some((one) => one.meaning.startsProgram) &&
    found.loopMass > 0.85 &&
    (found.rounds?.count ?? anchor.template.count) >= 15
      ? 0.5
      : 0;
  const binding = mates.some((one) => one.meaning.bindFails) ? 0.5 : 0;
  const retrying = mates.some((one) => one.meaning.retries && !one.meaning.supervises) ? -0.25 : 0;
  return clamp(
    supervised + churn + samePid + dying + starting + reborn + binding + (churn > 0 ? 0 : retrying),
    0,
    1,
  );
}

/** Patterns whose pid is that of the program in question: a supervisor's own stays, however often the other ends. */
function ofTheProgram(mates: readonly Pattern[]): (one: Pattern) => boolean {
  const supervisors = new Set(
    mates.filter(({ meaning }) => meaning.supervises).map(({ template }) => template.pids.last),
  );
  return ({ template: { pids, count } }) => pids.seen > 0.5 * count && !supervisors.has(pids.last);
}

/** Rounds that begin with a start or end in a death, are all alike and leave nothing of the log over: however long, each is a life. */
function isOneLife({ mates, loopMass, rounds }: Findings): boolean {
  return (
    loopMass > 0.9 &&
    (rounds?.sameness ?? 0) > 0.9 &&
    mates.some(({ meaning }) => meaning.starts || meaning.dies || meaning.ends)
  );
}

/** The same round over and over and not one word besides, in which something fails and nothing is done: how long it is does not matter. */
function isNothingElse({ mates, loopMass, rounds, pace }: Findings): boolean {
  return (
    loopMass > 0.95 &&
    (rounds?.sameness ?? 0) > 0.95 &&
    (pace === null || pace.everySeconds <= MONOTONOUS_SECONDS) &&
    mates.some(({ meaning }) => meaning.fails && !meaning.faint) &&
    !mates.some(({ meaning }) => meaning.succeeds)
  );
}

function loopStrength(found: Findings, restart: number, spanSeconds: number | null): number {
  const { anchor, rounds } = found;
  if (anchor === null) return 0;
  const { meaning } = anchor;
  const failing = found.mates.some(
    (one) => (one.meaning.fails || one.meaning.traced || one.meaning.dies) && !one.meaning.client,
  );
  const asking = meaning.prompts && anchor.share > 0.15;
  // systemd's "Started" is routine, unless it speaks of a restart in the same round.
  const routine =
    found.mates.some((one) => one.meaning.routine) && !found.mates.some((one) => one.meaning.supervises);
  const starting =
    !routine &&
    restart >= 0.7 &&
    found.mates.some((one) => one.meaning.supervises || one.meaning.startsProgram);
  if (!failing && !asking && !starting) return 0;
  if (meaning.client && !meaning.supervises) return 0;
  const repeats = rounds === null ? anchor.template.count : rounds.count;
  if (anchor.template.count < 5) return 0;
  // Share of lines that repeat without new content.
  let strength = ramp(found.loopMass, 0.18, 0.62);
  const failingMass = found.mates.reduce(
    (sum, one) =>
      sum +
      (one.meaning.fails || one.meaning.traced || one.meaning.dies || one.meaning.prompts
        ? one.share * (1 - one.diversity)
        : 0),
    0,
  );
  // A rare failure in a monotonous log is not what fills it, unless the whole round is one process's life.
  strength *= Math.max(
    ramp(failingMass, 0.02, 0.2),
    restart >= 0.8 || isOneLife(found) || isNothingElse(found) ? ramp(failingMass, 0, 0.02) : 0,
    starting || asking ? 1 : 0,
  );
  const regular = Math.min(...found.mates.map((one) => one.rhythm?.variation ?? Number.POSITIVE_INFINITY));
  const sameRounds = rounds === null ? 0 : rounds.sameness;
  const backsOff = found.mates.some((one) => one.rhythm?.backsOff === true);
  const order = Math.max(
    sameRounds,
    regular < 0.35 ? 0.9 : regular < 0.7 ? 0.5 : 0,
    backsOff ? 0.8 : 0,
    repeats > 200 ? 0.4 : 0,
  );
  strength *= 0.62 + 0.38 * ramp(order, 0.2, 0.8);
  if (routine) strength *= 0.5;
  strength *= futility(found, restart);
  if (repeats < 12) strength *= 0.55 + 0.04 * repeats;
  if (spanSeconds !== null && spanSeconds < 5 && repeats < 50) strength *= 0.7;
  return clamp(strength, 0, 0.99);
}

function isVarying({ mates, pace }: Findings): boolean {
  return pace === null || mates.some(hasValues);
}

/** How much tells that it is one process that tries again, 0–1: that no other one is seen is no proof. */
function retryEvidence({ mates, pace }: Findings): number {
  const sameProcess = mates.filter(ofTheProgram(mates)).some((one) => one.lives <= 3);
  const waits = mates.some((one) => one.meaning.retries || one.rhythm?.backsOff === true);
  if (sameProcess || waits) return 1;
  // What is logged with a time, and neither starts nor ends nor leaves a trace, comes from a program that lives on.
  const isWhole = mates.some(
    ({ meaning }) => meaning.starts || meaning.ends || meaning.dies || meaning.traced || meaning.bindFails,
  );
  return pace !== null && !isWhole ? 0.8 : 0.6;
}

/**
 * Sure of the loop, but not of its kind, is less sure.
 * @param restart near 1 where it is a program that starts again, near 0 where it is one that tries again.
 */
function loopConfidence(loop: number, restart: number): number {
  const kind = Math.abs(restart - 0.5) * 2;
  return clamp(loop * (0.72 + 0.28 * Math.min(1, kind * 1.5)), 0, 0.99);
}

function stormStrength(found: Findings): number {
  const storming = found.failingShare > 0 ? found.clientFailingShare / found.failingShare : 0;
  // Failures of ever different things: each request's own, not one step's.
  const various = ramp(found.variousFailingShare, 0.4, 0.75) * 0.75;
  const caused = ramp(found.clientFailingShare, 0.15, 0.6) * ramp(storming, 0.3, 0.7) * 0.95;
  return Math.max(various, caused);
}

function busyStrength(found: Findings): number {
  const failing = ramp(found.variousFailingShare, 0.4, 0.75);
  const varied =
    ramp(found.diversity, 0.15, 0.6) * (1 - 0.6 * ramp(found.loopMass, 0.2, 0.6)) * (1 - 0.6 * failing);
  const served = ramp(found.accessShare, 0.3, 0.7) * 0.92;
  const quiet = found.failingShare < 0.02 ? 0.62 : 0;
  return clamp(
    Math.max(varied * 0.95, served, found.diversity > 0.12 ? quiet : 0) *
      (0.6 + 0.4 * ramp(found.records, 0, manyRecords)),
    0,
    0.97,
  );
}
