/** The error that stands in a supervised program's own log, where a supervisor only tells of its end. */
import type { ByteString } from '../../model/byte-string.ts';
import type { FailingStep } from '../../model/log-fact.ts';
import { createFileLook } from '../../system/files/file-look.ts';
import { journalPiecesOf } from '../../system/services/journal-file.ts';
import { plainestMessage } from './failing-step.ts';
import { findingsOf } from '../verdict/findings.ts';
import type { LogMeter } from '../reading/log-meter.ts';
import { type OwnPlace, ownPlaces } from './own-places.ts';
import { readLogFile, readStream } from '../reading/read-log.ts';
import type { ReadOptions } from '../reading/read-log.ts';
import { supervisedIn } from './supervised.ts';

const OWN_TAIL_BYTES = 1 << 16;

/**
 * Null where no log of the program is known, or none that states a failure.
 * @param line the supervisor's. @param log where it stands.
 */
export async function ownError(
  line: string,
  log: ByteString,
  options: ReadOptions,
): Promise<FailingStep['own']> {
  const supervised = supervisedIn(line);
  if (supervised === null) return null;
  for (const place of ownPlaces(supervised, log)) {
    const meter = await read(place, options);
    const message = meter === null ? null : plainestMessage(findingsOf(meter.view()).patterns);
    if (message === null) continue;
    if (place.kind === 'file') return { path: place.path, journal: null, message };
    return { path: null, journal: 'unit' in place.of ? place.of.unit : place.of.container, message };
  }
  return null;
}

/** Null where there is none, or it is not ours to read. */
async function read(place: OwnPlace, options: ReadOptions): Promise<LogMeter | null> {
  const all = { ...options, tailBytes: OWN_TAIL_BYTES, whole: false };
  try {
    if (place.kind === 'journal') return (await readStream(journalPiecesOf(place.of), all)).meter;
    // A pipe of that name would keep us waiting.
    if (createFileLook().target(place.path)?.isRegular !== true) return null;
    return (await readLogFile(place.path, all)).meter;
  } catch {
    return null;
  }
}
