/** A supervised program's own log: where it is, and the error that stands in it. */
import { baseName, joinPath, parentPath, toText } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { FailingStep } from '../model/log-fact.ts';
import { directoryNames } from '../system/directories/directory-names.ts';
import { filesMatching, SUPERVISOR_FILES, supervisorLogs } from '../system/services/supervisor-programs.ts';
import { plainestMessage } from './failing-step.ts';
import { findingsOf } from './findings.ts';
import { readLogFile } from './read-log.ts';
import type { ReadOptions } from './read-log.ts';

const OWN_TAIL_BYTES = 1 << 16;

/** Null where no log of the program is known, or none that states a failure. @param log the supervisor's. */
export async function ownError(
  program: string,
  log: ByteString,
  options: ReadOptions,
): Promise<FailingStep['own']> {
  for (const path of ownLogs(program, log)) {
    // Rotated away meanwhile, or not ours to read: the next one.
    const reading = await readLogFile(path, { ...options, tailBytes: OWN_TAIL_BYTES, whole: false }).catch(
      () => null,
    );
    const message = reading === null ? null : plainestMessage(findingsOf(reading.meter).patterns);
    if (message !== null) return { path, message };
  }
  return null;
}

/** What its settings name, then what lies beside the supervisor's log, as AUTO names it; stderr first. */
function ownLogs(program: string, log: ByteString): ByteString[] {
  const configured = SUPERVISOR_FILES.flatMap(supervisorLogs)
    .filter((one) => one.program === program)
    .toSorted((a, b) => a.stream.localeCompare(b.stream))
    .flatMap(({ pattern }) => filesMatching(pattern));
  const directory = parentPath(log);
  const beside = directoryNames(directory)
    .filter((name) => {
      const text = toText(name);
      return (
        name !== baseName(log) &&
        [`${program}-stderr---supervisor-`, `${program}-stdout---supervisor-`].some((start) =>
          text.startsWith(start),
        )
      );
    })
    .toSorted()
    .map((name) => joinPath(directory, name));
  return [...new Set([...configured, ...beside])].filter((path) => path !== log);
}
