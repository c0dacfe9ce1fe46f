/** Records into DuckDB: it opens them itself, all at once; what it cannot name is read here and put in. */
import { isText, toText } from '../../model/byte-string.ts';
import { recordColumns } from '../record/record.ts';
import type { RecordColumn } from '../record/record.ts';
import type { FoundRecord } from './chosen.ts';
import { MOST_ROWS } from './engine.ts';
import type { EngineRows, Needed } from './engine.ts';
import { isStored } from './object-store.ts';
import { readRecord } from './read-record.ts';
import { quoted } from './sql-text.ts';

type Query = (sql: string) => Promise<EngineRows>;
type Numbered = readonly [number: number, record: FoundRecord];

const TYPES = { STRING: 'VARCHAR', INT64: 'BIGINT', DOUBLE: 'DOUBLE', BOOLEAN: 'BOOLEAN' } as const;

/** As `Engine.load`. */
export async function loadIntoDuckDb(
  query: Query,
  records: readonly FoundRecord[],
  needed: Needed,
): Promise<readonly number[]> {
  const columns = Object.entries(recordColumns).map(([name, { type }]) => `${name} ${TYPES[type]}`);
  await query(`CREATE TABLE loaded (file_number INTEGER, day VARCHAR, host VARCHAR, ${columns.join(', ')})`);
  await query('CREATE TABLE files (file_number INTEGER, path VARCHAR, day VARCHAR, host VARCHAR)');
  const numbered = [...records.entries()];
  const { named = [], unnamed = [] } = Object.groupBy(numbered, ([, { path }]) =>
    isText(path) ? 'named' : 'unnamed',
  );
  return [...(await loadNamed(query, named, needed)), ...(await loadUnnamed(query, unnamed, needed))];
}

/** All at once; where one file spoils that, each by itself. */
async function loadNamed(query: Query, records: readonly Numbered[], needed: Needed): Promise<number[]> {
  if (records.length === 0) return [];
  const values = records.map(
    ([number, record]) =>
      `(${number}, ${quoted(nameOf(record))}, ${quoted(record.day)}, ${quoted(record.host)})`,
  );
  await query(`INSERT INTO files VALUES ${values.join(',')}`);
  const patterns = records.map(([, record]) => patternOf(record));
  try {
    // The first file's types hold for all.
    const { rows } = await query(`DESCRIBE SELECT * FROM read_parquet([${patterns[0]}])`);
    if (!isOurs(rows)) throw new Error('no record');
    await query(insertOf(patterns, needed));
    return [];
  } catch {
    const unread: number[] = [];
    for (const [index, pattern] of patterns.entries())
      await query(insertOf([pattern], needed)).catch(() => unread.push(records[index][0]));
    return unread;
  }
}

function isOurs(described: EngineRows['rows']): boolean {
  const types = new Map(described.map(([name, type]) => [name, type]));
  return Object.entries(recordColumns).every(([name, { type }]) => types.get(name) === TYPES[type]);
}

/** By name and type: a file without one of the columns, or with another type, does not fit. One row too many is one of no kind. */
function insertOf(patterns: readonly string[], { columns, kinds }: Needed): string {
  const values = Object.keys(recordColumns).map((name) => {
    if (name === 'kind') return `CASE WHEN r.file_row_number = ${MOST_ROWS} THEN '' ELSE r.kind END`;
    return columns.has(name as RecordColumn) ? `r.${name}` : 'NULL';
  });
  const isKind = kinds === undefined ? 'true' : `r.kind IN (${kinds.map(quoted).join(',')})`;
  return `INSERT INTO loaded SELECT f.file_number, f.day, f.host, ${values.join(', ')}
    FROM read_parquet([${patterns.join(',')}], filename = true, file_row_number = true, hive_partitioning = false) AS r
    INNER JOIN files AS f ON r.filename = f.path
    WHERE (${isKind} AND r.file_row_number < ${MOST_ROWS}) OR r.file_row_number = ${MOST_ROWS}`;
}

/** DuckDB would read `~/` and `http:` at the beginning of a relative path. */
function nameOf({ path }: FoundRecord): string {
  return path.startsWith('/') || isStored(path) ? toText(path) : `./${toText(path)}`;
}

/** DuckDB reads names as patterns, even where there is a file of that very name. */
function patternOf(record: FoundRecord): string {
  return quoted(nameOf(record).replaceAll(/[*?[]/gu, '[$&]'));
}

/** Its names are text: what lies below a folder whose name is none is read without it. */
async function loadUnnamed(query: Query, records: readonly Numbered[], { kinds }: Needed): Promise<number[]> {
  const unread: number[] = [];
  for (const [number, { path, day, host }] of records) {
    const rows = await readRecord(path);
    if (!rows) unread.push(number);
    const values = (rows ?? [])
      .filter(({ kind }) => kinds?.includes(String(kind)) !== false)
      .map((row) => `(${[number, day, host, ...Object.values(row)].map(literal).join(',')})`);
    if (values.length > 0) await query(`INSERT INTO loaded VALUES ${values.join(',')}`);
  }
  return unread;
}

function literal(value: string | number | boolean | null): string {
  return typeof value === 'string' ? quoted(value) : String(value);
}
