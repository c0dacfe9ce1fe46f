/** What could not even be looked at is part of what a report could not read. */
import type { ExplainReport } from '../../model/explain-report.ts';
import type { Problem } from '../../model/problem.ts';

export function withProblems(report: ExplainReport, problems: readonly Problem[]): ExplainReport {
  if (problems.length === 0) return report;
  const { count, items } = report.scan.problems;
  const all = { count: count + problems.length, items: [...problems, ...items] };
  return { ...report, complete: false, scan: { ...report.scan, complete: false, problems: all } };
}
