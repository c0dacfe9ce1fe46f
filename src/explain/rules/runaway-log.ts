/** Logs that are large or growing fast: why they grow, who writes them, and how to empty them without losing the space to a held file. */
import type { Finding } from '../../model/finding.ts';
import type { LogReport } from '../../model/log-report.ts';
import type { RankedFile } from '../../model/scan-result.ts';
import { ageText } from '../../model/age.ts';
import { sizeText } from '../../model/size.ts';
import { zoneMinutes } from '../../system/calls/clock.ts';
import { readRotationRules, rotationRuleOf } from '../../system/services/logrotate.ts';
import type { RotationRule } from '../../system/services/logrotate.ts';
import type { Facts } from '../facts.ts';
import { writersOf, writersText } from '../file-writers.ts';
import { isLog } from '../log-candidates.ts';
import type { Claims } from './claims.ts';
import { freedByRemedy, logRemedy } from './log-remedy.ts';
import type { Rule } from './rule.ts';
import { countOf, shellWord } from './wording.ts';

/** Judging one costs milliseconds: the largest few are enough for a person's first minutes. */
const MOST_LOGS = 3;
/** Over the logs under fixtures/logs this much tells what eight times as much tells, but for one of 81. */
const TAIL_BYTES = 2 ** 17;
const DAY_SECONDS = 86_400;
/** Nobody has written it for this long: it is no log any more but a leftover. */
const OLD_SECONDS = 30 * DAY_SECONDS;
/** A smaller log is looked at as well where it was written lately: it may be the one that fills the disk by tomorrow. */
const FRESH_SHARE = 1 / 4;
const FRESH_SECONDS = 3600;

export const runawayLog: Rule = {
  name: 'runaway-log',
  find: async (facts, claims) => {
    const { scan, worthBytes, nowSeconds } = facts;
    const candidates = scan.largestFiles
      .filter(
        (file) =>
          (file.diskBytes >= worthBytes ||
            (file.diskBytes >= worthBytes * FRESH_SHARE && nowSeconds - file.modifiedAt < FRESH_SECONDS)) &&
          !claims.isFileClaimed(file) &&
          isLog(file, nowSeconds),
      )
      .slice(0, MOST_LOGS);
    const rules = candidates.length > 0 ? readRotationRules() : [];
    const findings: Finding[] = [];
    for (const file of candidates) {
      const report = await judge(file, nowSeconds);
      if (report === undefined || !isWorthIt(file, report, facts)) continue;
      findings.push(findingOf(file, report, rotationRuleOf(rules, file.path), facts, claims));
    }
    return findings;
  },
};

/** Undefined where it is no text, or cannot be read: then it is for other rules to explain. */
async function judge(file: RankedFile, nowSeconds: number): Promise<LogReport | undefined> {
  // A room of many files, for disks that have a large log only.
  const { judgeLogFile } = await import('../../logs/logs.ts');
  try {
    const report = await judgeLogFile(file.path, {
      tailBytes: TAIL_BYTES,
      whole: false,
      nowSeconds,
      zoneMinutes: zoneMinutes(nowSeconds),
      topPatterns: 3,
    });
    return report.problem === null && report.lines > 0 ? report : undefined;
  } catch {
    return undefined;
  }
}

function isWorthIt(file: RankedFile, report: LogReport, { worthBytes }: Facts): boolean {
  if (file.diskBytes >= worthBytes) return true;
  return report.verdict.endsWith('-loop') && (bytesPerDay(report) ?? 0) >= worthBytes;
}

/** At the pace of the lines that were read. */
function bytesPerDay({ lines, linesPerSecond, bytesRead }: LogReport): number | undefined {
  return linesPerSecond === null ? undefined : (bytesRead / lines) * linesPerSecond * DAY_SECONDS;
}

function findingOf(
  file: RankedFile,
  report: LogReport,
  rotation: RotationRule | undefined,
  facts: Facts,
  claims: Claims,
): Finding {
  const writers = writersOf(facts, file.path);
  const [judgement, ...details] = judgementOf(report);
  const unwrittenSeconds = facts.nowSeconds - file.modifiedAt;
  const isOld = unwrittenSeconds > OLD_SECONDS && writers.length === 0;
  const { diskBytes, claimedBytes } = claims.file(file);
  const perDay = bytesPerDay(report);
  const remedy = isOld
    ? {
        text: `nobody has written it for ${ageText(unwrittenSeconds)}: keep what you need of it and delete it`,
        command: `rm -- ${shellWord(file.path)}`,
      }
    : logRemedy(file, report, writers, rotation);
  return {
    rule: 'runaway-log',
    title: isOld ? 'old log' : titles[report.verdict],
    diskBytes,
    claimedBytes,
    freeableBytes: freedByRemedy(remedy, file),
    paths: [file.path],
    evidence: [
      judgement,
      // A screen has room for two sentences: the writer is one of them, and that there is none is not.
      ...(writers.length > 0 ? [] : details),
      `${writersText(writers, facts)}, last written ${ageText(Math.max(0, unwrittenSeconds))} ago`,
      ...(writers.length > 0 ? details : []),
      ...(perDay === undefined || isOld
        ? []
        : [
            `at the pace of its last ${countOf(report.lines, 'line')} it grows ${sizeText(Math.round(perDay))} a day`,
          ]),
    ],
    remedy,
    risk: 'review',
  };
}

const titles = {
  'restart-loop': 'restart loop fills a log',
  'retry-loop': 'retry loop fills a log',
  'error-storm': 'errors fill a log',
  busy: 'log of real traffic',
  unknown: 'large log',
} as const;

/** What it is and what tells so: of a loop, the step that fails. */
function judgementOf({ verdict, confidence, facts, step, bytesRead, whole }: LogReport): string[] {
  const cycle = facts.find((fact) => fact.kind === 'cycle' || fact.kind === 'common-forms');
  const first = cycle
    ? `${countOf(cycle.patterns, 'pattern')} in ${Math.round(cycle.share * 100)} % of its lines`
    : 'its lines vary';
  const measured = whole ? first : `${first} (last ${sizeText(bytesRead)} read)`;
  const sure = verdict === 'unknown' ? '' : `, ${Math.round(confidence * 100)} % sure`;
  return step === null
    ? [`${words[verdict]}${sure}: ${measured}`]
    : [
        `${words[verdict]}${sure}; the step that fails: "${step.message}", ${countOf(step.count, 'time')}`,
        measured,
      ];
}

const words = {
  'restart-loop': 'a program dies and is started again',
  'retry-loop': 'a failing step is repeated',
  'error-storm': 'failures caused from outside',
  busy: 'varied, real work',
  unknown: 'no clear cause',
} as const;
