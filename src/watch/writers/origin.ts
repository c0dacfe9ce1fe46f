/** Looks through loggers: who speaks in what a logger writes. */
import type { ByteString } from '../../model/byte-string.ts';
import type { FileId } from '../../model/file-id.ts';
import type { ProcessIdentity } from '../../model/process.ts';
import type { WriterOrigin } from '../../model/writer-origin.ts';
import { descriptorFile, descriptorName } from '../../system/processes/descriptors-of.ts';
import { readProcess } from '../../system/processes/process-identity.ts';
import { containerLog } from './container-log.ts';
import { journalOrigin } from './journal-origin.ts';
import { loggerKind } from '../../model/loggers.ts';
import { supervisedProgram } from './supervisor-program.ts';
import { syslogOrigin } from './syslog-origin.ts';

/** The pipe a logger reads, where it reads one. */
export function inputPipe(pid: number): FileId | undefined {
  return descriptorName(pid, 0)?.startsWith('pipe:') ? descriptorFile(pid, 0) : undefined;
}

/**
 * What stands behind `logger`, which is not a filter in a pipe (see inputPipe); undefined where it is no logger or
 * that cannot be told.
 * @param path of the log. @param openPath where it can be read now.
 */
export async function originBehind(
  logger: ProcessIdentity,
  path: ByteString,
  openPath: ByteString | undefined,
): Promise<WriterOrigin | undefined> {
  switch (loggerKind(logger)) {
    case 'journal':
      return await journalOrigin(openPath ?? path);
    case 'syslog':
      return syslogOrigin(openPath ?? path);
    case 'container':
      return containerOrigin(logger, path);
    case 'supervisor':
      return supervisorOrigin(logger, path);
    default:
      return undefined;
  }
}

function containerOrigin(logger: ProcessIdentity, path: ByteString): WriterOrigin | undefined {
  const log = containerLog(path);
  if (log) return { kind: 'container', name: log.name, restarts: log.restarts };
  // conmon and containerd's shim are told which container they keep.
  const words = logger.commandLine;
  const at = words.findIndex((word) => word === '-n' || word === '--name');
  const id = words.findIndex((word) => word === '-id' || word === '-c' || word === '--cid');
  const name =
    at >= 0 ? words[at + 1] : id >= 0 ? (words[id + 1]?.slice(0, 12) as ByteString | undefined) : undefined;
  return name === undefined ? undefined : { kind: 'container', name, restarts: 0 };
}

function supervisorOrigin(logger: ProcessIdentity, path: ByteString): WriterOrigin | undefined {
  const program = supervisedProgram(path, logger);
  if (!program) return undefined;
  const process = program.pid === undefined ? undefined : readProcess(program.pid);
  return { kind: 'program', name: program.name, process };
}

/** A service that runs under runit or s6: its directory's name says more than the keeper's. */
export function keptService(keeper: ProcessIdentity): WriterOrigin | undefined {
  const [, service] = keeper.commandLine;
  return service === undefined ? undefined : { kind: 'service', name: service };
}
