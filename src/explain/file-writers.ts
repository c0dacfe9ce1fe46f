/** Who may be writing a file now. */
import { toText } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { processName } from '../model/process.ts';
import type { ProcessIdentity } from '../model/process.ts';
import { readDescriptor } from '../system/descriptors-of.ts';
import { namedFile } from '../system/named-file.ts';
import { readProcess } from '../system/process-identity.ts';
import type { Facts } from './facts.ts';

/** More are not looked at: a log that hundreds share is no more understood by the tenth. */
const MOST_PROCESSES = 8;

/** Processes with the file open for writing, or mapped; those that only read it are left out. */
export function writersOf({ openFiles }: Facts, path: ByteString): ProcessIdentity[] {
  const id = namedFile(path)?.id;
  const holds = (id && openFiles.files.get(id)?.holds) ?? [];
  const pids = holds
    .filter(
      ({ pid, kind, descriptor }) =>
        kind === 'mapping' ||
        (descriptor !== undefined && readDescriptor(pid, descriptor)?.writable !== false),
    )
    .map(({ pid }) => pid);
  return [...new Set(pids)].slice(0, MOST_PROCESSES).flatMap((pid) => readProcess(pid) ?? []);
}

/** "held open by nginx (pid 812, nginx.service)"; says so where nobody does, or where not everybody can be seen. */
export function writersText(writers: readonly ProcessIdentity[], { openFiles }: Facts): string {
  if (writers.length > 0) return `held open by ${writers.slice(0, 3).map(processText).join(', ')}`;
  const unseen = openFiles.hiddenPids.length;
  if (unseen > 0) return `no process that you can see holds it open (${unseen} are hidden from you)`;
  return openFiles.blindSpots.length > 0
    ? 'no process that can be seen from here holds it open'
    : 'no process holds it open now';
}

function processText(process: ProcessIdentity): string {
  const { pid, unit, container } = process;
  const where = container === undefined ? unit : `container ${container.slice(0, 12)}`;
  return `${programText(process)} (pid ${pid}${where === undefined ? '' : `, ${where}`})`;
}

/** Programs that are known by what they run. */
const INTERPRETERS = /^(?:(?:ba|da|z|k)?sh|python[\d.]*|perl|ruby|node|java|php[\d.]*)$/u;
const MOST_CHARACTERS = 60;

/** "nginx", "python3 /srv/worker.py", "java -jar shop.jar". */
export function programText(process: ProcessIdentity): string {
  const name = processName(process);
  const more = process.commandLine.slice(1).map(toText);
  // A program given inline is too long to tell it by.
  const text =
    INTERPRETERS.test(name) && !/^-[ce]/u.test(more[0] ?? '-c')
      ? [name, ...more].join(' ').replaceAll(/\s+/gu, ' ')
      : name;
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
}
