/** A log that fills up: what its lines say, who writes it, at which pace, and what ends it. */
import { ageText } from '../../../model/age.ts';
import { commandText } from '../../../model/command-text.ts';
import type { FindingOf } from '../../../model/finding.ts';
import type { Culprit } from '../../../model/findings/runaway-log.ts';
import { loopAmongOthers } from '../../../model/log-report.ts';
import type { LogReport } from '../../../model/log-report.ts';
import { sizeText } from '../../../model/size.ts';
import { logEvidence, stepSentences, verdictName } from '../log.ts';
import { countOf, quoted } from '../phrases.ts';
import { writersText } from '../processes.ts';
import type { FindingWords } from './finding-words.ts';

const titles = {
  'restart-loop': 'restart loop fills a log',
  'retry-loop': 'retry loop fills a log',
  'error-storm': 'errors fill a log',
  busy: 'log of real traffic',
  unknown: 'large log',
} as const;

const stoppedTitles = {
  'restart-loop': 'restart loop filled a log',
  'retry-loop': 'retry loop filled a log',
  'error-storm': 'errors filled a log',
  busy: 'log of real traffic',
  unknown: 'large log',
} as const;

const meanings = {
  'restart-loop': 'a program dies and is started again',
  'retry-loop': 'a failing step is repeated',
  'error-storm': 'failures caused from outside',
  busy: 'varied, real work',
  unknown: 'no clear cause',
} as const;

export const runawayLogWords: FindingWords<'runaway-log'> = {
  title: ({ isOld, hasStopped, log }) => {
    if (isOld) return 'old log';
    if (loopAmongOthers(log)) return `${verdictName(log.verdict)} in a shared log`;
    return (hasStopped ? stoppedTitles : titles)[log.verdict];
  },
  evidence: (finding, nowSeconds) => {
    const { log, writers, unseen, lastWrittenAt, isOld } = finding;
    const [judgement, ...details] = judgementText(log);
    return [
      judgement,
      // A screen has room for two sentences: the writer is one of them, and that there is none is not.
      ...(writers.length > 0 ? [] : details),
      `${writersText(writers, unseen)}, last written ${ageOf(lastWrittenAt, nowSeconds)} ago`,
      ...(writers.length > 0 ? details : []),
      ...(isOld ? [] : paceText(finding, nowSeconds)),
    ];
  },
  advice,
};

function ageOf(seconds: number, nowSeconds: number): string {
  return ageText(Math.max(0, nowSeconds - seconds));
}

/** A pace that ended is told with its end: it fills nothing any more. */
function paceText(
  { log, bytesPerDay, hasStopped, lastWrittenAt }: FindingOf<'runaway-log'>,
  nowSeconds: number,
): string[] {
  if (bytesPerDay === undefined) return [];
  const lines = `at the pace of its last ${countOf(log.lines, 'line')} it`;
  const pace = `${sizeText(Math.round(bytesPerDay))} a day`;
  return [
    hasStopped
      ? `${lines} grew ${pace}, until that stopped ${ageOf(lastWrittenAt, nowSeconds)} ago`
      : `${lines} grows ${pace}`,
  ];
}

/** What it is and what tells so: of a loop, the step that fails. The sentences are those of `diskwhy log`. */
function judgementText(log: LogReport): string[] {
  const { verdict, confidence, step, bytesRead, whole } = log;
  const sentences = logEvidence(log);
  const failing = sentences.splice(0, stepSentences(step).length).join('; ') || undefined;
  const [first = 'its lines do not tell', ...more] = sentences;
  const measured = whole ? first : `${first} (last ${sizeText(bytesRead)} read)`;
  const sure = verdict === 'unknown' ? '' : `, ${Math.round(confidence * 100)} % sure`;
  return failing === undefined
    ? [`${meanings[verdict]}${sure}: ${measured}`, ...more.slice(0, 1)]
    : [`${meanings[verdict]}${sure}; ${failing}`, measured];
}

function advice(finding: FindingOf<'runaway-log'>): string {
  const { log, isOld, hasStopped, container, culprit, rotation, isSystemLog, diskBytes, remedies } = finding;
  if (isOld && remedies.length === 0)
    return 'nobody writes it any more, but it is nothing to delete by hand: see whose it is first';
  if (isOld) return 'nobody writes it any more: keep what you need of it and delete it';
  const mayEmpty = remedies.some(({ action }) => action.kind === 'empty-file');
  const empty = mayEmpty
    ? `then empty it, never delete it while it is open; that gives ${givenBack(finding, diskBytes)} back`
    : 'it is no file to empty by hand';
  const name = container === undefined ? undefined : `container ${quoted(container)}`;
  if (hasStopped && log.verdict !== 'busy' && log.verdict !== 'unknown')
    return `see whether its cause was mended; ${mayEmpty ? `then empty it: that gives ${givenBack(finding, diskBytes)} back` : empty}`;
  if (log.verdict === 'error-storm') return `block or limit who causes the failures; ${empty}`;
  if (log.verdict === 'restart-loop' || log.verdict === 'retry-loop') {
    const stop = `stop ${name ?? culpritText(culprit)} and fix what fails`;
    if (!loopAmongOthers(log)) return `${stop}; ${empty}`;
    const isRotated = remedies.some(({ action }) => action.kind === 'rotate-log');
    return `${stop}; most of its lines are others': ${isRotated ? 'rotate it rather than empty it' : `keep what you need of them; ${empty}`}`;
  }
  if (name !== undefined) return `set max-size for the log of ${name} and recreate it; ${empty}`;
  if (rotation !== undefined && remedies.some(({ action }) => action.kind === 'rotate-log'))
    return `rotate it now; ${quoted(rotation.configuration)} (${rotation.schedule ?? 'by size'}, ${rotation.keeps} kept) can do so more often, with compress and maxsize`;
  return `keep what you need of it; ${empty}. ${isSystemLog ? 'No rule in /etc/logrotate.d names it: add one' : 'Have its program, or logrotate, rotate it from then on'}`;
}

/** Less than it shows where it is compressed, or others have some of it. */
function givenBack({ remedies }: FindingOf<'runaway-log'>, diskBytes: number): string {
  const emptying = remedies.find(({ action }) => action.kind === 'empty-file');
  return sizeText(Math.min(diskBytes, emptying?.action.frees.bytes ?? diskBytes));
}

function culpritText(culprit: Culprit): string {
  switch (culprit.kind) {
    case 'unit':
      return quoted(culprit.name);
    case 'process':
      return `${commandText(culprit.process)} (pid ${culprit.process.pid})`;
    case 'named-in-lines':
      return `${quoted(culprit.name)} (its lines name it)`;
    case 'unknown':
      return 'the program its lines name';
  }
}
