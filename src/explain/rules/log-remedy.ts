/** What to do about a large log, and what that gives back. */
import { baseName } from '../../model/byte-string.ts';
import { commandText } from '../../model/command-text.ts';
import type { Finding } from '../../model/finding.ts';
import { loggerKind } from '../../model/loggers.ts';
import type { LogReport } from '../../model/log-report.ts';
import { processName } from '../../model/process.ts';
import type { ProcessIdentity } from '../../model/process.ts';
import type { RankedFile } from '../../model/scan-result.ts';
import { sizeText } from '../../model/size.ts';
import { containerOfLog, readDockerContainer } from '../../system/services/docker-containers.ts';
import type { RotationRule } from '../../system/services/logrotate.ts';
import { quoted, shellWord } from './wording.ts';

/** Truncating frees the bytes whatever other names it has; rotating frees nothing yet. */
export function freedByRemedy({ command }: Finding['remedy'], { diskBytes, links }: RankedFile): number {
  if (command?.startsWith('truncate ') === true) return diskBytes;
  return command?.startsWith('rm ') === true && links === 1 ? diskBytes : 0;
}

/** @param writers who has it open for writing. @param rotation the rule of logrotate that names it. */
export function logRemedy(
  { path, diskBytes }: RankedFile,
  report: LogReport,
  writers: readonly ProcessIdentity[],
  rotation: RotationRule | undefined,
): Finding['remedy'] {
  const { verdict } = report;
  const truncate = `truncate -s 0 ${shellWord(path)}`;
  const container = containerName(path);
  const empty = `then empty it, never delete it while it is open; that gives ${sizeText(diskBytes)} back`;
  if (verdict === 'restart-loop' || verdict === 'retry-loop' || verdict === 'error-storm') {
    const what =
      verdict === 'error-storm'
        ? 'block or limit who causes the failures'
        : `stop ${container ?? culpritOf(writers, report)} and fix what fails`;
    return { text: `${what}; ${empty}`, command: truncate };
  }
  if (container !== undefined)
    return { text: `set max-size for the log of ${container} and recreate it; ${empty}`, command: truncate };
  if (rotation === undefined)
    return {
      text: `keep what you need of it; ${empty}. ${path.startsWith('/var/log/') ? 'No rule in /etc/logrotate.d names it: add one' : 'Have its program, or logrotate, rotate it from then on'}`,
      command: truncate,
    };
  const { configuration, schedule = 'by size', rotate } = rotation;
  return {
    text: `rotate it now; ${quoted(configuration)} (${schedule}, ${rotate} kept) can do so more often, with compress and maxsize`,
    command: `logrotate -f ${shellWord(configuration)}`,
  };
}

function containerName(path: RankedFile['path']): string | undefined {
  const directory = containerOfLog(path);
  if (directory === undefined) return undefined;
  const container = readDockerContainer(directory);
  return `container ${container?.name ?? baseName(directory).slice(0, 12)}`;
}

function culpritOf(writers: readonly ProcessIdentity[], report: LogReport): string {
  const own = writers.find(
    (process) => loggerKind(process) === undefined && !/^pm2\b/iu.test(processName(process)),
  );
  if (own === undefined) return programInLines(report) ?? 'the program its lines name';
  return own.unit?.endsWith('.service') === true ? own.unit : `${commandText(own)} (pid ${own.pid})`;
}

/** Programs that only say what became of others. */
const SUPERVISORS = new Set(['init', 'systemd', 'kernel', 'supervisord', 'runsv', 'monit']);

/** As syslog writes who speaks: "host worker[4711]: bind failed". */
function programInLines({ patterns }: LogReport): string | undefined {
  for (const { sample } of patterns) {
    const program = /(?:^|\s)([\w.@/-]{2,40})\[\d+\]:\s/u.exec(sample)?.[1];
    if (program !== undefined && !SUPERVISORS.has(program)) return `${program} (its lines name it)`;
  }
  return undefined;
}
