/** Which program of supervisord a log belongs to, by its settings and by what it tells the processes it starts. */
import { baseName, fromText, joinPath, parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { pathPattern } from '../../model/path-pattern.ts';
import type { ProcessIdentity } from '../../model/process.ts';
import { readSmallFile } from '../../system/files/file-tail.ts';
import { childrenOf, environmentOf, workingDirectoryOf } from '../../system/processes/process-family.ts';
import { directoryNames } from '../../system/directories/directory-names.ts';

export interface SupervisedProgram {
  readonly name: ByteString;
  /** Its process now; undefined while it is down or cannot be told from others. */
  readonly pid: number | undefined;
}

/** Where supervisord looks without -c (supervisord(1), "Configuration File"), and where Debian puts it. */
const DEFAULTS = ['/etc/supervisor/supervisord.conf', '/etc/supervisord.conf', '/usr/etc/supervisord.conf'];

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
  for (const file of configFiles(supervisor)) {
    let program: string | undefined;
    const here = parentPath(file);
    for (const line of (readSmallFile(file) ?? '').split('\n')) {
      const section = /^\[(?:program:)?([^\]]+)\]/u.exec(line);
      if (section) program = line.startsWith('[program:') ? section[1] : undefined;
      const log = /^\s*(?:stdout|stderr)_logfile\s*=\s*(.+?)\s*(?:;.*)?$/u.exec(line)?.[1];
      if (program === undefined || log === undefined) continue;
      const name = log
        .replaceAll('%(program_name)s', program)
        .replaceAll('%(here)s', here)
        .replaceAll(/%\((?:process_num|group_name|process_name|host_node_name)\)\d*[sd]/gu, '*');
      if (pathPattern(name as ByteString)(path)) return program;
    }
  }
  return undefined;
}

/** The main file and those it includes. */
function configFiles(supervisor: ProcessIdentity): ByteString[] {
  const words = supervisor.commandLine;
  const at = words.findIndex((word) => word === '-c' || word === '--configuration');
  const given =
    at >= 0 ? words[at + 1] : words.find((word) => word.startsWith('--configuration='))?.slice(16);
  const main = (given === undefined ? DEFAULTS.map(fromText) : [given as ByteString])
    .map((file) => fromRoot(file, workingDirectoryOf(supervisor.pid)))
    .find((file) => readSmallFile(file) !== undefined);
  if (main === undefined) return [];
  const patterns = /^\[include\][^[]*?^\s*files\s*=\s*(.+)$/msu
    .exec(readSmallFile(main) ?? '')?.[1]
    .split('\n')[0];
  const included = (patterns ?? '')
    .split(/\s+/u)
    .flatMap((pattern) =>
      matching(fromRoot(pattern.replaceAll('%(here)s', parentPath(main)) as ByteString, parentPath(main))),
    );
  return [main, ...included];
}

function fromRoot(file: ByteString, directory: ByteString): ByteString {
  return file === '' || file.startsWith('/') ? file : joinPath(directory, file);
}

/** Wildcards in the last component, as in "conf.d/*.conf". */
function matching(pattern: ByteString): ByteString[] {
  if (pattern === '') return [];
  const directory = parentPath(pattern);
  const matches = pathPattern(pattern);
  return directoryNames(directory)
    .toSorted()
    .map((name) => joinPath(directory, name))
    .filter(matches);
}
