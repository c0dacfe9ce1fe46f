/** Looks through the folders of a fleet: which files are records, which of them a question needs, which are not to be trusted. */
import { closeSync, fstatSync, openSync, readFileSync, readdirSync, constants } from 'node:fs';
import { UsageError } from '../../model/errors.ts';
import type { FleetAnswer, FleetQuestion, SkippedRecord } from '../../model/fleet-answer.ts';
import { fromText } from '../../model/byte-string.ts';
import { errnoMessage, errorCode } from '../../system/calls/errno.ts';
import { readPlace, SCHEMA_VERSION, sumOf } from '../record/record.ts';
import { byMachine, chooseRecords } from './chosen.ts';
import type { FoundRecord } from './chosen.ts';

export interface Survey extends Pick<FleetAnswer, 'silent' | 'shared'> {
  readonly chosen: readonly FoundRecord[];
  readonly skipped: readonly SkippedRecord[];
}

/** A record of a host is some kilobytes; what is this large was made to be in the way. */
const MOST_BYTES = 8 * 2 ** 20;
const DAY_SECONDS = 86_400;
/** Clocks differ by this much without anybody's fault. */
const GRACE_SECONDS = 3600;

export interface Asked {
  readonly question: FleetQuestion;
  /** Records after it do not count. */
  readonly untilSeconds: number;
  /** Nor do those that are older than so many days. */
  readonly days: number;
  readonly nowSeconds: number;
}

/** Throws UsageError for a folder that cannot be read. */
export function survey(folders: readonly string[], asked: Asked): Survey {
  const skipped: SkippedRecord[] = [];
  const skip = (file: string, reason: SkippedRecord['reason']): false => {
    skipped.push({ path: file, reason });
    return false;
  };
  const found = [...new Set(folders.flatMap(filesBelow))].flatMap(
    (file) => recordAt(file, asked, skip) ?? [],
  );
  const machines = byMachine(found, skip);
  const since = asked.untilSeconds - asked.days * DAY_SECONDS;
  const chosen: FoundRecord[] = [];
  const silent: { host: string; lastSeconds: number }[] = [];
  const names = new Map<string, number>();
  for (const [last, ...older] of machines.values()) {
    const current = [last, ...older].filter(({ recordedAt }) => recordedAt >= since);
    if (current.length === 0) silent.push({ host: last.host, lastSeconds: last.recordedAt });
    else names.set(last.host, (names.get(last.host) ?? 0) + 1);
    chosen.push(...chooseRecords(asked.question, current, (record) => isWhole(record, skip)));
  }
  return {
    chosen,
    skipped,
    silent: silent.toSorted((a, b) => a.lastSeconds - b.lastSeconds),
    shared: [...names].filter(([, count]) => count > 1).map(([host, count]) => ({ host, machines: count })),
  };
}

type Skip = (file: string, reason: SkippedRecord['reason']) => false;

/** Symbolic links are not followed: a fleet's folder is written by its hosts. */
function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.parquet'))
      .map((name) => `${folder.replace(/\/+$/u, '')}/${name}`);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new UsageError(errnoMessage(code), fromText(folder));
  }
}

function recordAt(file: string, { untilSeconds, nowSeconds }: Asked, skip: Skip): FoundRecord | undefined {
  const place = readPlace(file);
  const reason = place === undefined ? 'not-a-record' : placeTrouble(place, nowSeconds);
  if (reason !== undefined) skip(file, reason);
  return place === undefined || reason !== undefined || place.recordedAt > untilSeconds
    ? undefined
    : { ...place, path: file };
}

function placeTrouble(
  { schema, recordedAt, day }: NonNullable<ReturnType<typeof readPlace>>,
  nowSeconds: number,
): SkippedRecord['reason'] | undefined {
  if (schema !== SCHEMA_VERSION) return 'old-schema';
  if (recordedAt > nowSeconds + GRACE_SECONDS) return 'clock-ahead';
  return new Date(recordedAt * 1000).toISOString().startsWith(day) ? undefined : 'wrong-day';
}

/** Whether its bytes are those that were written. */
function isWhole({ path: file, sum }: FoundRecord, skip: Skip): boolean {
  let descriptor;
  try {
    // A FIFO would wait for a writer, a link lead anywhere.
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return skip(file, 'not-a-record');
    if (stat.size > MOST_BYTES) return skip(file, 'too-large');
    return sumOf(readFileSync(descriptor)) === sum || skip(file, 'damaged');
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return skip(file, 'unreadable');
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
