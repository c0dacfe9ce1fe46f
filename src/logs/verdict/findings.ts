/** From what the meter gathered to numbers a verdict can be built on: the failing anchor, its round, repetition, churn. */
import type { Rhythm } from '../times/cadence.ts';
import { type Meaning, meaningOf } from '../words/lexicon.ts';
import type { LogView } from '../reading/log-view.ts';
import { type Pace, paceOf } from './pace.ts';
import { type Rounds, roundsOf } from '../patterns/recent-sequence.ts';
import type { Template } from '../patterns/template.ts';

/** One template with what it means and how it behaves. Shares are of all lines read, 0–1. */
export interface Pattern {
  readonly template: Template;
  readonly meaning: Meaning;
  readonly share: number;
  /** How much its values vary, pids, times, counters and ids left out: 0 always the same, 1 never. */
  readonly diversity: number;
  /** The same with ids, and measurements in lines that tell of no failure, counted as values. */
  readonly contentDiversity: number;
  readonly rhythm: Rhythm | null;
  /** Occurrences per process id seen, 0 where the lines carry none. */
  readonly perPid: number;
  /** Different process ids, one after the other. */
  readonly lives: number;
}

export interface Findings {
  readonly lines: number;
  /** Lines with what is joined to them counted once. */
  readonly records: number;
  readonly patterns: readonly Pattern[];
  /** The failing (or dying, or asking) pattern that the rest is judged by. */
  readonly anchor: Pattern | null;
  readonly rounds: Rounds | null;
  /** Of the anchor's rounds; null where lines have no times. */
  readonly pace: Pace | null;
  /** Patterns that come in most rounds, the anchor among them. */
  readonly mates: readonly Pattern[];
  /** Share of lines that are mates and repeat themselves: Σ share × (1 − diversity). */
  readonly loopMass: number;
  readonly matesShare: number;
  /** Share of the rounds in which something else each time was done: work that fails now and then, but goes on. */
  readonly progress: number;
  /** Share of the rounds that hold a line that tells of no failure and has new values: it may be work, or only a measurement. */
  readonly news: number;
  /** How often the failing step itself succeeds, per failure: the same words with the other outcome. */
  readonly successes: number;
  /** Share of lines in failing patterns, and of those that a client caused. */
  readonly failingShare: number;
  readonly clientFailingShare: number;
  /** Share of lines in failing patterns × how much those vary. */
  readonly variousFailingShare: number;
  readonly accessShare: number;
  /** Σ share × diversity over all patterns (rare ones count as diverse). */
  readonly diversity: number;
  /** Share of lines in patterns seen fewer than 5 times, or already forgotten. */
  readonly rareShare: number;
}

/** An amount, with its unit at most; which thing it is reads otherwise. */
const isNumber = /^[-+~(]?\d[\d.,:]*[a-z%µ]{0,3}[.,;)]?$/iu;

/** Patterns seen less often are rare. */
export const rareCount = 5;

export function findingsOf(view: LogView): Findings {
  const { weight } = view;
  const patterns = view.templates
    .filter((template) => template.count > 0)
    .toSorted((a, b) => b.lines - a.lines)
    .slice(0, 300)
    .map((template) => patternOf(template, weight));
  const { anchor, rounds, mates } = roundOf(patterns, view);
  const common = patterns.filter((one) => one.template.count >= rareCount);
  const covered = sum(common, (one) => one.share);
  return {
    lines: view.lines,
    records: view.records,
    patterns,
    anchor,
    rounds,
    pace: paceOf(anchor, mates, rounds),
    mates,
    loopMass: massOf(mates),
    matesShare: sum(mates, (one) => one.share),
    progress: presenceOf(
      patterns.filter((one) => hasNews(one) && (one.meaning.succeeds || one.meaning.access)),
      rounds,
    ),
    news: presenceOf(patterns.filter(hasNews), rounds),
    successes: successesOf(anchor, patterns),
    failingShare: sum(patterns, (one) => (one.meaning.fails || one.meaning.traced ? one.share : 0)),
    clientFailingShare: sum(patterns, (one) => (one.meaning.fails && one.meaning.client ? one.share : 0)),
    variousFailingShare: sum(patterns, (one) =>
      one.meaning.fails && one.template.count >= rareCount ? one.share * one.contentDiversity : 0,
    ),
    accessShare: sum(patterns, (one) => (one.meaning.access ? one.share : 0)),
    diversity: sum(common, (one) => one.share * one.contentDiversity) + (1 - covered),
    rareShare: 1 - covered,
  };
}

function sum(all: readonly Pattern[], value: (one: Pattern) => number): number {
  return all.reduce((total, one) => total + value(one), 0);
}

function patternOf(template: Template, weight: number): Pattern {
  const text = template.sample.toString('utf8');
  const meaning = meaningOf(text, template.tail);
  const varying = template.slots.filter(
    (slot) => slot.kind === 'item' || (slot.kind === 'value' && !slot.counts),
  );
  // Durations differ in failures too; in lines that tell of no failure they are measurements, so content.
  const content = template.slots.filter(
    (slot) => slot.kind === 'identity' || (slot.kind === 'duration' && !meaning.fails),
  );
  const most = (slots: typeof varying): number => Math.max(0, ...slots.map((slot) => slot.diversity));
  const rhythm = template.cadence.rhythm();
  const share = weight === 0 ? 0 : template.lines / weight;
  // A failure that comes like clockwork and fills the log is driven by a timer, whatever number it carries: a number, not which thing it is.
  const differing = varying.filter((slot) => slot.diversity > 0.3);
  const steady = rhythm !== null && rhythm.gaps >= 50 && rhythm.variation < 0.15;
  const timed =
    meaning.fails &&
    !meaning.client &&
    share > 0.3 &&
    differing.length <= 1 &&
    steady &&
    differing.every((slot) => isNumber.test(slotSample(template, slot.token)));
  const diversity = template.count < rareCount ? 1 : Math.min(most(varying), timed ? 0.35 : 1);
  return {
    template,
    meaning,
    share,
    diversity,
    contentDiversity: template.count < rareCount ? 1 : Math.max(diversity, most(content)),
    rhythm,
    perPid: template.pids.fresh === 0 ? 0 : template.pids.seen / template.pids.fresh,
    lives: template.pids.fresh,
  };
}

function slotSample(template: Template, token: number): string {
  const { start, end } = template.sampleTokens();
  return template.sample.toString('latin1', start[token], end[token]);
}

/** Whether some of its values differ now and then: they may be what is worked on. */
export function hasValues({ diversity }: Pattern): boolean {
  return diversity > 0.05;
}

function hasNews({ meaning, template, diversity }: Pattern): boolean {
  return !meaning.fails && template.count >= rareCount && diversity > 0.5;
}

/** With fewer, what is alike in them may be what they say. */
const FORMS_OF_A_HEADER = 5;

/** Told in the same words but for the outcome, which the tree keeps apart. */
function successesOf(anchor: Pattern | null, patterns: readonly Pattern[]): number {
  if (anchor === null || !anchor.meaning.fails) return 0;
  const own = anchor.template.tokens;
  const header = headerOf(own, patterns);
  const twins = patterns.filter(({ meaning, template: { tokens } }) => {
    if (!meaning.succeeds || Math.abs(tokens.length - own.length) > 4) return false;
    const same = own.filter((token, index) => token === tokens[index]).length;
    return same > header && same >= 0.5 * Math.min(own.length, tokens.length);
  });
  return Math.max(0, ...twins.map(({ template }) => template.count / anchor.template.count));
}

/** How many of its tokens stand so in most of a log's forms: the host and the program tell nothing of an outcome. */
function headerOf(own: Int32Array, patterns: readonly Pattern[]): number {
  if (patterns.length < FORMS_OF_A_HEADER) return 0;
  const isCommon = (token: number, index: number): boolean =>
    patterns.filter(({ template: { tokens } }) => tokens[index] === token).length > 0.6 * patterns.length;
  return own.filter((token, index) => isCommon(token, index)).length;
}

/** In how many of the rounds the commonest of them comes, 0–1. */
function presenceOf(patterns: readonly Pattern[], rounds: Rounds | null): number {
  return Math.max(0, ...patterns.map(({ template }) => rounds?.presence.get(template.serial) ?? 0));
}

/** Share of lines that are among these and say nothing new. */
function massOf(patterns: readonly Pattern[]): number {
  return sum(patterns, (one) => one.share * (1 - one.diversity));
}

/**
 * The anchor and what comes with it. A step that fails several times per life cuts lives into pieces that differ, so the
 * anchor is the candidate whose rounds explain most of the log; the more telling one where several explain the same.
 */
function roundOf(
  patterns: readonly Pattern[],
  { sequence, records }: LogView,
): Pick<Findings, 'anchor' | 'rounds' | 'mates'> {
  let best: Pick<Findings, 'anchor' | 'rounds' | 'mates'> = { anchor: null, rounds: null, mates: [] };
  let bestMass = 0;
  for (const anchor of anchorsOf(patterns, records)) {
    const rounds = roundsOf(sequence, anchor.template.serial);
    const mates = matesOf(patterns, anchor, rounds);
    const mass = massOf(mates);
    if (best.anchor !== null && mass < bestMass + 0.05) continue;
    best = { anchor, rounds, mates };
    bestMass = mass;
  }
  return best;
}

const maxAnchors = 6;

/** The patterns that could drive a loop, the most telling first: failing or dying before a start or a question, much repeated, little varied. */
function anchorsOf(patterns: readonly Pattern[], records: number): Pattern[] {
  const scored = patterns
    .map((one) => ({ one, score: anchorScore(one, records) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score);
  return scored
    .slice(0, maxAnchors)
    .filter(({ score }) => score >= scored[0].score / 10)
    .map(({ one }) => one);
}

function anchorScore({ meaning, template, share, diversity }: Pattern, records: number): number {
  if (meaning.access || template.count < rareCount) return 0;
  const failing = meaning.supervises || meaning.dies || meaning.fails || meaning.traced;
  const kind = failing ? 1 : meaning.starts || meaning.prompts ? 0.2 : 0;
  const often = template.count / Math.max(1, records);
  return kind * (0.3 + Math.min(0.7, often * 5)) * share * (1 - diversity);
}

function matesOf(patterns: readonly Pattern[], anchor: Pattern, rounds: Rounds | null): Pattern[] {
  if (rounds === null) return [anchor];
  return patterns.filter(
    (one) =>
      one === anchor ||
      ((rounds.presence.get(one.template.serial) ?? 0) >= 0.7 && !one.meaning.access) ||
      // The same failure told of several programs, hosts or ports that fail side by side.
      ((one.meaning.fails || one.meaning.supervises) &&
        !one.meaning.client &&
        one.template.count >= rareCount &&
        one.diversity < 0.5 &&
        (rounds.presence.get(one.template.serial) ?? 0) >= 0.05),
  );
}
