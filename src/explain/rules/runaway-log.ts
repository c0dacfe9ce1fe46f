/** Logs that are large or growing fast: why they grow, who writes them, and how to empty them without losing the space to a held file. */
import type { Proposal } from '../../model/finding.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { LogReport } from '../../model/log-report.ts';
import type { RankedFile } from '../../model/scan-result.ts';
import { isLogText } from '../../remedies/remedies.ts';
import { zoneMinutes } from '../../system/calls/clock.ts';
import { readRotationRules, rotationRuleOf } from '../../system/services/logrotate.ts';
import type { RotationRule } from '../../system/services/logrotate.ts';
import type { Facts } from '../facts.ts';
import { unseenOf, writersOf } from '../files/file-writers.ts';
import { isLog } from '../files/log-candidates.ts';
import { isLogByContent } from '../files/log-content.ts';
import { isPartOfStore } from '../stores/part-of-store.ts';
import type { Claims } from '../claims/claims.ts';
import { containerOf, culpritOf, logActions } from './log-actions.ts';
import type { Rule } from '../claims/rule.ts';

/** Judging one costs milliseconds: the largest few are enough for a person's first minutes. */
const MOST_LOGS = 3;
/** Files whose ends are read to see whether they are logs. */
const MOST_READ = 12;
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
  find: (facts, claims) =>
    proposalsFor(
      facts.scan.largestFiles.filter((file) => isLarge(file, facts) && isLog(file, facts.nowSeconds)),
      facts,
      claims,
    ),
};

/** Those that only their lines give away: after all rules that know a file by its name, its place or its store. */
export const logsByContent: Rule = {
  name: 'runaway-log',
  find: (facts, claims) =>
    proposalsFor(
      facts.scan.largestFiles
        .filter((file) => file.diskBytes >= facts.worthBytes && !claims.isFileClaimed(file))
        .slice(0, MOST_READ)
        .filter(isLogByContent),
      facts,
      claims,
    ),
};

function isLarge({ diskBytes, modifiedAt }: RankedFile, { worthBytes, nowSeconds }: Facts): boolean {
  return (
    diskBytes >= worthBytes ||
    (diskBytes >= worthBytes * FRESH_SHARE && nowSeconds - modifiedAt < FRESH_SECONDS)
  );
}

async function proposalsFor(files: readonly RankedFile[], facts: Facts, claims: Claims): Promise<Proposal[]> {
  const candidates: RankedFile[] = [];
  for (const file of files) {
    if (candidates.length === MOST_LOGS) break;
    if (!claims.isFileClaimed(file) && !isPartOfStore(file.path, facts) && isLogText(file.path))
      candidates.push(file);
  }
  const rules = candidates.length > 0 ? readRotationRules() : [];
  const proposals: Proposal[] = [];
  for (const file of candidates) {
    const report = await judge(file, facts.nowSeconds);
    if (report === undefined || !isWorthIt(file, report, facts)) continue;
    proposals.push(proposalOf(file, report, rotationRuleOf(rules, file.path), facts, claims));
  }
  return proposals;
}

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

function proposalOf(
  file: RankedFile,
  report: LogReport,
  rotation: RotationRule | undefined,
  facts: Facts,
  claims: Claims,
): Proposal {
  const writers = writersOf(facts, file.path);
  const isOld = facts.nowSeconds - file.modifiedAt > OLD_SECONDS && writers.length === 0;
  const actions = logActions(file, report, { isOld, rotation });
  return {
    rule: 'runaway-log',
    log: report,
    isOld,
    hasStopped: facts.nowSeconds - file.modifiedAt > DAY_SECONDS,
    lastWrittenAt: file.modifiedAt,
    bytesPerDay: bytesPerDay(report),
    writers,
    unseen: unseenOf(facts),
    container: containerOf(file.path),
    culprit: culpritOf(writers, report),
    rotation: rotation && {
      configuration: rotation.configuration,
      schedule: rotation.schedule as ByteString | undefined,
      keeps: rotation.rotate,
    },
    isSystemLog: file.path.startsWith('/var/log/'),
    ...claims.file(file),
    freeableBytes: actions[0].frees.bytes,
    paths: [file.path],
    actions,
    risk: 'review',
  };
}
