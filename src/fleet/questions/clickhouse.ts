/** A ClickHouse asked over HTTP (clickhouse.com/docs/interfaces/http): records go into temporary tables of a session, nothing stays. */
import type { FleetValue } from '../../model/fleet-answer.ts';
import type { Engine, EngineRows } from './engine.ts';
import { clickHouseAsker } from './clickhouse-http.ts';
import { clickHouseStore } from './clickhouse-store.ts';
import { loadIntoClickHouse } from './clickhouse-load.ts';
import type { StoreAccess } from './object-store.ts';

const FAREWELL_MS = 2000;

/** Throws UsageError where nobody answers there. @param url may hold a user and a password. @param access to a store, for the server to use. */
export async function openClickHouse(url: string, access: StoreAccess): Promise<Engine> {
  const ask = clickHouseAsker(url);
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
    store: clickHouseStore(query, access),
    load: (records, needed) => loadIntoClickHouse(ask, access, records, needed),
    accept: async (refused, untilSeconds) => {
      const without = refused.length === 0 ? '' : `WHERE file_number NOT IN (${refused.join(',')})`;
      await ask(`CREATE TEMPORARY TABLE records AS SELECT * EXCEPT (file_number) FROM loaded ${without}`);
      await ask(
        `CREATE TEMPORARY TABLE asked AS SELECT toInt64(${Math.floor(untilSeconds)}) AS until_seconds`,
      );
    },
    query,
    [Symbol.asyncDispose]: async () => {
      // A session ends by itself too, a minute after it was last used: who does not answer is not waited for.
      for (const table of ['loaded', 'files', 'records', 'asked'])
        await ask(`DROP TEMPORARY TABLE IF EXISTS ${table}`, undefined, FAREWELL_MS).catch(() => undefined);
    },
  };
}
