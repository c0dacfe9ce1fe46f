/** A template as a person reads it: constant words, `<*>` where values vary, `<pid>` for process ids, no leading time. */
import { lineText } from '../lines/line-text.ts';
import { valueHash } from '../lines/line-tokens.ts';
import type { Template } from './template.ts';

/** Terminal colour sequences (ECMA-48 SGR). */
// oxlint-disable-next-line no-control-regex
const colours = /\u001B\[[\d;]*m/gu;

export function templateText(template: Template): string {
  const { sample, tokens, stampStart, stampEnd } = template;
  const { start: starts, end: ends } = template.sampleTokens();
  const slots = new Map(template.slots.map((slot) => [slot.token, slot]));
  const parts: string[] = [];
  let at = 0;
  const text = (from: number, to: number): string => lineText(sample.subarray(from, to));
  const copy = (to: number): void => {
    if (stampEnd > stampStart && at <= stampStart && to >= stampEnd) {
      parts.push(text(at, stampStart), '<time>', text(stampEnd, to));
    } else parts.push(text(at, to));
    at = to;
  };
  for (let index = 0; index < tokens.length; index++) {
    copy(starts[index]);
    const slot = slots.get(index);
    const varies = tokens[index] === valueHash && (slot === undefined ? template.count > 1 : !slot.constant);
    if (varies) parts.push(slot?.kind === 'pid' ? '<pid>' : '<*>');
    else parts.push(text(starts[index], ends[index]));
    at = ends[index]!;
  }
  copy(sample.length);
  return parts
    .join('')
    .replaceAll(colours, '')
    .replace(/^[\s[(]*<time>[\])]?:?\s*/u, '')
    .trim();
}

const messageKey = /"(?:msg|MESSAGE|short_message)"\s*:\s*"((?:[^"\\]|\\.)+)"/u;
const otherMessageKey = /"(?:message|log|event|text)"\s*:\s*"((?:[^"\\]|\\.)+)"/u;
/** `error`, `err`, `cause`, `reason`: a text, or an object with a message or an errno in it. */
const causeKey =
  /"?\b(?:err(?:or)?|cause|reason)"?[:=]\s*(?:\{[^{}]*?"(?:message|code)":)?"((?:[^"\\]|\\.)+)"/u;
/** The errno of a line that has no other cause. */
const codeKey = /"(?:code|errno|errorCode)"\s*:\s*"(E[A-Z_]{3,})"/u;
const logfmtMessage = /(?:^|\s)(?:msg|message)=(?:"((?:[^"\\]|\\.)+)"|(\S+))/u;
const informs = /(?:^|[\s[|(])(?:DEBUG|TRACE|INFO)(?:[\s\]|):]|$)/u;
/** Microsoft.Extensions.Logging's console: a level and a category, the message on the indented line below. */
const consoleHeader = /^(?:fail|crit|warn|info|dbug|trce): \S+\[\d+\]$/u;
const thrown = /^[\w.$]+(?:Exception|Error)\b.*/mu;
/** A failure told in plain words. */
const stated =
  /^.*\b(?:refused|denied|failed|cannot|unable|timed out|no such (?:file|host|device)|not found|error)\b.*$/imu;

/**
 * What the template says, for a line with little room: a structured line's message (with its error where it has one), a
 * traceback's exception, otherwise the template.
 */
export function headlineOf(template: Template): string {
  const text = templateText(template);
  const match = text.startsWith('{')
    ? (messageKey.exec(text) ?? otherMessageKey.exec(text))
    : logfmtMessage.exec(text);
  if (match !== null) {
    const message = match[1] ?? match[2] ?? '';
    const cause = (causeKey.exec(text) ?? codeKey.exec(text))?.[1];
    return cause === undefined || message.includes(cause) || cause.includes(message)
      ? (cause ?? message)
      : `${message}: ${cause}`;
  }
  if (consoleHeader.test(text)) {
    const below = template.tail.split('\n').map((line) => line.trim());
    const cause = below.find((line) => thrown.test(line)) ?? below[0] ?? '';
    return cause === '' ? text : `${text.slice(0, 5)} ${cause}`;
  }
  const exception = template.lastTailLine;
  // What is only traced says nothing of its own; the exception below it does.
  const traced = informs.test(text) ? thrown.exec(template.tail)?.[0] : undefined;
  if (traced !== undefined) return traced;
  if (exception.startsWith('Caused by: ')) return `${text}: ${exception.slice('Caused by: '.length)}`;
  if (!text.endsWith('Traceback (most recent call last):')) {
    const said = stated.test(text) ? undefined : stated.exec(template.tail)?.[0].trim();
    const below = thrown.exec(template.tail)?.[0] ?? said;
    return below === undefined || text.includes(below) ? text : `${text}: ${below}`;
  }
  return exception === '' ? text : `Traceback … ${exception}`;
}

/** The sample line as text, its final spaces left out. */
export function sampleText(template: Template): string {
  return lineText(template.sample).trimEnd();
}
