/** Logs that are large or growing fast: why they grow, who writes them, and how to empty them without losing the space to a held file. */
import type { Finding } from '../../model/finding.ts';
import type { LogReport } from '../../model/log-report.ts';
import { processName } from '../../model/process.ts';
import type { ProcessIdentity } from '../../model/process.ts';
import type { RankedFile } from '../../model/scan-result.ts';
import { judgeLogFile } from '../../logs/logs.ts';
import { zoneMinutes } from '../../system/clock.ts';
import { containerOfLog, readDockerContainer } from '../../system/docker-containers.ts';
import { readRotationRules, rotationRuleOf } from '../../system/logrotate.ts';
import type { RotationRule } from '../../system/logrotate.ts';
import type { Facts } from '../facts.ts';
import { writersOf, writersText } from '../file-writers.ts';
import { isLog } from '../log-candidates.ts';
import type { Claims } from './claims.ts';
import type { Rule } from './rule.ts';
import { ageText, quoted, shellWord, sizeText } from './wording.ts';

/** Judging one costs milliseconds: the largest few are enough for a person's first minutes. */
const MOST_LOGS = 4;
const TAIL_BYTES = 2 ** 18;
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
  return report.verdict.endsWith('-loop') && (bytesPerDay(file, report) ?? 0) >= worthBytes;
}

/** By the times of its first and last line. */
function bytesPerDay({ diskBytes }: RankedFile, { span }: LogReport): number | undefined {
  const seconds = span === null ? 0 : span.toSeconds - span.fromSeconds;
  return seconds < 60 ? undefined : (diskBytes / seconds) * DAY_SECONDS;
}

function findingOf(
  file: RankedFile,
  report: LogReport,
  rotation: RotationRule | undefined,
  facts: Facts,
  claims: Claims,
): Finding {
  const writers = writersOf(facts, file.path);
  const unwrittenSeconds = facts.nowSeconds - file.modifiedAt;
  const isOld = unwrittenSeconds > OLD_SECONDS && writers.length === 0;
  const { diskBytes, claimedBytes } = claims.file(file);
  const perDay = bytesPerDay(file, report);
  return {
    rule: 'runaway-log',
    title: isOld ? 'old log' : titles[report.verdict],
    diskBytes,
    claimedBytes,
    // Truncating frees the bytes whatever other names it has.
    freeableBytes: diskBytes,
    paths: [file.path],
    evidence: [
      ...judgementOf(report),
      `${writersText(writers, facts)}, last written ${ageText(Math.max(0, unwrittenSeconds))} ago`,
      ...(perDay === undefined || isOld
        ? []
        : [`its lines span ${ageText(spanSeconds(report))}: ${sizeText(Math.round(perDay))} a day`]),
    ],
    remedy: isOld
      ? {
          text: `nobody has written it for ${ageText(unwrittenSeconds)}: keep what you need of it and delete it`,
          command: `rm -- ${shellWord(file.path)}`,
        }
      : remedyOf(file, report, writers, rotation),
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

function spanSeconds({ span }: LogReport): number {
  return span === null ? 0 : span.toSeconds - span.fromSeconds;
}

/** The first sentence, and of a loop the one that names what fails. */
function judgementOf({ verdict, confidence, evidence, bytesRead, whole }: LogReport): string[] {
  const [first = 'the lines do not tell', ...more] = evidence;
  const of = whole ? '' : ` (last ${sizeText(bytesRead)} read)`;
  const sure = verdict === 'unknown' ? '' : `, ${Math.round(confidence * 100)} % sure`;
  const telling = more.find((sentence) => sentence.startsWith('the step that fails')) ?? more.at(0);
  return [`${words[verdict]}${sure}: ${first}${of}`, ...(telling === undefined ? [] : [telling])];
}

const words = {
  'restart-loop': 'a program dies and is started again',
  'retry-loop': 'a failing step is repeated',
  'error-storm': 'failures caused from outside',
  busy: 'varied, real work',
  unknown: 'no clear cause',
} as const;

/** Programs that write what others say. */
const CARRIERS =
  /^(?:rsyslogd|syslog-ng|systemd-journald|syslogd|dockerd|containerd-shim.*|conmon|svlogd|supervisord|pm2.*|tee|logger)$/u;

function remedyOf(
  { path, diskBytes }: RankedFile,
  { verdict }: LogReport,
  writers: readonly ProcessIdentity[],
  rotation: RotationRule | undefined,
): Finding['remedy'] {
  const truncate = `truncate -s 0 ${shellWord(path)}`;
  const container = containerName(path);
  const empty = `then empty it, never delete it while it is open: ${sizeText(diskBytes)} come back`;
  if (verdict === 'restart-loop' || verdict === 'retry-loop' || verdict === 'error-storm') {
    const what =
      verdict === 'error-storm'
        ? 'block or limit who causes the failures'
        : `stop ${container ?? culpritOf(writers)} and fix what fails`;
    return { text: `${what}; ${empty}`, command: truncate };
  }
  if (container !== undefined)
    return { text: `set max-size for the log of ${container} and recreate it; ${empty}`, command: truncate };
  if (rotation === undefined)
    return {
      text: `keep what you need of it; ${empty}. No rule in /etc/logrotate.d names it: add one`,
      command: truncate,
    };
  const { configuration, schedule = 'by size', rotate } = rotation;
  return {
    text: `rotate it now; ${quoted(configuration)} (${schedule}, ${rotate} kept) can do so more often, with compress and maxsize`,
    command: `logrotate -f ${shellWord(configuration)}`,
  };
}

function containerName(path: RankedFile['path']): string | undefined {
  const directory = containerOfLog(path);
  if (directory === undefined) return undefined;
  const container = readDockerContainer(directory);
  return `container ${container?.name ?? directory.slice(-64).slice(0, 12)}`;
}

function culpritOf(writers: readonly ProcessIdentity[]): string {
  const own = writers.find((process) => !CARRIERS.test(processName(process)));
  if (own === undefined) return 'the program its lines name';
  return own.unit?.endsWith('.service') === true ? own.unit : `${processName(own)} (pid ${own.pid})`;
}
