/** What diskwhy says of one log: the verdict, how sure it is, and what a person can check for themselves. */
import type { ByteString } from './byte-string.ts';
import type { FailingStep, LogFact, LogProblem } from './log-fact.ts';

/**
 * restart-loop: a program that dies and is started again. retry-loop: one process repeating a failing step.
 * error-storm: repeated failures driven from outside. busy: the lines are real, varied work. unknown: evidence is thin.
 */
export type LogVerdict = 'restart-loop' | 'retry-loop' | 'error-storm' | 'busy' | 'unknown';

/** Lines that differ only in times, numbers and names, told as one template. */
export interface LogPattern {
  /** The constant words, `<*>` where values vary, `<pid>` for process ids. */
  readonly template: string;
  /** The template's message alone, where a line has little room. */
  readonly headline: string;
  /** How often it occurred, repeat markers ("message repeated 7 times") weighed in. */
  readonly count: number;
  /** Its part of all lines read, 0–1, joined stack-trace lines included. */
  readonly share: number;
  /** Typical seconds between occurrences, null where the log has no usable times. */
  readonly everySeconds: number | null;
  /** One occurrence as it stood in the log, cut to 2 KiB; control characters are still in it. */
  readonly sample: string;
}

/** What a log's lines amount to. */
export interface LogJudgement {
  readonly verdict: LogVerdict;
  /** How often a verdict given with this much evidence is right, 0–1. */
  readonly confidence: number;
  /** What speaks for it, the most telling first. */
  readonly facts: readonly LogFact[];
  /** Of a loop, what fails in it; null where no line states it. */
  readonly step: FailingStep | null;
}

/** A loop that makes less of a log than the others who write it. */
const LESSER_SHARE = 0.5;

/** The program that a loop is about, where most of the log is others' lines; undefined where the log is the loop's. */
export function loopAmongOthers({ facts }: LogJudgement): Extract<LogFact, { kind: 'program' }> | undefined {
  const program = facts.find((fact) => fact.kind === 'program');
  return program && program.byteShare < LESSER_SHARE ? program : undefined;
}

/** One log judged. Times are seconds since 1970, shares 0–1. */
export interface LogReport extends LogJudgement {
  readonly path: ByteString;
  /** Size of the file as it lies on disk, null for a stream. */
  readonly fileBytes: number | null;
  readonly lines: number;
  /** Bytes of log text that were looked at (after decompression). */
  readonly bytesRead: number;
  /** True when everything was read, false when only the tail (and the head, for the span) was. */
  readonly whole: boolean;
  /** First and last time in the file, null where lines carry no time. */
  readonly span: { readonly fromSeconds: number; readonly toSeconds: number } | null;
  /** Lines per second over the part that was read. */
  readonly linesPerSecond: number | null;
  /** Most frequent first. */
  readonly patterns: readonly LogPattern[];
  /** Patterns that were seen besides those listed. */
  readonly morePatterns: number;
  /** Lines per equal time slice over the part that was read, oldest first; empty without times. */
  readonly rate: readonly number[];
  /** One round of the loop as it stood in the log, empty where there is none. */
  readonly cycle: readonly string[];
  /** What kept part of the input from being read, or null. */
  readonly problem: LogProblem | null;
}

/** A log that could not be read at all, and why: an errno name, or that there is no working directory to find it from. */
export interface UnreadLog {
  readonly path: ByteString;
  readonly code: string;
}
