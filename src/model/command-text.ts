/** What a process runs, as a sentence has it: enough to find it, short enough for a line. */
import { baseName, toText } from './byte-string.ts';
import { processName } from './process.ts';
import type { ProcessIdentity } from './process.ts';

const MOST_CHARACTERS = 60;

/** Programs that are known by what they run. */
const INTERPRETERS = /^(?:(?:ba|da|z|k|a)?sh|python[\d.]*|perl|ruby|node|java|php[\d.]*|busybox|sudo|env)$/u;

/** The program and, for an interpreter, what it runs: "nginx", "bash /srv/loop.sh", "python3 -m http.server". */
export function commandText(process: Pick<ProcessIdentity, 'command' | 'commandLine'>): string {
  const name = processName(process);
  const [program, ...more] = process.commandLine;
  if (INTERPRETERS.test(name)) return cut([name, ...more.map(toText)].join(' '));
  // A process may rename itself for ps(1), with spaces: "nginx: worker process".
  const title = program === undefined || more.length > 0 ? name : toText(baseName(program));
  return cut(title.includes(' ') ? title : name);
}

function cut(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS - 1)}…` : line;
}
