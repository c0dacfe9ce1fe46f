/** What is said of a log, by `diskwhy log`, `diskwhy watch` and the report alike. Texts of the log are in it as they stand: whoever prints a sentence escapes it. */
import { durationText } from '../../model/duration.ts';
import { errnoMessage } from '../../model/errno-message.ts';
import type { FailingStep, LogFact, LogProblem, OwnError } from '../../model/log-fact.ts';
import type { LogJudgement, LogVerdict } from '../../model/log-report.ts';
import type { Style } from '../terminal/style.ts';
import { displayName } from '../terminal/escape.ts';
import { formatCount } from '../terminal/size.ts';
import { rootCauseText } from './root-cause.ts';

/** What a verdict means, to stand behind its name. */
export const verdictMeaning: Readonly<Record<LogVerdict, string>> = {
  'restart-loop': 'a program dies and is started again',
  'retry-loop': 'one step fails and is tried again',
  'error-storm': 'failures that come from outside',
  busy: 'the lines are real work',
  unknown: 'too little speaks either way',
};

/** "restart loop" */
export function verdictName(verdict: LogVerdict): string {
  return verdict.replace('-', ' ');
}

export function verdictPaint(verdict: LogVerdict, style: Style): (text: string) => string {
  if (verdict === 'busy') return style.good;
  if (verdict === 'unknown') return style.dim;
  return verdict === 'error-storm' ? style.warning : style.bad;
}

/** Sentences without full stops that a person can check in the log, the most telling first. */
export function logEvidence({ verdict, facts, step }: LogJudgement): string[] {
  const isPart = facts.some(({ kind }) => kind === 'program');
  return [...stepSentences(step), ...facts.map((fact) => factText(fact, verdict, isPart))];
}

/** What fails and what it comes from; empty where no line states a failure. */
export function stepSentences(step: FailingStep | null): string[] {
  if (step === null) return [];
  const { own, cause } = step;
  return [
    stepText(step),
    ...(own === null ? [] : [ownText(own)]),
    ...(cause === null ? [] : [rootCauseText(cause)]),
  ];
}

function ownText({ path, journal, message }: OwnError): string {
  const where =
    path === null ? `the journal of ${journal ?? ''} on this machine` : `its own log ${displayName(path)}`;
  return `${where} says: "${shorten(message)}"`;
}

function stepText({ program, message, count, tells }: FailingStep): string {
  const who = program === null ? '' : ` of ${program}`;
  if (tells === 'attempt')
    return `tried again and again${program === null ? '' : ` by ${program}`}, and no line tells how it ends: "${shorten(message)}", ${formatCount(count)} times`;
  return `the step${who} that fails: "${shorten(message)}", ${formatCount(count)} times`;
}

/** @param isPart it is about the lines of one program. */
function factText(fact: LogFact, verdict: LogVerdict, isPart: boolean): string {
  switch (fact.kind) {
    case 'cycle':
      return `${these(fact.patterns)} ${percent(fact.share)} of ${isPart ? 'its' : 'the'} ${formatCount(fact.lines)} lines${isPart ? '' : ' read'}${orderText(fact)}${rhythmText(fact)}`;
    case 'variation':
      return variationText(fact);
    case 'supervisor':
      return `a supervisor says so: "${shorten(fact.message)}"`;
    case 'program-start':
      return `the program starts anew: "${shorten(fact.message)}", ${formatCount(fact.count)} times`;
    case 'address-taken':
      return 'the address it wants to listen on is taken, so each start ends the same way';
    case 'fatal-line':
      return 'a process does not outlive such a line, yet the line comes again';
    case 'back-off':
      return 'the pauses double until they start again: a back-off that never succeeds';
    case 'pace':
      return paceText(fact);
    case 'slow-rounds':
      return `the same happened ${formatCount(fact.rounds)} times in ${durationText(fact.spanSeconds)}: at that pace it is no loop`;
    case 'failures':
      return `${percent(fact.share)} of the lines are ${fact.origin === 'clients' ? 'failures that clients cause' : 'failures, each of something else'}, in ${formatCount(fact.patterns)} ${fact.patterns === 1 ? 'pattern' : 'patterns'}`;
    case 'commonest-failure':
      return `mostly "${shorten(fact.message)}", ${formatCount(fact.count)} times; ${percent(fact.newShare)} of its values are new each time`;
    case 'requests':
      return `${percent(fact.share)} of the lines are an access log's: one per request served`;
    case 'new-content':
      return `${percent(fact.share)} of what is written is new content: values differ from line to line`;
    case 'rare-forms':
      return `${percent(fact.share)} of the lines have a form seen fewer than ${fact.below} times`;
    case 'failing-lines':
      return failingText(fact.share, verdict);
    case 'common-forms':
      return `${these(fact.patterns)} ${percent(fact.share)} of the ${formatCount(fact.lines)} lines read, and ${percent(fact.newShare)} of the content is new`;
    case 'program':
      return `of several programs in it ${fact.name} is judged by itself: ${percent(fact.share)} of the lines, ${percent(fact.byteShare)} of the bytes`;
    case 'repeats':
      return repeatsText(fact);
    case 'too-few-lines':
      return `only ${formatCount(fact.lines)} ${fact.lines === 1 ? 'line' : 'lines'}: too few to tell`;
    case 'empty':
      return 'it has no lines of text';
    case 'hole':
      return `${formatCount(fact.bytes)} bytes of NUL: the log was truncated under a writer that keeps its offset (it does not append)`;
  }
}

function repeatsText(fact: Extract<LogFact, { kind: 'repeats' }>): string {
  const { message, count, share, byteShare, everySeconds, program } = fact;
  const every = everySeconds === null ? '' : `, every ${secondsText(everySeconds)}`;
  const who = program === null ? '' : `, written by ${program}`;
  return `it repeats without saying why: "${shorten(message)}", ${formatCount(count)} times${every}: ${percent(share)} of the lines, ${percent(byteShare)} of the bytes${who}`;
}

function paceText({ roundsPerHour, variation, endedSeconds }: Extract<LogFact, { kind: 'pace' }>): string {
  const evenly =
    variation === null || variation >= 0.6 ? '' : variation < 0.1 ? ', like clockwork' : ', evenly';
  const ended =
    endedSeconds === null
      ? 'still going on'
      : `ended ${new Date(endedSeconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const pace = roundsPerHour < 10 ? roundsPerHour.toPrecision(2) : formatCount(Math.round(roundsPerHour));
  return `${pace} rounds an hour${evenly}, ${ended}`;
}

const unpackers = { xz: 'xzcat', bzip2: 'bzcat', lz4: 'lz4cat' } as const;

/** Why a log was not read, or not to its end. */
export function logProblemText(problem: LogProblem): string {
  switch (problem.code) {
    case 'device':
      return 'this is a device, not a log';
    case 'not-text':
      return 'this is not text';
    case 'packed':
      return `cannot read ${problem.packing} here: unpack it first, for example ${unpackers[problem.packing]} FILE | diskwhy log -`;
    case 'interrupted':
      return 'stopped before its end';
    case 'cut-short':
      return 'the compressed file is cut short';
    case 'damaged':
      return `the compressed file is damaged (${problem.message})`;
    case 'no-journalctl':
      return 'binary journal: journalctl is not here to read it';
    case 'unreadable-journal':
      return `binary journal: ${problem.message}`;
    case 'read-failed':
      return `could not be read to its end (${problem.message})`;
  }
}

/** Why a log could not be opened. @param code an errno name, what it is instead of a file, or `no-working-directory`. */
export function unreadLogText(code: string): string {
  if (code === 'EISDIR') return 'is a directory: name the log in it, or run diskwhy on it';
  if (code === 'no-working-directory') return `the working directory is gone: ${errnoMessage('ENOENT')}`;
  return notALog[code] ?? errnoMessage(code);
}

const notALog: Readonly<Record<string, string | undefined>> = {
  'named-pipe': 'is a named pipe, not a log: diskwhy log - < FILE reads what comes through it',
  socket: 'is a socket, not a log',
  device: 'is a device, not a log: diskwhy log - reads standard input',
};

function variationText({ values, processes }: Extract<LogFact, { kind: 'variation' }>): string {
  const what =
    values === 'few'
      ? 'hardly anything but times, counters and ids varies'
      : 'nothing but times, counters and ids varies';
  if (processes === null) return what;
  return processes === 1
    ? `${what}; the pid stays the same`
    : `${what}; ${formatCount(processes)} different pids, one after the other`;
}

function orderText({ together }: Extract<LogFact, { kind: 'cycle' }>): string {
  return together === null ? '' : `, ${together} together`;
}

function rhythmText({ everySeconds, spreadSeconds }: Extract<LogFact, { kind: 'cycle' }>): string {
  if (everySeconds === null) return '';
  const every = `, every ${secondsText(everySeconds)}`;
  return spreadSeconds === null ? `${every} on average` : `${every} ± ${spreadText(spreadSeconds)}`;
}

function failingText(share: number, verdict: LogVerdict): string {
  const some = `${percent(share)} of the lines speak of failure`;
  if (verdict === 'busy') return share < 0.005 ? 'no line speaks of failure' : some;
  return share < 0.02
    ? 'nothing in them speaks of failure: routine, or a program with nothing to say'
    : `${some}, but not in a way that repeats enough to call it a loop`;
}

function these(patterns: number): string {
  return patterns === 1 ? '1 pattern makes' : `${formatCount(patterns)} patterns make`;
}

const MOST_CHARACTERS = 100;

function shorten(text: string): string {
  const one = text.replaceAll(/\s+/gu, ' ');
  return one.length > MOST_CHARACTERS ? `${one.slice(0, MOST_CHARACTERS - 1)}…` : one;
}

function percent(share: number): string {
  const value = share * 100;
  return `${value > 99 && value < 99.95 ? value.toFixed(1) : Math.round(value)} %`;
}

function secondsText(value: number): string {
  if (value < 0.001) return 'less than 1 ms';
  return `${value < 10 ? value.toPrecision(2) : Math.round(value)} s`;
}

function spreadText(value: number): string {
  return value < 0.01 ? '0.01' : value < 10 ? value.toPrecision(1) : String(Math.round(value));
}
