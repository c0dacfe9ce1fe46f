/** Who may be writing a file now. */
import type { ByteString } from '../../model/byte-string.ts';
import type { Unseen } from '../../model/findings/unseen.ts';
import type { ProcessIdentity } from '../../model/process.ts';
import { readDescriptor } from '../../system/processes/descriptors-of.ts';
import { namedFile } from '../../system/files/named-file.ts';
import { readProcess } from '../../system/processes/process-identity.ts';
import type { Facts } from '../facts.ts';

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

/** What could not be seen, where nobody holds a file. */
export function unseenOf({ openFiles }: Facts): Unseen {
  return { hidden: openFiles.hiddenPids.length, isBlind: openFiles.blindSpots.length > 0 };
}
