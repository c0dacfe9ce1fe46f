/** DuckDB in this process, where the package is there: it is large, so it comes separately. The only file that knows it. */
import { createRequire } from 'node:module';
import { isSea } from 'node:sea';
import path from 'node:path';
import type * as DuckDB from '@duckdb/node-api';
import { UsageError } from '../../model/errors.ts';
import { recordColumns } from '../record/record.ts';
import type { RecordColumn } from '../record/record.ts';
import type { FoundRecord } from './chosen.ts';
import type { Engine, EngineRows, Needed } from './engine.ts';
import { readRecord } from './read-record.ts';

const PACKAGE = '@duckdb/node-api';
const SHARED_FOLDERS = ['/usr/local/lib/node_modules', '/usr/lib/node_modules'];

/** Throws UsageError where it is not installed. */
export async function openDuckDb(): Promise<Engine> {
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
    load: (records, needed) => load(query, records, needed),
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

type Query = (sql: string) => Promise<EngineRows>;

/** All at once; where one file spoils that, each by itself. */
async function load(
  query: Query,
  records: readonly FoundRecord[],
  needed: Needed,
): Promise<readonly number[]> {
  const columns = Object.entries(recordColumns).map(([name, { type }]) => `${name} ${DUCKDB_TYPES[type]}`);
  await query(`CREATE TABLE loaded (file_number INTEGER, day VARCHAR, host VARCHAR, ${columns.join(', ')})`);
  await query('CREATE TABLE files (file_number INTEGER, path VARCHAR, day VARCHAR, host VARCHAR)');
  if (records.length === 0) return [];
  const values = records.map(
    ({ path: file, day, host }, number) => `(${number}, ${quoted(file)}, ${quoted(day)}, ${quoted(host)})`,
  );
  await query(`INSERT INTO files VALUES ${values.join(',')}`);
  try {
    // The first file's types hold for all.
    if (!(await readRecord(records[0].path))) throw new Error('no record');
    await query(
      insertOf(
        records.map(({ path: file }) => file),
        needed,
      ),
    );
    return [];
  } catch {
    const unread: number[] = [];
    for (const [number, { path: file }] of records.entries())
      await query(insertOf([file], needed)).catch(() => unread.push(number));
    return unread;
  }
}

/** By name and type: a file without one of the columns, or with another type, does not fit. */
function insertOf(files: readonly string[], { columns, kinds }: Needed): string {
  const values = Object.keys(recordColumns).map((name) =>
    columns.has(name as RecordColumn) ? `r.${name}` : 'NULL',
  );
  const where = kinds === undefined ? '' : `WHERE r.kind IN (${kinds.map(quoted).join(',')})`;
  return `INSERT INTO loaded SELECT f.file_number, f.day, f.host, ${values.join(', ')}
    FROM read_parquet([${files.map(quoted).join(',')}], filename = true, hive_partitioning = false) AS r
    INNER JOIN files AS f ON r.filename = f.path ${where}`;
}

const DUCKDB_TYPES = { STRING: 'VARCHAR', INT64: 'BIGINT', DOUBLE: 'DOUBLE', BOOLEAN: 'BOOLEAN' } as const;

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
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
