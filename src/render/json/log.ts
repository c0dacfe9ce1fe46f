/** The JSON of `diskwhy log FILE…`, schema diskwhy/log@2: values, and beside them the sentences people get. */
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
  return { verdict, confidence, step, facts, evidence: logEvidence(judgement) };
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
