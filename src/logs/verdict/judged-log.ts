/** The verdict on a whole log and, where that is no loop, on each program in it: the one answer that everything else is told from. */
import { type Attempt, attemptOf } from './attempt.ts';
import { type Findings, findingsOf, type Pattern } from './findings.ts';
import type { LogMeter } from '../reading/log-meter.ts';
import type { LogView } from '../reading/log-view.ts';
import { type ProgramView, programsIn } from './program.ts';
import { type Judgement, judge } from './verdict.ts';

export interface JudgedLog {
  readonly judgement: Judgement;
  readonly found: Findings;
  readonly view: LogView;
  readonly whole: LogView;
  /** Of all of the log, most lines first. */
  readonly patterns: readonly Pattern[];
  /** The program whose lines the verdict is about; null where it is about all of the log. */
  readonly program: ProgramView | null;
  /** The loop is one of attempts that nothing is told of. */
  readonly isAttempt: boolean;
}

/** That nothing is said of an outcome is less than that one is said to be a failure. */
const SURE_OF_ATTEMPTS = 0.7;
const SURE_WITHOUT_TIMES = 0.6;
/** Lines of one program in a log of many are told apart by their form only. */
const SURE_OF_A_PART = 0.85;

export function judgeLog(meter: LogMeter): JudgedLog {
  const view = meter.view();
  const judged = judgeView(view);
  const { patterns } = judged.found;
  const whole = { ...judged, view, whole: view, patterns, program: null };
  if (isLoop(whole.judgement)) return whole;
  const loops = programsIn(view)
    .map((program) => ({ ...judgeView(program), view: program, whole: view, patterns, program }))
    .filter(({ judgement }) => isLoop(judgement))
    .toSorted((a, b) => b.program.share - a.program.share);
  if (loops.length === 0) return whole;
  const [{ judgement, ...rest }] = loops;
  return { ...rest, judgement: { ...judgement, confidence: Math.min(judgement.confidence, SURE_OF_A_PART) } };
}

export function isLoop({ verdict }: Judgement): boolean {
  return verdict === 'restart-loop' || verdict === 'retry-loop';
}

function judgeView(view: LogView): Pick<JudgedLog, 'judgement' | 'found' | 'isAttempt'> {
  const found = findingsOf(view);
  const judgement = judge(found, view.spanSeconds);
  const isOpen = judgement.verdict === 'unknown' || judgement.verdict === 'busy';
  const attempt = isOpen ? attemptOf(found, view.sequence) : null;
  if (attempt === null) return { judgement, found, isAttempt: false };
  return {
    judgement: {
      verdict: 'retry-loop',
      confidence: attempt.pace === null ? SURE_WITHOUT_TIMES : SURE_OF_ATTEMPTS,
      restart: 0,
    },
    found: foundOf(found, attempt),
    isAttempt: true,
  };
}

/** The same findings, with the attempt in the place of a failing step. */
function foundOf(found: Findings, { pattern, mates, rounds, pace, share }: Attempt): Findings {
  return { ...found, anchor: pattern, mates, rounds, pace, matesShare: share, loopMass: share };
}
