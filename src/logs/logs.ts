/**
 * The door to logs: lines → patterns → verdict. Three ways in: a file (`judgeLogFile`), a stream (`judgeLogStream`), a log
 * that grows while it is watched (`GrowingLog`). Nothing here reads the clock: the caller says what time it is.
 */
import type { ByteString } from '../model/byte-string.ts';
import type { LogReport } from '../model/log-report.ts';
import { explainStep } from './steps/explain-step.ts';
import { reportOf } from './report/log-report.ts';
import { readLogFile, type ReadOptions, readStream } from './reading/read-log.ts';

export { explainStep } from './steps/explain-step.ts';
export { GrowingLog } from './growing-log.ts';

/** What is read of a log unless more is asked for. */
export const defaultTailBytes: number = 4 << 20;

export interface JudgeOptions extends ReadOptions {
  /** How many patterns the report lists. */
  readonly topPatterns: number;
}

/** Judges one file. Rejects with the system's error where it cannot be opened (ENOENT, EACCES, EISDIR). */
export async function judgeLogFile(path: ByteString, options: JudgeOptions): Promise<LogReport> {
  return await explained(reportOf(path, await readLogFile(path, options), options.topPatterns), options);
}

/** Judges what a stream (standard input) carries, to its end. `name` stands for the path in the report. */
export async function judgeLogStream(
  name: ByteString,
  pieces: AsyncIterable<Uint8Array>,
  options: JudgeOptions,
): Promise<LogReport> {
  return await explained(reportOf(name, await readStream(pieces, options), options.topPatterns), options);
}

async function explained(report: LogReport, options: JudgeOptions): Promise<LogReport> {
  const { step, cycle, path } = report;
  return step === null ? report : { ...report, step: await explainStep(step, cycle, path, options) };
}
