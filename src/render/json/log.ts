/** The JSON of `diskwhy log FILE…`, schema diskwhy/log@1. */
import { toText } from '../../model/byte-string.ts';
import type { LogReport } from '../../model/log-report.ts';
import { pathJson } from './path.ts';
import type { UnreadLog } from '../screens/log/log.ts';

/** A plain object for JSON.stringify. `problems` names what could not be read, or not to its end; absent when nothing is. */
export function logJson(reports: readonly LogReport[], unread: readonly UnreadLog[]): object {
  const cut = reports.flatMap(({ path, problem }) => (problem === null ? [] : [{ path, reason: problem }]));
  const problems = [...unread, ...cut].map(({ path, reason }) => ({ path: toText(path), reason }));
  return {
    schema: 'diskwhy/log@1',
    files: reports.map((report) => fileJson(report)),
    ...(problems.length > 0 ? { problems } : {}),
  };
}

function fileJson(report: LogReport): object {
  const { span } = report;
  return {
    ...pathJson(report.path),
    verdict: report.verdict,
    confidence: report.confidence,
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
    evidence: report.evidence,
  };
}

function isoTime(seconds: number): string | null {
  return Math.abs(seconds) <= 8.64e12 ? new Date(seconds * 1000).toISOString() : null;
}
