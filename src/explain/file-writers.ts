/** Who may be writing a file now. */
import type { ByteString } from '../model/byte-string.ts';
import { commandText } from '../model/command-text.ts';
import type { ProcessIdentity } from '../model/process.ts';
import { readDescriptor } from '../system/processes/descriptors-of.ts';
import { namedFile } from '../system/files/named-file.ts';
import { readProcess } from '../system/processes/process-identity.ts';
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
  return `${commandText(process)} (pid ${pid}${where === undefined ? '' : `, ${where}`})`;
}
