/** The values under a verdict: each names what a person can count or look up in the log themselves. */
import type { LogFact } from '../../model/log-fact.ts';
import { type Findings, hasValues, type Pattern, rareCount } from '../verdict/findings.ts';
import { hasEnded, isTooSlow, STEADY, steadiest } from '../verdict/pace.ts';
import type { JudgedLog } from '../verdict/judged-log.ts';
import type { LogMeter } from '../reading/log-meter.ts';
import { programOf } from '../verdict/program.ts';
import { headlineOf } from '../patterns/template-text.ts';

/** The most telling first. @param isRead whether anything stood in the way of reading it. */
export function factsOf(judged: JudgedLog, meter: LogMeter, isRead: boolean): LogFact[] {
  const holes: LogFact[] = meter.holeBytes > 0 ? [{ kind: 'hole', bytes: meter.holeBytes }] : [];
  if (meter.lines > 0) return [...programFacts(judged), ...factsOfLines(judged, meter), ...holes];
  return isRead ? [{ kind: 'empty' }, ...holes] : holes;
}

function programFacts({ program }: JudgedLog): LogFact[] {
  if (program === null) return [];
  const { name, lines, share, byteShare } = program;
  return [{ kind: 'program', name, lines, share: rounded(share), byteShare: rounded(byteShare) }];
}

function factsOfLines({ judgement: { verdict }, found }: JudgedLog, meter: LogMeter): LogFact[] {
  switch (verdict) {
    case 'restart-loop':
    case 'retry-loop':
      return loopFacts(verdict, found, meter);
    case 'error-storm':
      return stormFacts(found);
    case 'busy':
      return busyFacts(found);
    case 'unknown':
      return unknownFacts(found);
  }
}

function loopFacts(verdict: 'restart-loop' | 'retry-loop', found: Findings, meter: LogMeter): LogFact[] {
  const { mates } = found;
  const own: LogFact = {
    kind: 'cycle',
    patterns: mates.length,
    share: rounded(found.matesShare),
    lines: found.lines,
    together: togetherness(found),
    ...rhythmOf(found),
  };
  const kind = verdict === 'restart-loop' ? restartFact(mates) : retryFact(mates);
  return [own, variationOf(mates), ...(kind === undefined ? [] : [kind]), ...paceFacts(found, meter)];
}

function paceFacts({ pace }: Findings, meter: LogMeter): LogFact[] {
  if (pace === null) return [];
  const latest = Math.max(meter.nowSeconds, meter.rate.last);
  return [
    {
      kind: 'pace',
      roundsPerHour: rounded(3600 / pace.everySeconds),
      variation: pace.variation === null ? null : rounded(pace.variation),
      endedSeconds: hasEnded(pace, latest) ? pace.toSeconds : null,
    },
  ];
}

/** What tells that each round is another process. */
function restartFact(mates: readonly Pattern[]): LogFact | undefined {
  const byShare = mates.toSorted((a, b) => b.share - a.share);
  const supervisor = byShare.find((one) => one.meaning.supervises);
  if (supervisor !== undefined) return { kind: 'supervisor', message: headlineOf(supervisor.template) };
  const start = byShare.find((one) => one.meaning.starts && !one.meaning.fails);
  if (start !== undefined)
    return { kind: 'program-start', message: headlineOf(start.template), count: start.template.count };
  if (mates.some((one) => one.meaning.bindFails)) return { kind: 'address-taken' };
  return mates.some((one) => one.meaning.dies) ? { kind: 'fatal-line' } : undefined;
}

function retryFact(mates: readonly Pattern[]): LogFact | undefined {
  return mates.some((one) => one.rhythm?.backsOff === true) ? { kind: 'back-off' } : undefined;
}

function stormFacts(found: Findings): LogFact[] {
  const caused = found.patterns.filter((one) => one.meaning.fails && one.meaning.client);
  const isCaused = found.clientFailingShare > 0.1;
  const storm = isCaused ? caused : found.patterns.filter((one) => one.meaning.fails);
  const top = storm.at(0);
  return [
    {
      kind: 'failures',
      origin: isCaused ? 'clients' : 'various',
      share: sumOf(storm),
      patterns: storm.length,
    },
    ...(top === undefined ? [] : [commonest(top)]),
  ];
}

function commonest({ template, diversity }: Pattern): LogFact {
  const message = headlineOf(template);
  return { kind: 'commonest-failure', message, count: template.count, newShare: rounded(diversity) };
}

function busyFacts(found: Findings): LogFact[] {
  return [
    ...(found.accessShare > 0.3 ? [{ kind: 'requests', share: rounded(found.accessShare) } as const] : []),
    { kind: 'new-content', share: rounded(found.diversity) },
    ...(found.rareShare > 0.2
      ? [{ kind: 'rare-forms', share: rounded(found.rareShare), below: rareCount } as const]
      : []),
    { kind: 'failing-lines', share: rounded(found.failingShare) },
    ...repeatFacts(found, true),
  ];
}

function unknownFacts(found: Findings): LogFact[] {
  if (found.lines < 40 || found.records < 15) return [{ kind: 'too-few-lines', lines: found.lines }];
  const { pace } = found;
  const top = found.patterns.slice(0, 3);
  return [
    ...(isTooSlow(pace)
      ? [
          {
            kind: 'slow-rounds',
            rounds: pace.rounds,
            spanSeconds: pace.toSeconds - pace.fromSeconds,
          } as const,
        ]
      : []),
    ...repeatFacts(found, false),
    {
      kind: 'common-forms',
      patterns: top.length,
      share: sumOf(top),
      lines: found.lines,
      newShare: rounded(found.diversity),
    },
    { kind: 'failing-lines', share: rounded(found.failingShare) },
  ];
}

/** So much of the lines, and so little new in them, is worth a sentence of its own; of one program among others, less of them. */
const REPEATS_SHARE = 0.2;
const REPEATS_OF_PROGRAM = 0.1;
const REPEATS_NEW = 0.1;

/**
 * What comes again and again, and no verdict says why: how often, at what cost and by whom.
 * @param isBusy the rest is work: then only what a program says that is neither a success nor a routine.
 */
function repeatFacts({ patterns }: Findings, isBusy: boolean): LogFact[] {
  const repeated = patterns
    .filter(({ share, contentDiversity }) => share >= REPEATS_OF_PROGRAM && contentDiversity <= REPEATS_NEW)
    .find(({ share, meaning, template }) => {
      if (!isBusy && share >= REPEATS_SHARE) return true;
      const isPlain = !meaning.routine && !meaning.succeeds && !meaning.access;
      return isPlain && programOf(template) !== null;
    });
  if (repeated === undefined) return [];
  const { template, share, rhythm } = repeated;
  const bytes = patterns.reduce((sum, one) => sum + one.template.bytes, 0);
  return [
    {
      kind: 'repeats',
      message: headlineOf(template),
      count: template.count,
      share: rounded(share),
      byteShare: rounded(template.bytes / Math.max(1, bytes)),
      everySeconds: rhythm === null ? null : rounded(rhythm.everySeconds),
      program: programOf(template),
    },
  ];
}

function sumOf(patterns: readonly Pattern[]): number {
  return rounded(patterns.reduce((sum, one) => sum + one.share, 0));
}

function variationOf(mates: readonly Pattern[]): LogFact {
  const lives = Math.max(0, ...mates.map((one) => one.lives));
  const seen = mates.some((one) => one.template.pids.seen > 0);
  const values = mates.some(hasValues) ? 'few' : 'none';
  // A few are one process and what it starts.
  return { kind: 'variation', values, processes: lives > 3 ? lives : seen ? 1 : null };
}

function togetherness(found: Findings): 'always' | 'mostly' | null {
  if (found.rounds === null || found.mates.length < 2) return null;
  if (found.rounds.sameness >= 0.95) return 'always';
  return found.rounds.sameness >= 0.5 ? 'mostly' : null;
}

function rhythmOf(found: Findings): { everySeconds: number | null; spreadSeconds: number | null } {
  const any = steadiest(found.anchor, found.mates)?.rhythm;
  if (any === undefined || any === null) return { everySeconds: null, spreadSeconds: null };
  const isRegular = any.variation < STEADY && !any.backsOff;
  return {
    everySeconds: rounded(any.everySeconds),
    spreadSeconds: isRegular ? rounded(any.everySeconds * any.variation) : null,
  };
}

/** A ten-thousandth is more than any of it is known by. */
function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
