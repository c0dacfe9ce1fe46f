/** The words of `diskwhy watch` that the table, the lines and the summary share: verdicts, writers, when it is full. */
import type { ByteString } from '../../model/byte-string.ts';
import { baseName } from '../../model/byte-string.ts';
import type { LogVerdict } from '../../model/log-report.ts';
import type { FilesystemOutlook, GrowthState, Writer } from '../../model/watch-event.ts';
import { rangeText } from '../../model/duration.ts';
import { displayName, escapeText } from '../terminal/escape.ts';
import type { SizeStyle } from '../terminal/size.ts';
import { formatCount, formatSize } from '../terminal/size.ts';
import type { Style } from '../terminal/style.ts';

/** "restart loop 97 %"; "–" where nothing speaks either way. */
export function verdictText({ verdict, verdictConfidence }: GrowthState): string {
  return verdict === 'unknown' ? '–' : `${verdictName(verdict)} ${Math.round(verdictConfidence * 100)} %`;
}

function verdictName(verdict: LogVerdict): string {
  return verdict.replace('-', ' ');
}

export function verdictPaint(verdict: LogVerdict, style: Style): (text: string) => string {
  if (verdict === 'busy') return style.good;
  if (verdict === 'unknown') return style.dim;
  return verdict === 'error-storm' ? style.warning : style.bad;
}

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

function namesText([first, ...more]: readonly Writer[]): string {
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
  const from = origin === undefined ? '' : ` ← ${origin}`;
  return respawns > 0 ? `${from}, ${formatCount(respawns)} starts` : from;
}

/** "RES 3.1 GiB  SHR 20.0 MiB  VIRT 9.0 GiB"; "" for a process that is gone or hidden. */
export function memoryText(writer: Writer | undefined, sizes: SizeStyle): string {
  if (writer === undefined || writer.virtualBytes === 0 || writer.respawns > 0) return '';
  const { residentBytes, sharedBytes, virtualBytes } = writer;
  return `RES ${formatSize(residentBytes, sizes)}  SHR ${formatSize(sharedBytes, sizes)}  VIRT ${formatSize(virtualBytes, sizes)}`;
}

/** "2.3 MiB/s" */
export function rateText(bytesPerSecond: number, sizes: SizeStyle): string {
  return `${formatSize(Math.max(0, Math.round(bytesPerSecond)), sizes)}/s`;
}

/** "full in 38–45 min at 2.4 MiB/s" and what is said of inodes; "not filling". */
export function fullPhrases(outlook: FilesystemOutlook, sizes: SizeStyle): string[] {
  const { fullInSeconds, inodesFullInSeconds, fillingBytesPerSecond } = outlook;
  const phrases: string[] = [];
  if (fullInSeconds !== undefined)
    phrases.push(
      fullInSeconds.soonest <= 0
        ? 'full'
        : `full in ${rangeText(fullInSeconds.soonest, fullInSeconds.latest)} at ${rateText(fillingBytesPerSecond, sizes)}`,
    );
  if (inodesFullInSeconds !== undefined)
    phrases.push(`no inodes left in ${rangeText(inodesFullInSeconds, inodesFullInSeconds)}`);
  return phrases.length > 0 ? phrases : ['not filling'];
}

/** A path as seen from one of the watched ones, shorter where it lies below. */
export function shortName(path: ByteString, roots: readonly ByteString[]): string {
  const root = roots.find((one) => one !== '/' && path.startsWith(`${one}/`));
  return displayName((root === undefined ? path : path.slice(root.length + 1)) as ByteString);
}

/** "1 file", "1,200 files" */
export function counted(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
