/** A ClickHouse asked over HTTP (clickhouse.com/docs/interfaces/http): records go into temporary tables of a session, nothing stays. */
import { randomUUID } from 'node:crypto';
import { UsageError } from '../../model/errors.ts';
import type { FleetValue } from '../../model/fleet-answer.ts';
import { recordColumns } from '../record/record.ts';
import type { FoundRecord } from './chosen.ts';
import type { Engine, EngineRows, Needed } from './engine.ts';
import { readRecord } from './read-record.ts';

/** Bytes of lines in one request. */
const BATCH_CHARACTERS = 4_000_000;
const MOST_MS = 120_000;

const CLICKHOUSE_TYPES = { STRING: 'String', INT64: 'Int64', DOUBLE: 'Float64', BOOLEAN: 'Bool' } as const;

/** Throws UsageError where nobody answers there. @param url may hold a user and a password. */
export async function openClickHouse(url: string): Promise<Engine> {
  const ask = asker(url);
  await ask('SELECT 1');
  const query = async (sql: string): Promise<EngineRows> => {
    const text = await ask(`${sql}\nFORMAT JSONCompact`);
    const { meta, data } = JSON.parse(text) as {
      meta: { name: string; type: string }[];
      data: FleetValue[][];
    };
    const isWhole = meta.map(({ type }) => /\bU?Int(?:64|128|256)\b/u.test(type));
    return {
      columns: meta.map(({ name }) => name),
      // Numbers that JSON cannot hold come as text.
      rows: data.map((row) =>
        row.map((value, index) => (isWhole[index] && typeof value === 'string' ? BigInt(value) : value)),
      ),
    };
  };
  return {
    load: (records, needed) => load(ask, records, needed),
    accept: async (refused, untilSeconds) => {
      const without = refused.length === 0 ? '' : `WHERE file_number NOT IN (${refused.join(',')})`;
      await ask(`CREATE TEMPORARY TABLE records AS SELECT * EXCEPT (file_number) FROM loaded ${without}`);
      await ask(
        `CREATE TEMPORARY TABLE asked AS SELECT toInt64(${Math.floor(untilSeconds)}) AS until_seconds`,
      );
    },
    query,
    [Symbol.asyncDispose]: async () => {
      // A session ends by itself too, a minute after it was last used.
      for (const table of ['loaded', 'records', 'asked'])
        await ask(`DROP TEMPORARY TABLE IF EXISTS ${table}`).catch(() => undefined);
    },
  };
}

type Ask = (sql: string, body?: string) => Promise<string>;

function asker(typed: string): Ask {
  if (!URL.canParse(typed) || !/^https?:$/u.test(new URL(typed).protocol))
    throw new UsageError(`--url ${typed}: not a URL; write http://127.0.0.1:8123`);
  const base = new URL(typed);
  const { username, password } = base;
  base.username = '';
  base.password = '';
  const headers: Record<string, string> =
    username === ''
      ? {}
      : {
          'X-ClickHouse-User': decodeURIComponent(username),
          'X-ClickHouse-Key': decodeURIComponent(password),
        };
  const settings = {
    session_id: randomUUID(),
    session_timeout: '60',
    // As the standard and DuckDB have them.
    join_use_nulls: '1',
    output_format_json_quote_64bit_integers: '1',
    cast_keep_nullable: '1',
  };
  return async (sql, body) => {
    const url = new URL(base);
    for (const [name, value] of Object.entries(settings)) url.searchParams.set(name, value);
    if (body !== undefined) url.searchParams.set('query', sql);
    let answer;
    try {
      answer = await fetch(url, {
        method: 'POST',
        headers,
        body: body ?? sql,
        signal: AbortSignal.timeout(MOST_MS),
      });
    } catch {
      throw new UsageError(`--url ${base.href}: no ClickHouse answers there`);
    }
    const text = await answer.text();
    if (!answer.ok) throw new UsageError(`ClickHouse: ${text.split('\n', 1)[0].slice(0, 500)}`);
    return text;
  };
}

async function load(
  ask: Ask,
  records: readonly FoundRecord[],
  { kinds }: Needed,
): Promise<readonly number[]> {
  const columns = Object.entries(recordColumns).map(([name, { type, required }]) => {
    const own = CLICKHOUSE_TYPES[type];
    return `${name} ${required ? own : `Nullable(${own})`}`;
  });
  await ask(
    `CREATE TEMPORARY TABLE loaded (file_number Int32, day String, host String, ${columns.join(', ')}) ENGINE = Memory`,
  );
  const unread: number[] = [];
  let lines = '';
  const send = async (): Promise<void> => {
    if (lines !== '') await ask('INSERT INTO loaded FORMAT JSONEachRow', lines);
    lines = '';
  };
  for (const [number, { path, day, host }] of records.entries()) {
    const rows = await readRecord(path);
    if (!rows) unread.push(number);
    for (const row of rows ?? [])
      if (kinds?.includes(String(row['kind'])) !== false)
        lines += `${JSON.stringify({ file_number: number, day, host, ...row })}\n`;
    if (lines.length > BATCH_CHARACTERS) await send();
  }
  await send();
  return unread;
}
