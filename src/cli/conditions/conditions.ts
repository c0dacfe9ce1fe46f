/** Thresholds of a run: measured beside it, judged at its end, told in a line each or in one for a monitoring system. */
import type { ConditionJson } from '../../render/json/condition.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import type { ExplainReport } from '../../model/explain-report.ts';
import { escapeText } from '../../render/terminal/escape.ts';
import { checkCodes, checkLine, checkState } from './check-line.ts';
import type { Condition, Subject } from './condition.ts';
import { watchFullness } from './fullness.ts';
import { judgeConditions, judgementJson, judgementText } from './judgements.ts';
import type { Judgement } from './judgements.ts';
import { fullnessMeasures, reportMeasures } from './measures.ts';

export interface ConditionOptions {
  readonly failIf: readonly Condition[];
  readonly warnIf: readonly Condition[];
  readonly check: boolean;
  readonly json: boolean;
}

export interface Judged {
  readonly json: readonly ConditionJson[];
  /** A line for each condition that holds or could not be told; with --check the one line. */
  readonly lines: readonly string[];
  readonly code: 0 | 1 | 2 | 3;
}

/** What only time tells. */
const MEASURED: readonly Subject[] = ['full', 'growth'];
/** What only a scan tells. */
const SCANNED: readonly Subject[] = ['finding', 'unexplained'];

export interface Conditions {
  /** Whether a report is needed to judge them. */
  readonly needReport: boolean;
  /** To be called once. @param measureMs how long growth is measured, where a condition asks for it. */
  readonly judge: (
    report: ExplainReport | undefined,
    measureMs: number,
    signal: AbortSignal,
  ) => Promise<Judged>;
}

/** Throws UsageError for what cannot be judged; undefined where nothing is asked. Growth is measured from now on. */
export function startConditions(options: ConditionOptions, paths: readonly ByteString[]): Conditions {
  refuseContradictions(options);
  const { failIf, warnIf, check } = options;
  const asked = new Set([...failIf, ...warnIf].map(({ subject }) => subject));
  const look = watchFullness(paths);
  return {
    needReport: SCANNED.some((one) => asked.has(one)),
    judge: async (report, measureMs, signal) => {
      const needsTime = MEASURED.some((one) => asked.has(one));
      const measures = [
        ...fullnessMeasures(await look(needsTime ? measureMs : undefined, signal)),
        ...(report ? reportMeasures(report) : []),
      ];
      const judgements = [
        ...judgeConditions(failIf, 'fail', measures),
        ...judgeConditions(warnIf, 'warn', measures),
      ];
      const unread = report?.scan.problems.count ?? 0;
      const note = unread > 0 ? `${unread} ${unread === 1 ? 'path' : 'paths'} could not be read` : '';
      return {
        json: judgements.map(judgementJson),
        lines: check ? [checkLine(judgements, measures, note)] : toldLines(judgements),
        code: check ? checkCodes[checkState(judgements)] : plainCode(judgements),
      };
    },
  };
}

function refuseContradictions({ failIf, warnIf, check }: ConditionOptions): void {
  if (check && failIf.length + warnIf.length === 0)
    throw new UsageError("--check has nothing to check; add --fail-if 'used>90%'");
}

function toldLines(judgements: readonly Judgement[]): string[] {
  return judgements.flatMap((one) => {
    const text = escapeText(judgementText(one));
    if (one.state === 'clear') return [];
    return one.state === 'holds' ? [`FAILS  ${text}`] : [`CANNOT TELL  ${text}`];
  });
}

/** 1 where one holds, 3 where one could not be told. */
function plainCode(judgements: readonly Judgement[]): 0 | 1 | 3 {
  if (judgements.some(({ state }) => state === 'holds')) return 1;
  return judgements.some(({ state }) => state === 'unknown') ? 3 : 0;
}
