/** From a reading to the report: verdict, confidence, patterns, what speaks for it, rate, one cycle. */
import type { ByteString } from '../../model/byte-string.ts';
import type { LogPattern, LogReport } from '../../model/log-report.ts';
import { factsOf } from './facts.ts';
import { attemptStep, failingStep } from '../steps/failing-step.ts';
import type { Findings } from '../verdict/findings.ts';
import { isLoop, type JudgedLog, judgeLog } from '../verdict/judged-log.ts';
import type { LogMeter } from '../reading/log-meter.ts';
import type { LogReading } from '../reading/read-log.ts';
import { headlineOf, sampleText, templateText } from '../patterns/template-text.ts';

const rateSlices = 60;
const cycleLines = 8;

/** @param topPatterns how many patterns are listed. */
export function reportOf(path: ByteString, reading: LogReading, topPatterns: number): LogReport {
  const { meter } = reading;
  const judged = judgeLog(meter);
  const { verdict, confidence } = judged.judgement;
  const { first, last } = meter.rate;
  const { spanSeconds } = judged.whole;
  const from = Number.isNaN(reading.headSeconds) ? first : Math.min(reading.headSeconds, first);
  return {
    path,
    fileBytes: reading.fileBytes,
    verdict,
    confidence: Math.round(confidence * 100) / 100,
    facts: factsOf(judged, meter, reading.problem === null),
    step: stepOf(judged),
    lines: meter.lines,
    bytesRead: meter.bytes,
    whole: reading.whole,
    span: spanSeconds === null ? null : { fromSeconds: from, toSeconds: last },
    linesPerSecond: spanSeconds !== null && spanSeconds > 0 ? round3(meter.lines / spanSeconds) : null,
    patterns: judged.patterns.slice(0, topPatterns).map((pattern) => patternReport(pattern)),
    morePatterns: Math.max(0, meter.tree.templates.length - topPatterns) + meter.tree.forgotten,
    rate: meter.rate.rates(rateSlices),
    cycle: isLoop(judged.judgement) ? oneCycle(judged, meter) : [],
    problem: reading.problem,
  };
}

function stepOf({ judgement, found, isAttempt, program }: JudgedLog): LogReport['step'] {
  if (!isLoop(judgement)) return null;
  const step = isAttempt ? attemptStep(found) : failingStep(found);
  return step === null ? null : { ...step, program: step.program ?? program?.name ?? null };
}

function patternReport({ template, share, rhythm }: Findings['patterns'][number]): LogPattern {
  return {
    template: templateText(template),
    headline: headlineOf(template),
    count: template.count,
    share: Math.round(share * 10_000) / 10_000,
    everySeconds: rhythm === null ? null : round3(rhythm.everySeconds),
    sample: sampleText(template),
  };
}

/** The last full round, runs of one pattern told once. */
function oneCycle({ found, view: { sequence } }: JudgedLog, meter: LogMeter): string[] {
  const { anchor } = found;
  if (anchor === null) return [];
  let end = sequence.lastIndexOf(anchor.template.serial);
  while (end > 0 && sequence[end - 1] === anchor.template.serial) end--;
  let start = end - 1;
  while (start >= 0 && sequence[start] !== anchor.template.serial) start--;
  while (start > 0 && sequence[start - 1] === anchor.template.serial) start--;
  if (start < 0) return [sampleText(anchor.template)];
  const serials = [...new Set(sequence.subarray(start, end))];
  // A restart's story begins with the program coming up.
  const begins = serials.findIndex((serial) =>
    found.mates.some((one) => one.template.serial === serial && one.meaning.starts),
  );
  const ordered = begins > 0 ? [...serials.slice(begins), ...serials.slice(0, begins)] : serials;
  return ordered
    .map((serial) => meter.tree.bySerial(serial))
    .filter((template) => template !== undefined)
    .slice(0, cycleLines)
    .map((template) => sampleText(template));
}

function round3(value: number): number {
  return Math.round(value * 1000) / 1000;
}
