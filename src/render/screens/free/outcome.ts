/** What came of `diskwhy free --apply`, and the question before each step. */
import type { FreeOutcome, StepOutcome } from '../../../model/free-outcome.ts';
import type { FreePlan, PlannedStep } from '../../../model/free-plan.ts';
import { lossText } from '../../words/actions.ts';
import { resultText } from '../../words/free.ts';
import { saidOf } from '../../words/said-of.ts';
import { displayName, escapeText } from '../../terminal/escape.ts';
import type { Screen } from '../../terminal/screen.ts';
import { formatSize } from '../../terminal/size.ts';
import { wrapWords } from '../../terminal/wrap.ts';

/** @param nowSeconds since 1970: what ages count from. */
export function outcomeLines(
  plan: FreePlan,
  outcome: FreeOutcome,
  nowSeconds: number,
  screen: Screen,
): string[] {
  const size = (bytes: number): string => formatSize(bytes, screen.sizes);
  const width = screen.width;
  const { style } = screen;
  const sum = `${size(outcome.freedBytes)} came back on ${displayName(plan.mountPoint)}, ${size(plan.wantedBytes)} were wanted`;
  return [
    ...outcome.steps.flatMap((one) => wrapWords('', stepLine(one, nowSeconds, size), width)),
    '',
    ...wrapWords('', sum, width).map(outcome.isEnough ? style.good : style.bad),
  ];
}

function stepLine(
  { step, result, freedBytes }: StepOutcome,
  nowSeconds: number,
  size: (bytes: number) => string,
): string {
  const title = escapeText(saidOf(step.finding, nowSeconds).title);
  const back =
    result === 'done' || result === 'failed' || freedBytes > 0
      ? `: ${size(freedBytes)} came back, ${size(step.bytes)} promised`
      : '';
  return `${title} – ${resultText(result)}${back}`;
}

/** "truncate -s 0 /var/log/app.log  (3.0 GiB; its lines are lost)? [y/N] " */
export function stepQuestion({ finding, remedy, bytes }: PlannedStep, nowSeconds: number): string {
  const what = remedy.line ?? escapeText(saidOf(finding, nowSeconds).title);
  return `${what}\n  gives ${formatSize(bytes, { exact: false })} back; ${lossText(remedy.action.loses)}. Do it? [y/N] `;
}
