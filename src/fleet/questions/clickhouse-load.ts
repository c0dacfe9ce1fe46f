/** Records into a ClickHouse: files as lines that are sent to it, objects of a store by the server itself. */
import { toText } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import { recordColumns } from '../record/record.ts';
import type { FoundRecord } from './chosen.ts';
import type { Ask } from './clickhouse-http.ts';
import { escaped, STORE_SETTINGS, storeTable } from './clickhouse-store.ts';
import { MOST_ROWS } from './engine.ts';
import type { Needed } from './engine.ts';
import { isStored } from './object-store.ts';
import type { StoreAccess } from './object-store.ts';
import { readRecord } from './read-record.ts';
import { batchesOf } from './stored-records.ts';

type Numbered = readonly [number: number, record: FoundRecord];

/** Of lines in one request. */
const BATCH_CHARACTERS = 4_000_000;

const TYPES = { STRING: 'String', INT64: 'Int64', DOUBLE: 'Float64', BOOLEAN: 'Bool' } as const;

const COLUMNS = Object.entries(recordColumns)
  .map(([name, { type, required }]) => `${name} ${required ? TYPES[type] : `Nullable(${TYPES[type]})`}`)
  .join(', ');

/** As `Engine.load`. */
export async function loadIntoClickHouse(
  ask: Ask,
  access: StoreAccess,
  records: readonly FoundRecord[],
  needed: Needed,
): Promise<readonly number[]> {
  await ask(
    `CREATE TEMPORARY TABLE loaded (file_number Int32, day String, host String, ${COLUMNS}) ENGINE = Memory`,
  );
  const numbered = [...records.entries()];
  const { stored = [], files = [] } = Object.groupBy(numbered, ([, { path }]) =>
    isStored(path) ? 'stored' : 'files',
  );
  return [
    ...(await loadFiles(ask, files, needed)),
    ...(stored.length === 0 ? [] : await loadStored(ask, access, stored, needed)),
  ];
}

async function loadFiles(ask: Ask, files: readonly Numbered[], { kinds }: Needed): Promise<number[]> {
  const unread: number[] = [];
  let lines = '';
  const send = async (): Promise<void> => {
    if (lines !== '') await ask('INSERT INTO loaded FORMAT JSONEachRow', lines);
    lines = '';
  };
  for (const [number, { path, day, host }] of files) {
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

/** Some hundred at once; where one object spoils that, each by itself. */
async function loadStored(
  ask: Ask,
  access: StoreAccess,
  stored: readonly Numbered[],
  needed: Needed,
): Promise<number[]> {
  const lines = stored.map(([number, { path, day, host }]) =>
    JSON.stringify({ file_number: number, path: toText(path).slice('s3://'.length), day, host }),
  );
  await ask(
    'CREATE TEMPORARY TABLE files (file_number Int32, path String, day String, host String) ENGINE = Memory',
  );
  await ask('INSERT INTO files FORMAT JSONEachRow', lines.join('\n'));
  const numbers = new Map(stored.map(([number, record]) => [record, number]));
  const unread: number[] = [];
  for (const batch of batchesOf([...numbers.keys()]))
    await ask(insertOf(access, batch, needed)).catch(async () => {
      for (const record of batch)
        await ask(insertOf(access, [record], needed)).catch((error: unknown) => {
          if (!(error instanceof UsageError)) throw error;
          unread.push(numbers.get(record)!);
        });
    });
  return unread;
}

/** Columns by name and type: an object without one of them does not fit. */
function insertOf(access: StoreAccess, records: readonly FoundRecord[], { columns, kinds }: Needed): string {
  const paths = records.map(({ path }) => toText(path));
  const values = Object.entries(recordColumns).map(([name, { required }]) =>
    required || columns.has(name as keyof typeof recordColumns) ? `r.${name}` : 'NULL',
  );
  const where = kinds === undefined ? '' : `WHERE r.kind IN (${kinds.map(escaped).join(',')})`;
  return `INSERT INTO loaded SELECT f.file_number, f.day, f.host, ${values.join(', ')}
    FROM (SELECT _path, * FROM ${storeTable(access, paths, 'Parquet', COLUMNS)}) AS r
    INNER JOIN files AS f ON r._path = f.path
    ${where}
    LIMIT ${MOST_ROWS + 1} BY f.file_number
    ${STORE_SETTINGS}`;
}
