/** Who is likely to write a file, by its path alone: for files whose writers cannot be seen. */
import { fromText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { ProcessIdentity } from '../../model/process.ts';
import type { Writer } from '../../model/watch-event.ts';
import type { WriterOrigin } from '../../model/writer-origin.ts';
import { readProcess } from '../../system/processes/process-identity.ts';
import { containerLog } from './container-log.ts';

interface Likely {
  readonly command: string;
  readonly behind: WriterOrigin | undefined;
}

const program = (name: ByteString): Likely => ({
  command: 'supervisord',
  behind: { kind: 'program', name, process: undefined },
});

const rules: readonly (readonly [pattern: RegExp, likely: (name: ByteString) => Likely])[] = [
  [
    /\/\.pm2\/logs\/(.+?)-(?:out|error)(?:-\d+)?\.log$/u,
    (name) => ({ command: 'pm2', behind: { kind: 'app', name } }),
  ],
  [/\/([^/]+)-(?:stdout|stderr)---supervisor-[^/]*\.log(?:\.\d+)?$/u, program],
  [/\/log\/supervisor\/([^/]+?)(?:[-_.](?:stdout|stderr|out|err))?\.log(?:\.\d+)?$/u, program],
  [/\/log\/journal\/[^/]+\/[^/]+\.journal~?$/u, () => ({ command: 'systemd-journald', behind: undefined })],
];

/** The writer the path speaks for, or undefined. */
export function likelyWriter(path: ByteString): Writer | undefined {
  const container = containerLog(path);
  if (container) {
    const { name, id, pid, restarts } = container;
    const process = pid === undefined ? undefined : readProcess(pid);
    const identity = { ...(process ?? nobody(name)), container: process?.container ?? id };
    return writer(identity, { kind: 'container', name, restarts });
  }
  for (const [pattern, likely] of rules) {
    const match = pattern.exec(path);
    if (!match) continue;
    const { command, behind } = likely((match[1] ?? '') as ByteString);
    return writer(nobody(fromText(command)), behind);
  }
  return undefined;
}

function writer(identity: ProcessIdentity, behind: WriterOrigin | undefined): Writer {
  return { ...identity, confidence: 'likely', behind, respawns: 0 };
}

/** A process that is known by name only: pid 0. */
function nobody(command: ByteString): ProcessIdentity {
  return {
    pid: 0,
    parentPid: 0,
    command,
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
