/** supervisord's settings (supervisord's manual, "Configuration File"): which programs it runs and where they log. */
import { fromText, joinPath, parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { pathPattern } from '../../model/path-pattern.ts';
import { directoryNames } from '../directories/directory-names.ts';
import { readSmallFile } from '../files/file-tail.ts';

/** Where supervisord looks without -c, and where Debian puts it. */
export const SUPERVISOR_FILES: readonly ByteString[] = [
  '/etc/supervisor/supervisord.conf',
  '/etc/supervisord.conf',
  '/usr/etc/supervisord.conf',
].map(fromText);

export interface SupervisorLog {
  readonly program: string;
  readonly stream: 'stdout' | 'stderr';
  /** `*` where the file's name holds a number or the group. AUTO and NONE are left out. */
  readonly pattern: ByteString;
}

/** Logs that the settings name, those of included files among them; none where `main` cannot be read. */
export function supervisorLogs(main: ByteString): SupervisorLog[] {
  return [main, ...includedFiles(main)].flatMap(logsOfFile);
}

function logsOfFile(file: ByteString): SupervisorLog[] {
  const here = parentPath(file);
  const logs: SupervisorLog[] = [];
  let program: string | undefined;
  for (const line of (readSmallFile(file) ?? '').split('\n')) {
    const section = /^\[(?:program:)?([^\]]+)\]/u.exec(line);
    if (section) program = line.startsWith('[program:') ? section[1] : undefined;
    const log = /^\s*(stdout|stderr)_logfile\s*=\s*(.+?)\s*(?:;.*)?$/u.exec(line);
    if (program === undefined || log === null || /^(?:AUTO|NONE|syslog)$/u.test(log[2])) continue;
    const pattern = log[2]
      .replaceAll('%(program_name)s', program)
      .replaceAll('%(here)s', here)
      .replaceAll(/%\((?:process_num|group_name|process_name|host_node_name)\)\d*[sd]/gu, '*');
    logs.push({ program, stream: log[1] as SupervisorLog['stream'], pattern: pattern as ByteString });
  }
  return logs;
}

function includedFiles(main: ByteString): ByteString[] {
  const here = parentPath(main);
  const patterns = /^\[include\][^[]*?^\s*files\s*=\s*(.+)$/msu
    .exec(readSmallFile(main) ?? '')?.[1]
    .split('\n')[0];
  return (patterns ?? '')
    .split(/\s+/u)
    .map((pattern) => pattern.replaceAll('%(here)s', here) as ByteString)
    .flatMap((pattern) => filesMatching(pattern.startsWith('/') ? pattern : joinPath(here, pattern)));
}

/** Files that fit a pattern whose wildcards are in the last component, as in "conf.d/*.conf"; by name. */
export function filesMatching(pattern: ByteString): ByteString[] {
  const directory = parentPath(pattern);
  const matches = pathPattern(pattern);
  return directoryNames(directory)
    .toSorted()
    .map((name) => joinPath(directory, name))
    .filter(matches);
}
