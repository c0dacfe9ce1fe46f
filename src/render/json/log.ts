/** The JSON of `diskwhy log FILE…`, schema diskwhy/log@2: values, and beside them the sentences people get. */
import { toText } from '../../model/byte-string.ts';
import { commandText } from '../../model/command-text.ts';
import type { FailingStep, OwnError } from '../../model/log-fact.ts';
import type { RootCause } from '../../model/root-cause.ts';
import type { LogJudgement, LogReport, UnreadLog } from '../../model/log-report.ts';
import { logEvidence, logProblemText, unreadLogText } from '../words/log.ts';
import { isoTime } from './iso-time.ts';
import { pathJson } from './path.ts';

/** A plain object for JSON.stringify. `problems` names what could not be read, or not to its end; absent when nothing is. */
export function logJson(reports: readonly LogReport[], unread: readonly UnreadLog[]) {
  const problems = [
    ...unread.map(({ path, code }) => ({ ...pathJson(path), code, reason: unreadLogText(code) })),
    ...reports.flatMap(({ path, problem }) =>
      problem === null ? [] : [{ ...pathJson(path), ...problem, reason: logProblemText(problem) }],
    ),
  ];
  return {
    schema: 'diskwhy/log@2' as const,
    files: reports.map(logFileJson),
    ...(problems.length > 0 ? { problems } : {}),
  };
}

/** The same in every JSON that speaks of a log. Shares are 0–1; `evidence` says in sentences what `facts` and `step` hold. */
export function judgementJson(judgement: LogJudgement) {
  const { verdict, confidence, step, facts } = judgement;
  return {
    verdict,
    confidence,
    step: step === null ? null : stepJson(step),
    facts,
    evidence: logEvidence(judgement),
  };
}

function stepJson({ own, cause, ...step }: FailingStep) {
  return {
    ...step,
    own: own === null ? null : ownJson(own),
    cause: cause === null ? null : causeJson(cause),
  };
}

function ownJson({ path, journal, message }: OwnError) {
  return { ...(path === null ? { path } : pathJson(path)), journal, message };
}

function causeJson(cause: RootCause) {
  switch (cause.kind) {
    case 'address-taken': {
      const { holder } = cause;
      return { ...cause, holder: holder === null ? null : { pid: holder.pid, command: commandText(holder) } };
    }
    case 'no-space':
      return { ...cause, ...pathJson(cause.path) };
    case 'denied':
    case 'missing':
      return { ...cause, ...pathJson(cause.path), at: toText(cause.at) };
    case 'refused':
    case 'login-refused':
    case 'killed-for-memory':
      return cause;
  }
}

/** One log judged: also what a finding of the report says of one. */
export function logFileJson(report: LogReport) {
  const { span } = report;
  return {
    ...pathJson(report.path),
    ...judgementJson(report),
    lines: report.lines,
    bytesRead: report.bytesRead,
    span: span === null ? null : { from: isoTime(span.fromSeconds), to: isoTime(span.toSeconds) },
    linesPerSecond: report.linesPerSecond,
    patterns: report.patterns.map(({ template, count, share, everySeconds, sample }) => ({
      template,
      count,
      share,
      everySeconds,
      sample,
    })),
  };
}
