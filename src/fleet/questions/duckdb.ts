/** DuckDB in this process, where the package is there: it is large, so it comes separately. The only file that knows it. */
import { createRequire } from 'node:module';
import { isSea } from 'node:sea';
import path from 'node:path';
import type * as DuckDB from '@duckdb/node-api';
import { UsageError } from '../../model/errors.ts';
import { loadIntoDuckDb } from './duckdb-load.ts';
import { duckDbStore } from './duckdb-store.ts';
import type { Engine, EngineRows } from './engine.ts';
import type { StoreAccess } from './object-store.ts';

const PACKAGE = '@duckdb/node-api';
const SHARED_FOLDERS = ['/usr/local/lib/node_modules', '/usr/lib/node_modules'];

/** Throws UsageError where it is not installed. @param access to a store, for records that lie in one. */
export async function openDuckDb(access: StoreAccess): Promise<Engine> {
  const { DuckDBInstance } = loadPackage();
  const instance = await DuckDBInstance.create(':memory:', {
    // Nothing is fetched, and nothing written: a question that needs more memory than there is fails.
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    temp_directory: '',
  });
  const connection = await instance.connect();
  const query = async (sql: string): Promise<EngineRows> => {
    try {
      const reader = await connection.runAndReadAll(sql);
      return { columns: reader.columnNames(), rows: reader.getRowsJS() as EngineRows['rows'] };
    } catch (error) {
      throw new UsageError(firstLine(error));
    }
  };
  return {
    store: duckDbStore(query, access),
    load: (records, needed) => loadIntoDuckDb(query, records, needed),
    accept: async (refused, untilSeconds) => {
      const without = refused.length === 0 ? '' : `WHERE file_number NOT IN (${refused.join(',')})`;
      await query(`CREATE VIEW records AS SELECT * EXCLUDE (file_number) FROM loaded ${without}`);
      await query(`CREATE VIEW asked AS SELECT ${Math.floor(untilSeconds)}::BIGINT AS until_seconds`);
      // What is asked from here on may be anybody's SQL: it reads what was loaded and nothing else.
      await query('SET enable_external_access = false');
      await query('SET lock_configuration = true');
    },
    query,
    [Symbol.asyncDispose]: async () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0];
}

/** Beside this program, or where npm puts packages for everybody; never where somebody happens to stand. */
function loadPackage(): typeof DuckDB {
  const require = createRequire(isSea() ? process.execPath : import.meta.url);
  const shared = [path.resolve(process.execPath, '../../lib/node_modules'), ...SHARED_FOLDERS];
  for (const name of [PACKAGE, ...shared.map((folder) => `${folder}/${PACKAGE}`)]) {
    try {
      return require(name) as typeof DuckDB;
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND';
      if (!isMissing) throw new UsageError(`${PACKAGE} cannot be loaded: ${firstLine(error)}`);
    }
  }
  throw new UsageError(
    `fleet needs DuckDB (70 MB): npm install -g ${PACKAGE}, or ask a ClickHouse by --engine clickhouse --url URL`,
  );
}
