/** Who writes, in a phrase: the program, its unit, who stands behind it, and who may be hidden. */
import { baseName } from '../../model/byte-string.ts';
import { commandText } from '../../model/command-text.ts';
import type { ProcessIdentity } from '../../model/process.ts';
import type { Writer, WritersHidden } from '../../model/watch-event.ts';
import type { WriterOrigin } from '../../model/writer-origin.ts';
import { displayName, escapeText } from '../terminal/escape.ts';
import { formatCount } from '../terminal/size.ts';

/** "worker.service ← systemd, 41 starts", "nginx (812)", "open in java (999)"; "" where nobody is known. */
export function writersText(writers: readonly Writer[]): string {
  const [first] = writers;
  if (first === undefined) return '';
  const doing = { writing: '', holding: 'open in ', likely: 'likely ' }[sureness(first)];
  return doing + namesText(writers);
}

/** The same in a sentence: "by nginx (812)", "open in java (999)", "likely by pm2 ← app shop". */
export function byWriters(writers: readonly Writer[]): string {
  const [first] = writers;
  if (first === undefined) return '';
  const doing = { writing: 'by ', holding: 'open in ', likely: 'likely by ' }[sureness(first)];
  return doing + namesText(writers);
}

/** Short-lived ones one after the other, each with the file open, do write it. */
function sureness({ confidence, respawns }: Writer): Writer['confidence'] {
  return respawns > 0 ? 'writing' : confidence;
}

/** Of what grows together so many are named, each with its part. */
const MOST_SHARING = 3;

function namesText(writers: readonly Writer[]): string {
  const [first, ...more] = writers;
  if (first.share !== undefined && more.length > 0) {
    const shares = writers
      .slice(0, MOST_SHARING)
      .map((one) => `${escapeText(`${who(one)}${behind(one)}`)} ${Math.round((one.share ?? 0) * 100)} %`);
    const others = writers.length - shares.length;
    return shares.join(', ') + (others > 0 ? `, ${others} more` : '');
  }
  const rest = more.length === 0 ? '' : `, ${more.length} more`;
  return escapeText(`${who(first)}${behind(first)}`) + rest;
}

function who(writer: Writer): string {
  const { unit, pid, respawns } = writer;
  if (unit?.endsWith('.service')) return unit;
  // A pid that is gone when it is read says nothing.
  return pid === 0 || respawns > 0 ? processText(writer) : `${processText(writer)} (${pid})`;
}

function processText({ command, commandLine, container }: Writer): string {
  const name = displayName(command);
  const script = commandLine.slice(1).find((word) => !word.startsWith('-'));
  const isInterpreter = /^(?:(?:ba|da|z|k)?sh|python[\d.]*|perl|ruby|node|java|php)$/u.test(command);
  const runs = isInterpreter && script?.startsWith('/') ? ` ${displayName(baseName(script))}` : '';
  return `${name}${runs}${container === undefined ? '' : ` in ${container.slice(0, 12)}`}`;
}

function behind({ behind: origin, respawns }: Writer): string {
  const from = origin === undefined ? '' : ` ← ${originText(origin)}`;
  return respawns > 0 ? `${from}, ${formatCount(respawns)} starts` : from;
}

/** "worker.service", "worker 91 %", "container web, restarted 41×", "program api: python3 (812)". */
export function originText(origin: WriterOrigin): string {
  switch (origin.kind) {
    case 'process':
      return standingText(origin.process);
    case 'short-lived': {
      const starter = origin.starter === undefined ? '' : ` ← ${originText(origin.starter)}`;
      return `${displayName(origin.command)}, ${formatCount(origin.starts)} starts${starter}`;
    }
    case 'speaker':
      return `${displayName(origin.name)} ${Math.round(origin.share * 100)} %`;
    case 'container': {
      const restarts = origin.restarts > 0 ? `, restarted ${formatCount(origin.restarts)}×` : '';
      return `container ${displayName(origin.name)}${restarts}`;
    }
    case 'program': {
      const process = origin.process === undefined ? '' : `: ${standingText(origin.process)}`;
      return `program ${displayName(origin.name)}${process}`;
    }
    case 'app':
    case 'service':
      return `${origin.kind} ${displayName(origin.name)}`;
  }
}

/** "worker.service", "nginx (812)", "bash /srv/loop.sh (812)". */
function standingText(process: ProcessIdentity): string {
  if (process.unit?.endsWith('.service') === true && process.pid !== 1) return process.unit;
  return `${commandText(process)} (${process.pid})`;
}

export function hiddenText(hidden: WritersHidden): string {
  return hidden.why === 'not-visible'
    ? `${formatCount(hidden.processes)} of ${formatCount(hidden.of)} processes are not visible to you; sudo shows them`
    : `${formatCount(hidden.processes)} short-lived processes wrote it and were gone before they could be named`;
}
