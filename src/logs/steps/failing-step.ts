/** Which line of a loop states what fails. The one answer for the report, `log` and `watch`. */
import type { FailingStep } from '../../model/log-fact.ts';
import { type Findings, type Pattern, rareCount } from '../verdict/findings.ts';
import { saysOfWhat, statementStrength } from '../words/statement.ts';
import { supervisedIn } from './supervised.ts';
import { headlineOf, sampleText } from '../patterns/template-text.ts';

/** Below, a pattern is told by its level or an exit only, and what stands between rounds may say more. */
const PLAIN = 4;
/** So much rarer than the commonest failing line of the round, a line is something else. */
const RARE_SHARE = 0.1;

/** Null where no line of the round states a failure or says what is attempted again, or asks a question that nobody answers. */
export function failingStep({ anchor, patterns, mates, rounds }: Findings): FailingStep | null {
  const ofRound = mostPlain(mates);
  if (ofRound !== undefined && ofRound.strength >= PLAIN) return stepOf(ofRound.one);
  // The error itself may read differently each time, and then no single one comes in most rounds.
  const between = mostPlain(
    patterns.filter(
      (one) =>
        one.template.count >= rareCount &&
        !one.meaning.client &&
        (rounds?.presence.get(one.template.serial) ?? 0) > 0,
    ),
  );
  const plain = between !== undefined && between.strength >= PLAIN ? between : ofRound;
  if (plain !== undefined) return stepOf(plain.one);
  const byShare = mates.toSorted((a, b) => b.share - a.share);
  const asks = byShare.find((one) => one.meaning.prompts);
  // A supervisor may tell of ends as of any other event: whose end it is leads to the error.
  const ends = byShare.find(
    (one) => one.meaning.supervises && supervisedIn(sampleText(one.template)) !== null,
  );
  // Where every line only announces the next attempt, what is attempted is all that can be told.
  const announces =
    byShare.find((one) => one.meaning.fails && saysOfWhat(headlineOf(one.template))) ??
    (anchor?.meaning.supervises === true ? anchor : undefined);
  const last = asks ?? ends ?? announces;
  return last === undefined ? null : stepOf(last);
}

/** Of attempts that nothing is told of, what is attempted. */
export function attemptStep({ anchor }: Findings): FailingStep | null {
  return anchor === null ? null : { ...stepOf(anchor), tells: 'attempt' };
}

/** The failure that these patterns of a program's own log state most plainly, whatever the verdict; null where none does. */
export function plainestMessage(patterns: readonly Pattern[]): string | null {
  const plainest = mostPlain(patterns.filter((one) => !one.meaning.client && !one.meaning.supervises));
  return plainest !== undefined && plainest.strength >= PLAIN ? headlineOf(plainest.one.template) : null;
}

interface Stated {
  readonly one: Pattern;
  readonly strength: number;
}

/** The most plainly stated; the commonest of those that say it equally plainly. */
function mostPlain(patterns: readonly Pattern[]): Stated | undefined {
  const stated = patterns
    .map((one) => ({ one, strength: statementStrength(headlineOf(one.template), one.meaning) }))
    .filter(({ strength }) => strength > 0);
  const most = Math.max(0, ...stated.map(({ one }) => one.template.count));
  return stated
    .filter(({ one }) => one.template.count >= most * RARE_SHARE)
    .toSorted((a, b) => b.strength - a.strength || b.one.share - a.one.share)[0];
}

function stepOf({ template, meaning }: Pattern): FailingStep {
  const message = headlineOf(template);
  const sample = sampleText(template);
  const program = meaning.supervises ? (supervisedIn(sample)?.name ?? null) : null;
  return { program, message, sample, count: template.count, tells: 'failure', own: null, cause: null };
}
