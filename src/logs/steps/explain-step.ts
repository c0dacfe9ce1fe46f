/** What a failing step comes from: the program's own log where a supervisor tells only of its end, and the cause. */
import type { ByteString } from '../../model/byte-string.ts';
import type { FailingStep } from '../../model/log-fact.ts';
import { ownError } from './own-log.ts';
import type { ReadOptions } from '../reading/read-log.ts';
import { rootCauseOf } from './root-cause.ts';

/** @param round lines of one round as they stand in the log. @param log where the step stands. */
export async function explainStep(
  step: FailingStep,
  round: readonly string[],
  log: ByteString,
  options: ReadOptions,
): Promise<FailingStep> {
  const own = step.program === null ? null : await ownError(step.sample, log, options);
  const cause =
    (own === null ? null : rootCauseOf(own.message, [], own.path ?? log)) ??
    rootCauseOf(step.sample, round, log);
  return { ...step, own, cause };
}
