/** Who is likely to write a file, by its path alone: for files whose writers cannot be seen. */
import { fromText, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { ProcessIdentity } from '../../model/process.ts';
import type { Writer } from '../../model/watch-event.ts';
import { readProcess } from '../../system/processes/process-identity.ts';
import { containerLog, containerText } from './container-log.ts';

interface Likely {
  readonly command: string;
  readonly behind: string | undefined;
}

const rules: readonly (readonly [pattern: RegExp, likely: (name: string) => Likely])[] = [
  [/\/\.pm2\/logs\/(.+?)-(?:out|error)(?:-\d+)?\.log$/u, (app) => ({ command: 'pm2', behind: `app ${app}` })],
  [
    /\/([^/]+)-(?:stdout|stderr)---supervisor-[^/]*\.log(?:\.\d+)?$/u,
    (program) => ({ command: 'supervisord', behind: `program ${program}` }),
  ],
  [
    /\/log\/supervisor\/([^/]+?)(?:[-_.](?:stdout|stderr|out|err))?\.log(?:\.\d+)?$/u,
    (program) => ({ command: 'supervisord', behind: `program ${program}` }),
  ],
  [/\/log\/journal\/[^/]+\/[^/]+\.journal~?$/u, () => ({ command: 'systemd-journald', behind: undefined })],
];

/** The writer the path speaks for, or undefined. */
export function likelyWriter(path: ByteString): Writer | undefined {
  const container = containerLog(path);
  if (container) {
    const { name, id, pid } = container;
    const process = pid === undefined ? undefined : readProcess(pid);
    return writer(
      { ...(process ?? nobody(name)), container: process?.container ?? id },
      containerText(container),
    );
  }
  for (const [pattern, likely] of rules) {
    const match = pattern.exec(path);
    if (!match) continue;
    const { command, behind } = likely(toText((match[1] ?? '') as ByteString));
    return writer(nobody(command), behind);
  }
  return undefined;
}

function writer(identity: ProcessIdentity, behind: string | undefined): Writer {
  return { ...identity, confidence: 'likely', behind, respawns: 0 };
}

/** A process that is known by name only: pid 0. */
function nobody(command: string): ProcessIdentity {
  return {
    pid: 0,
    parentPid: 0,
    command: fromText(command),
    commandLine: [],
    uid: undefined,
    startTicks: 0,
    startedAt: 0,
    unit: undefined,
    container: undefined,
    residentBytes: 0,
    sharedBytes: 0,
    virtualBytes: 0,
  };
}
