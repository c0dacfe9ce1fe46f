/** The door of the questions: over the records of many hosts, answered by an engine; what cannot be trusted is named, not counted. */
import type { ByteString } from '../../model/byte-string.ts';
import type { FleetAnswer, SkipReason } from '../../model/fleet-answer.ts';
import { UsageError } from '../../model/errors.ts';
import type { FoundRecord } from './chosen.ts';
import { openClickHouse } from './clickhouse.ts';
import { openDuckDb } from './duckdb.ts';
import type { Engine, EngineRows } from './engine.ts';
import { MOST_ROWS } from './engine.ts';
import { neededBy } from './needed.ts';
import type { StoreAccess } from './object-store.ts';
import { sqlQuery } from './sql-text.ts';
import { survey } from './survey.ts';
import type { Asked } from './survey.ts';

export { isStored } from './object-store.ts';
export type { StoreAccess } from './object-store.ts';
export { sqlFile } from './sql-text.ts';

/** A question, over what, and who is to answer. */
export interface FleetRequest extends Asked {
  /** Folders, files, and s3://BUCKET/FOLDER. */
  readonly places: readonly ByteString[];
  readonly access: StoreAccess;
  /** Of the question `sql`. */
  readonly sql: string | undefined;
  readonly engine: 'duckdb' | 'clickhouse';
  /** Of the ClickHouse. */
  readonly url: string | undefined;
}

/** Throws UsageError for a place that cannot be read, an engine that is not there, SQL that is wrong. */
export async function askFleet(request: FleetRequest): Promise<FleetAnswer> {
  const { question, untilSeconds, days, places, sql } = request;
  await using engine = await openEngine(request);
  const { chosen, skipped, silent, shared } = await survey(places, request, engine.store);
  const unread = await engine.load(chosen, neededBy(question));
  const { rows } = await engine.query(sqlQuery('check'));
  const wrong = [...wrongFiles(chosen, unread, rows)];
  const refused = new Map<number, SkipReason>([
    ...unread.map((number) => [number, 'damaged'] as const),
    ...wrong.map((number) => [number, 'not-as-named'] as const),
  ]);
  await engine.accept([...refused.keys()], untilSeconds);
  const answer = await engine.query(question === 'sql' ? sql! : sqlQuery(question));
  const read = chosen.filter((_, number) => !refused.has(number));
  return {
    question,
    untilSeconds,
    days,
    records: read.length,
    machines: new Set(read.map(({ machine }) => machine)).size,
    columns: answer.columns,
    rows: answer.rows,
    skipped: [
      ...skipped,
      ...Array.from(refused, ([number, reason]) => ({ path: chosen[number].path, reason })),
    ].toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    silent,
    shared,
  };
}

async function openEngine({ engine, url, access }: FleetRequest): Promise<Engine> {
  if (engine === 'duckdb') return await openDuckDb(access);
  if (url === undefined)
    throw new UsageError('--engine clickhouse needs --url, as in --url http://127.0.0.1:8123');
  return await openClickHouse(url, access);
}

/** The numbers of files whose rows are not what their names say, or cannot be. */
function* wrongFiles(
  chosen: readonly FoundRecord[],
  unread: readonly number[],
  checks: EngineRows['rows'],
): Generator<number> {
  const rows = new Map(checks.map(([number, ...rest]) => [Number(number), rest]));
  for (const [number, { machine, recordedAt }] of chosen.entries()) {
    if (unread.includes(number)) continue;
    const check = rows.get(number);
    if (!check) {
      yield number;
      continue;
    }
    const [rowCount, least, most, leastSeconds, mostSeconds, hosts, wrong] = check;
    const isAsNamed =
      least === machine &&
      most === machine &&
      Number(leastSeconds) === recordedAt &&
      Number(mostSeconds) === recordedAt;
    if (!isAsNamed || Number(hosts) !== 1 || Number(wrong) !== 0 || Number(rowCount) > MOST_ROWS)
      yield number;
  }
}
