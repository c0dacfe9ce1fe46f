/** What a process is called in a sentence: enough to find it, short enough for a line. */
import { baseName, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { ProcessIdentity } from '../../model/process.ts';

const MOST_CHARACTERS = 60;

/** Programs that are known by what they run. */
const INTERPRETERS = /^(?:(?:ba|da|z|k|a)?sh|python[\d.]*|perl|ruby|node|java|php[\d.]*|busybox|sudo|env)$/u;

/** "worker.service", "nginx (812)", "bash /srv/loop.sh (812)". */
export function processName(process: ProcessIdentity): string {
  if (process.unit?.endsWith('.service') && process.pid !== 1) return process.unit;
  return `${commandText(process)} (${process.pid})`;
}

/** The command and, for an interpreter, what it runs: "nginx", "bash /srv/loop.sh", "python3 -m http.server". */
function commandText({ command, commandLine }: ProcessIdentity): string {
  const [program] = commandLine;
  if (program === undefined) return toText(command);
  // A login shell calls itself "-bash"; a process may rename itself for ps(1), with spaces.
  const name = toText(baseName(program.replace(/^-/u, '') as ByteString));
  if (!INTERPRETERS.test(name))
    return cut(commandLine.length === 1 && name.includes(' ') ? name : toText(command));
  return cut([name, ...commandLine.slice(1).map(toText)].join(' '));
}

function cut(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS - 1)}…` : line;
}
