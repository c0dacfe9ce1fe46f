/** What can be done about a large log, and who is behind it. */
import type { Action } from '../../model/action.ts';
import { baseName, fromText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Culprit } from '../../model/findings/runaway-log.ts';
import { loggerKind } from '../../model/loggers.ts';
import { loopAmongOthers } from '../../model/log-report.ts';
import type { LogReport } from '../../model/log-report.ts';
import { processName } from '../../model/process.ts';
import type { ProcessIdentity } from '../../model/process.ts';
import type { RankedFile } from '../../model/scan-result.ts';
import { containerOfLog, readDockerContainer } from '../../system/services/docker-containers.ts';
import type { RotationRule } from '../../system/services/logrotate.ts';

/**
 * Emptying frees the bytes whatever other names the log has; rotating frees nothing yet, and loses nobody's lines; deleting is for a
 * log that nobody writes any more. Whether it is a log of text at all the gate asks.
 */
export function logActions(
  { path, diskBytes, links }: RankedFile,
  log: LogReport,
  { isOld, rotation }: { readonly isOld: boolean; readonly rotation: RotationRule | undefined },
): Action[] {
  const lines = { loses: 'log-lines', risk: 'review' } as const;
  if (isOld)
    return [
      {
        kind: 'delete-files',
        paths: [path],
        meaning: 'old-log',
        frees: { bytes: links === 1 ? diskBytes : 0, certainty: 'exact' },
        ...lines,
      },
    ];
  const empty: Action = {
    kind: 'empty-file',
    paths: [path],
    meaning: 'log',
    frees: { bytes: diskBytes, certainty: 'exact' },
    ...lines,
  };
  const { verdict } = log;
  const isLoop = verdict === 'restart-loop' || verdict === 'retry-loop';
  const isTrouble = verdict === 'error-storm' || (isLoop && loopAmongOthers(log) === undefined);
  if (isTrouble || rotation === undefined || containerOf(path) !== undefined) return [empty];
  return [
    {
      kind: 'rotate-log',
      configuration: rotation.configuration,
      frees: { bytes: 0, certainty: 'unknown' },
      loses: 'old-generations',
      risk: 'review',
      needs: { root: true },
    },
    empty,
  ];
}

/** The container whose output the log is, as people call it; undefined where it is none's. */
export function containerOf(path: ByteString): ByteString | undefined {
  const directory = containerOfLog(path);
  if (directory === undefined) return undefined;
  const name = readDockerContainer(directory)?.name;
  return name === undefined ? (baseName(directory).slice(0, 12) as ByteString) : fromText(name);
}

/** @param writers who has it open for writing. */
export function culpritOf(writers: readonly ProcessIdentity[], report: LogReport): Culprit {
  const own = writers.find(
    (process) => loggerKind(process) === undefined && !/^pm2\b/iu.test(processName(process)),
  );
  if (own?.unit?.endsWith('.service') === true) return { kind: 'unit', name: fromText(own.unit) };
  if (own !== undefined) return { kind: 'process', process: own };
  const name = programInLines(report);
  return name === undefined ? { kind: 'unknown' } : { kind: 'named-in-lines', name: fromText(name) };
}

/** Programs that only say what became of others. */
const SUPERVISORS = new Set(['init', 'systemd', 'kernel', 'supervisord', 'runsv', 'monit']);

/** As syslog writes who speaks: "host worker[4711]: bind failed". */
function programInLines({ patterns, facts }: LogReport): string | undefined {
  const judged = facts.find((fact) => fact.kind === 'program');
  if (judged !== undefined) return judged.name;
  for (const { sample } of patterns) {
    const program = /(?:^|\s)([\w.@/-]{2,40})\[\d+\]:\s/u.exec(sample)?.[1];
    if (program !== undefined && !SUPERVISORS.has(program)) return program;
  }
  return undefined;
}
