/**
 * Attempts that no line tells the outcome of: programs that say what they are about to do and never that it failed. A poll
 * looks alike, so both are asked for: a verb of attempting (no check, no job that is run, no idle waiting for work), and
 * not one line that could be a success.
 */
import { type Findings, type Pattern, rareCount } from './findings.ts';
import { type Pace, paceOf } from './pace.ts';
import { type Rounds, roundsOf } from '../patterns/recent-sequence.ts';
import { headlineOf, sampleText } from '../patterns/template-text.ts';

export interface Attempt {
  readonly pattern: Pattern;
  readonly mates: readonly Pattern[];
  readonly rounds: Rounds;
  /** Null where lines have no times. */
  readonly pace: Pace | null;
  /** Share of lines that are mates. */
  readonly share: number;
}

/** What a program waits or looks for while it has nothing to do. */
const work = String.raw`(?:jobs?|messages?|events?|requests?|connections?|changes?|work|tasks?|inputs?|data|commands?|clients?|orders?|files?|updates?|upgrades?|versions?|packages?|interrupts?|signals?|packets?|records?|items?|entries|rows?|tick|timers?|seconds?|minutes?|hours?|(?:ms|s|m|h)\b|cron|schedules?|timeouts?|slots?|triggers?|turn|run|poll|cycle|interval|queries|transactions?|mails?|keys?|users?|exit|stop|shutdown|end|completion|children|workers|devices?)\b`;
const idle = String.raw`(?:(?:for|on|to) )?(?:(?:the|a|an|any|some|new|next|more|incoming|other|further|pending|scheduled|due|first|last|\d+) )*${work}`;
/** That there was none of it is an answer as well. */
const reported = new RegExp(
  String.raw`\b(?:no|0) (?:(?:new|more|other|further|pending|due) )*${work}|\bnothing (?:to do|new|more)\b|\bup[- ]to[- ]date\b|\b(?:un|not )changed\b`,
  'iu',
);
/** What is tried again until it works; "Trying to access array offset" is a fault that is said once for each. */
const reaching = String.raw`(?:re-?)?(?:acquire|associate|attach|authenticate|become|bind|claim|connect|contact|discover|dial|elect|enroll?|establish|fetch|find|handshake|initiali[sz]e|join|launch|lock|log ?(?:in|on)|mount|obtain|open|pair|ping|probe|reach|recover|register|renew|resolve|restore|resume|send|spawn|start|subscribe|sync)`;
const attempting = new RegExp(
  String.raw`\b(?:(?:re-?)?connecting(?:(?: \w+)? (?:to|with)\b|\.{3})|dialing\b|(?:trying|attempting|retrying)\b(?! ${idle}| to (?!${reaching}))|(?:waiting|looking|searching) (?!(?:in|at|up|through)\b|${idle})[\w(]|initiating \w*(?:sa|connection|handshake|session)\w*|registering (?:with|at|to)\b|(?:re-?)?joining (?:cluster|group|network|server)|(?:calling|starting|is starting)(?: an?| for)?(?: new)?(?: \w+)? (?:election|discovery|negotiation|handshake)|became candidate|requesting votes?|start(?:ing)? discovery|sending (?:dhcp )?(?:broadcast|discover)|is setting up now|request msg register)|\bDHCP(?:DISCOVER|SOLICIT)\b`,
  'iu',
);
/** Of these one is enough to make it no attempt in vain; what denies them is taken out before. */
const outcome =
  /\b(?:(?:re)?connected|(?:re)?established|(?:re)?joined|ready|ok|done|success\w*|succee\w*|completed?|finished|found|bound|leased|accepted|acquired|registered|authenticated|associated|authorized|opened|resumed|restored|recovered|online|healthy|alive|dhcpack|elected|became leader|updated|synced|synchroni[sz]ed|paired|passed|received \d|returned|respon(?:ded|se)|repl(?:y|ied)|answer(?:ed)?|result|held|stand(?:ing)?[ -]?by|secondary|follow(?:er|ing)|up and running|(?<![\d.:])200(?![.:]\d))\b/iu;
const denied =
  /\b(?:no|not|never|without|zero)\b[^.,;]{0,24}|\b(?:to (?:be|become|get|come)|until)\b[^.,;]{0,30}|=0\b|: 0\b/giu;
/** `tried=89`, `interval 8`: how many there were of something, or how long. Which one it is would be work. */
const amount = /(?:[\w-]+=|\b(?:interval|attempt|try|retry|after|in|delay) #?)$/iu;
const isNumber = /^\d[\d.,]*$/u;

const FEWEST_ROUNDS = 30;
/** Without times nothing tells how much they burn, so more of them are asked for. */
const FEWEST_TIMELESS = 60;
const SLOWEST_SECONDS = 75;
/** Longer pauses are a client's that backs off. */
const SLOWEST_BACKING_OFF_SECONDS = 900;
/** What is left besides the rounds. */
const MOST_ELSE = 0.1;
/** An outcome so rare was another time's. */
const RARE_OUTCOME = 0.02;

/** Null where lines tell an outcome, there is work in them, or the rounds are too few or too far apart. */
export function attemptOf({ patterns }: Findings, sequence: Int32Array): Attempt | null {
  const pattern = patterns.find((one) => isAttempt(one));
  if (pattern === undefined) return null;
  const { count, serial } = pattern.template;
  if (patterns.some((one) => one.template.count > count * RARE_OUTCOME && hasOutcome(one))) return null;
  const rounds = roundsOf(sequence, serial);
  if (rounds === null && pattern.share < 1 - MOST_ELSE) return null;
  const around: Rounds = rounds ?? { count, presence: new Map([[serial, 1]]), length: 1, sameness: 1 };
  const mates = patterns.filter(
    (one) => (around.presence.get(one.template.serial) ?? 0) >= 0.5 && newIn(one) < MOST_ELSE,
  );
  const share = mates.reduce((sum, one) => sum + one.share, 0);
  if (share < 1 - MOST_ELSE) return null;
  const pace = paceOf(pattern, mates, around);
  if (count < (pace === null ? FEWEST_TIMELESS : FEWEST_ROUNDS) || !isFast(pattern, pace)) return null;
  return { pattern, mates, rounds: around, pace, share };
}

function isAttempt(one: Pattern): boolean {
  const { meaning, template } = one;
  return (
    template.count >= rareCount &&
    !meaning.succeeds &&
    !meaning.access &&
    !meaning.routine &&
    !meaning.client &&
    newIn(one) < MOST_ELSE &&
    attempting.test(headlineOf(template))
  );
}

function hasOutcome({ meaning, template }: Pattern): boolean {
  if (meaning.succeeds || meaning.access || wordsVary(template)) return true;
  const text = `${headlineOf(template)}\n${template.tail}`;
  return reported.test(text) || outcome.test(text.replaceAll(denied, ' '));
}

/** Lines that differ in a word are told as one form: any of them may be the outcome. */
function wordsVary(template: Pattern['template']): boolean {
  const text = sampleText(template);
  const { start, end } = template.sampleTokens();
  return template.slots.some(
    ({ token, kind, constant }) =>
      kind === 'value' && !constant && /^\p{L}{2,}$/u.test(text.slice(start[token], end[token])),
  );
}

/** How much of its values is new each time, amounts of something left out. */
function newIn({ template, contentDiversity }: Pattern): number {
  if (contentDiversity <= MOST_ELSE) return contentDiversity;
  const text = sampleText(template);
  const { start, end } = template.sampleTokens();
  const telling = template.slots.filter(
    ({ token, kind, counts, diversity }) =>
      diversity > MOST_ELSE &&
      (kind === 'item' || kind === 'identity' || (kind === 'value' && !counts)) &&
      !(isNumber.test(text.slice(start[token], end[token])) && amount.test(text.slice(0, start[token]))),
  );
  return telling.length === 0 ? 0 : contentDiversity;
}

function isFast({ rhythm }: Pattern, pace: Pace | null): boolean {
  if (pace === null) return true;
  return (
    pace.everySeconds <= SLOWEST_SECONDS ||
    (rhythm?.backsOff === true && pace.everySeconds <= SLOWEST_BACKING_OFF_SECONDS)
  );
}
