/** ClickHouse's HTTP interface (clickhouse.com/docs/interfaces/http): one statement a request, with the settings that make its SQL the standard's. */
import { randomUUID } from 'node:crypto';
import { UsageError } from '../../model/errors.ts';

const MOST_MS = 120_000;

/** Returns what the server answers; throws UsageError with the first line of its complaint. @param body what a statement inserts. */
export type Ask = (sql: string, body?: string, mostMs?: number) => Promise<string>;

/** Every request is of one session, in which temporary tables live. Throws UsageError for what is no URL. */
export function clickHouseAsker(typed: string): Ask {
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
    // A query may name some hundred objects of a store.
    max_query_size: '10000000',
    input_format_parquet_allow_missing_columns: '0',
    use_hive_partitioning: '0',
  };
  return async (sql, body, mostMs = MOST_MS) => {
    const url = new URL(base);
    for (const [name, value] of Object.entries(settings)) url.searchParams.set(name, value);
    if (body !== undefined) url.searchParams.set('query', sql);
    let answer;
    try {
      answer = await fetch(url, {
        method: 'POST',
        headers,
        body: body ?? sql,
        signal: AbortSignal.timeout(mostMs),
      });
    } catch (error) {
      const isLate = error instanceof DOMException && error.name === 'TimeoutError';
      const what = isLate ? `nothing came for ${mostMs / 1000} s` : 'no ClickHouse answers there';
      throw new UsageError(`--url ${base.href}: ${what}`);
    }
    const text = await answer.text();
    if (!answer.ok) throw new UsageError(`ClickHouse: ${text.split('\n', 1)[0].slice(0, 500)}`);
    return text;
  };
}
