/** Which program of supervisord a log belongs to, by its settings and by what it tells the processes it starts. */
import { baseName, fromText, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { pathPattern } from '../../model/path-pattern.ts';
import type { ProcessIdentity } from '../../model/process.ts';
import { readSmallFile } from '../../system/files/file-tail.ts';
import { childrenOf, environmentOf, workingDirectoryOf } from '../../system/processes/process-family.ts';
import { SUPERVISOR_FILES, supervisorLogs } from '../../system/services/supervisor-programs.ts';

export interface SupervisedProgram {
  readonly name: ByteString;
  /** Its process now; undefined while it is down or cannot be told from others. */
  readonly pid: number | undefined;
}

/** @param path of the log. @param supervisor the supervisord that writes it. */
export function supervisedProgram(
  path: ByteString,
  supervisor: ProcessIdentity,
): SupervisedProgram | undefined {
  const children = childrenOf(supervisor.pid).map((pid) => ({
    pid,
    name: environmentOf(pid, fromText('SUPERVISOR_PROCESS_NAME')),
  }));
  const named =
    /^(.+)-(?:stdout|stderr)---supervisor-/u.exec(baseName(path))?.[1] ?? configuredProgram(path, supervisor);
  if (named !== undefined) {
    const ours = children.find(({ name }) => name === named || name?.startsWith(`${named}_`));
    return { name: named as ByteString, pid: ours?.pid };
  }
  const [only, another] = children;
  if (only === undefined || another !== undefined) return undefined;
  return { name: only.name ?? fromText('?'), pid: only.pid };
}

function configuredProgram(path: ByteString, supervisor: ProcessIdentity): string | undefined {
  const main = mainFile(supervisor);
  if (main === undefined) return undefined;
  return supervisorLogs(main).find(({ pattern }) => pathPattern(pattern)(path))?.program;
}

/** The settings it was started with; undefined where they cannot be read. */
function mainFile(supervisor: ProcessIdentity): ByteString | undefined {
  const words = supervisor.commandLine;
  const at = words.findIndex((word) => word === '-c' || word === '--configuration');
  const given =
    at >= 0 ? words[at + 1] : words.find((word) => word.startsWith('--configuration='))?.slice(16);
  return (given === undefined ? SUPERVISOR_FILES : [given as ByteString])
    .map((file) => fromRoot(file, workingDirectoryOf(supervisor.pid)))
    .find((file) => readSmallFile(file) !== undefined);
}

function fromRoot(file: ByteString, directory: ByteString): ByteString {
  return file === '' || file.startsWith('/') ? file : joinPath(directory, file);
}
