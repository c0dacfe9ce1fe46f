/** The sentences under a verdict: each names what a person can count or look up in the log themselves. */
import type { LogVerdict } from '../model/log-report.ts';
import type { Findings, Pattern } from './findings.ts';
import type { LogMeter } from './log-meter.ts';
import { headlineOf } from './template-text.ts';

export function evidenceFor(
  verdict: LogVerdict,
  found: Findings,
  meter: LogMeter,
  problem: string | null,
): string[] {
  const sentences: string[] = [];
  if (problem !== null) sentences.push(problem);
  if (meter.lines > 0) {
    if (verdict === 'restart-loop' || verdict === 'retry-loop')
      sentences.push(...loopEvidence(verdict, found, meter));
    else if (verdict === 'error-storm') sentences.push(...stormEvidence(found));
    else if (verdict === 'busy') sentences.push(...busyEvidence(found));
    else sentences.push(...unknownEvidence(found));
  } else if (problem === null) sentences.push('the log is empty');
  if (meter.holeBytes > 0)
    sentences.push(
      `${count(meter.holeBytes)} bytes of NUL: the log was truncated under a writer that keeps its offset (it does not append)`,
    );
  return sentences;
}

function loopEvidence(verdict: LogVerdict, found: Findings, meter: LogMeter): string[] {
  const mates = found.mates.toSorted((a, b) => b.share - a.share);
  const sentences = [
    `${these(mates.length)} ${percent(found.matesShare)} of the ${count(meter.lines)} lines read${order(found)}${rhythm(found)}`,
  ];
  const lives = Math.max(0, ...mates.map((one) => one.lives));
  sentences.push(variation(mates, lives));
  const failing =
    mates.find((one) => one.meaning.fails && !one.meaning.supervises) ??
    mates.find((one) => one.meaning.fails || one.meaning.dies || one.meaning.traced) ??
    mates.find((one) => one.meaning.prompts);
  if (failing !== undefined)
    sentences.push(
      `the step that fails: "${shorten(headlineOf(failing.template))}", ${count(failing.template.count)} times`,
    );
  if (verdict === 'restart-loop') {
    const supervisor = mates.find((one) => one.meaning.supervises);
    const start = mates.find((one) => one.meaning.starts && one !== failing);
    if (supervisor !== undefined)
      sentences.push(`a supervisor says so: "${shorten(headlineOf(supervisor.template))}"`);
    else if (start !== undefined)
      sentences.push(
        `the program starts anew: "${shorten(headlineOf(start.template))}", ${count(start.template.count)} times`,
      );
    else if (mates.some((one) => one.meaning.bindFails))
      sentences.push('the address it wants to listen on is taken, so each start ends the same way');
    else if (mates.some((one) => one.meaning.dies))
      sentences.push('a process does not outlive such a line, yet the line comes again');
  } else if (mates.some((one) => one.rhythm?.backsOff === true))
    sentences.push('the pauses double until they start again: a back-off that never succeeds');
  return sentences;
}

function stormEvidence(found: Findings): string[] {
  const caused = found.patterns.filter((one) => one.meaning.fails && one.meaning.client);
  const storm = found.clientFailingShare > 0.1 ? caused : found.patterns.filter((one) => one.meaning.fails);
  const top = storm.at(0);
  const share = storm.reduce((sum, one) => sum + one.share, 0);
  const what = storm === caused ? 'failures that clients cause' : 'failures, each of something else';
  return [
    `${percent(share)} of the lines are ${what}, in ${count(storm.length)} ${storm.length === 1 ? 'pattern' : 'patterns'}`,
    ...(top === undefined
      ? []
      : [
          `mostly "${shorten(headlineOf(top.template))}", ${count(top.template.count)} times; ${percent(top.diversity)} of its values are new each time`,
        ]),
  ];
}

function busyEvidence(found: Findings): string[] {
  const sentences: string[] = [];
  if (found.accessShare > 0.3)
    sentences.push(`${percent(found.accessShare)} of the lines are an access log's: one per request served`);
  sentences.push(
    `${percent(found.diversity)} of what is written is new content: values differ from line to line`,
  );
  if (found.rareShare > 0.2)
    sentences.push(`${percent(found.rareShare)} of the lines have a form seen fewer than 5 times`);
  sentences.push(
    found.failingShare < 0.005
      ? 'no line speaks of failure'
      : `${percent(found.failingShare)} of the lines speak of failure`,
  );
  return sentences;
}

function unknownEvidence(found: Findings): string[] {
  if (found.lines < 40 || found.records < 15)
    return [`only ${count(found.lines)} ${found.lines === 1 ? 'line' : 'lines'}: too few to tell`];
  const sentences: string[] = [];
  const top = found.patterns.slice(0, 3);
  const share = top.reduce((sum, one) => sum + one.share, 0);
  sentences.push(
    `${these(top.length)} ${percent(share)} of the ${count(found.lines)} lines read, and ${percent(found.diversity)} of the content is new`,
  );
  if (found.failingShare < 0.02)
    sentences.push('nothing in them speaks of failure: routine, or a program with nothing to say');
  else
    sentences.push(
      `${percent(found.failingShare)} of the lines speak of failure, but not in a way that repeats enough to call it a loop`,
    );
  return sentences;
}

function variation(mates: readonly Pattern[], lives: number): string {
  const varying = mates.some((one) => one.diversity > 0.05);
  const what = varying
    ? 'hardly anything but times, counters and ids varies'
    : 'nothing but times, counters and ids varies';
  if (lives > 3) return `${what}; ${count(lives)} different pids, one after the other`;
  const seen = mates.some((one) => one.template.pids.seen > 0);
  return seen && lives <= 3 ? `${what}; the pid stays the same` : what;
}

function order(found: Findings): string {
  if (found.rounds === null || found.mates.length < 2) return '';
  if (found.rounds.sameness >= 0.95) return ', always together';
  return found.rounds.sameness >= 0.5 ? ', mostly together' : '';
}

function rhythm(found: Findings): string {
  const steady = found.mates
    .filter((one) => one.rhythm !== null && one.rhythm.variation < 0.6)
    .toSorted((a, b) => a.rhythm!.variation - b.rhythm!.variation)[0]?.rhythm;
  const any = steady ?? found.anchor?.rhythm;
  if (any === undefined || any === null) return '';
  if (any.variation >= 0.6 || any.backsOff) return `, every ${seconds(any.everySeconds)} on average`;
  return `, every ${seconds(any.everySeconds)} ± ${spread(any.everySeconds * any.variation)}`;
}

function these(patterns: number): string {
  return patterns === 1 ? '1 pattern makes' : `${count(patterns)} patterns make`;
}

function shorten(text: string): string {
  const one = text.replaceAll(/\s+/gu, ' ');
  return one.length > 100 ? `${one.slice(0, 99)}…` : one;
}

function percent(share: number): string {
  const value = share * 100;
  return `${value > 99 && value < 99.95 ? value.toFixed(1) : Math.round(value)} %`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

function seconds(value: number): string {
  if (value < 0.001) return 'less than 1 ms';
  return `${value < 10 ? value.toPrecision(2) : Math.round(value)} s`;
}

function spread(value: number): string {
  return value < 0.01 ? '0.01' : value < 10 ? value.toPrecision(1) : String(Math.round(value));
}
