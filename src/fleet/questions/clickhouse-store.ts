/** What a ClickHouse reads of an object store, by its table function s3: the server asks the store, and rows come from there. */
import { UsageError } from '../../model/errors.ts';
import type { EngineRows } from './engine.ts';
import { patternBelow, urlOf, withoutSecrets } from './object-store.ts';
import type { ObjectStore, StoreAccess } from './object-store.ts';

type Query = (sql: string) => Promise<EngineRows>;

/** A store that is not there would be asked for hours. */
export const STORE_SETTINGS = 'SETTINGS s3_retry_attempts = 3';

/** The store, as the server sees it. @param query throws UsageError with ClickHouse's first line. */
export function clickHouseStore(query: Query, access: StoreAccess): ObjectStore {
  const rowsOf = async (sql: string): Promise<EngineRows['rows']> => {
    try {
      return (await query(`${sql} ${STORE_SETTINGS}`)).rows;
    } catch (error) {
      throw error instanceof UsageError ? new UsageError(withoutSecrets(error.message, access)) : error;
    }
  };
  return {
    list: async (address) => {
      const from = storeTable(access, [patternBelow(address)], 'One');
      const rows = await rowsOf(`SELECT _path, _size FROM ${from}`);
      return rows.map(([path, size]) => ({ path: `s3://${String(path)}`, sizeBytes: Number(size) }));
    },
    sums: async (paths) => {
      const from = storeTable(access, paths, 'RawBLOB', 'raw_blob String');
      const rows = await rowsOf(`SELECT _path, substring(lower(hex(SHA256(raw_blob))), 1, 20) FROM ${from}`);
      return new Map(rows.map(([path, sum]) => [`s3://${String(path)}`, String(sum)]));
    },
  };
}

/** The table function over objects of one bucket; several are told as alternatives, which ClickHouse does not have to list. */
export function storeTable(
  access: StoreAccess,
  paths: readonly string[],
  format: string,
  structure?: string,
): string {
  const bucket = /^s3:\/\/[^/]+\//u.exec(paths[0])![0];
  const keys = paths.map((path) => path.slice(bucket.length));
  const { key } = access;
  const words = [
    urlOf(access, bucket) + (keys.length === 1 ? keys[0] : `{${keys.join(',')}}`),
    ...(key ? [key.id, key.secret, ...(key.token === undefined ? [] : [key.token])] : []),
    format,
    ...(structure === undefined ? [] : [structure]),
  ];
  return `s3(${words.map(escaped).join(', ')})`;
}

/** As ClickHouse reads text: a backslash has a meaning there. */
export function escaped(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
}
