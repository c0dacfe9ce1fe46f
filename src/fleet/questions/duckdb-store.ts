/** What DuckDB reads of an object store, by its extension httpfs: nothing is fetched to have it, and its signature is checked. */
import { UsageError } from '../../model/errors.ts';
import type { EngineRows } from './engine.ts';
import { patternBelow, withoutSecrets } from './object-store.ts';
import type { ObjectStore, StoreAccess } from './object-store.ts';
import { quoted } from './sql-text.ts';

type Query = (sql: string) => Promise<EngineRows>;

/** Requests at a time: each waits for the network, none for a processor. */
const REQUESTS = 16;

/** The store; the extension is loaded when it is first asked. @param query throws UsageError with DuckDB's first line. */
export function duckDbStore(query: Query, access: StoreAccess): ObjectStore {
  let opened: Promise<void> | undefined;
  const ask = async (sql: string): Promise<EngineRows> => {
    await (opened ??= open(query, access));
    try {
      return await query(sql);
    } catch (error) {
      throw error instanceof UsageError ? new UsageError(explained(error.message, access)) : error;
    }
  };
  return {
    list: async (address) => {
      const { rows } = await ask(`SELECT filename, size FROM read_blob(${quoted(patternBelow(address))})`);
      return rows.map(([path, size]) => ({ path: String(path), sizeBytes: Number(size) }));
    },
    sums: async (paths) => {
      const list = paths.map(quoted).join(',');
      const { rows } = await ask(`SELECT filename, sha256(content)[1:20] FROM read_blob([${list}])`);
      return new Map(rows.map(([path, sum]) => [String(path), String(sum)]));
    },
  };
}

async function open(query: Query, access: StoreAccess): Promise<void> {
  await load(query, access);
  await query(`SET threads = ${REQUESTS}`);
  // An object that is asked for twice is the same one: of a record nothing changes.
  await query('SET enable_http_metadata_cache = true');
  await query(`CREATE SECRET store (${secretOf(access).join(', ')})`);
}

async function load(query: Query, { httpfs }: StoreAccess): Promise<void> {
  try {
    await query(`LOAD ${httpfs === undefined ? 'httpfs' : quoted(httpfs)}`);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    if (httpfs !== undefined) throw new UsageError(`--httpfs: ${error.message}`);
    const { rows } = await query('SELECT version(), (SELECT platform FROM pragma_platform())');
    const [version, platform] = rows[0].map(String);
    throw new UsageError(
      `s3:// needs DuckDB's extension httpfs for ${version} on ${platform}: run INSTALL httpfs in a DuckDB of that version, or name its file by --httpfs FILE`,
    );
  }
}

function secretOf({ key, region, endpoint }: StoreAccess): string[] {
  return [
    'TYPE s3',
    `REGION ${quoted(region)}`,
    ...(key ? [`KEY_ID ${quoted(key.id)}`, `SECRET ${quoted(key.secret)}`] : []),
    ...(key?.token === undefined ? [] : [`SESSION_TOKEN ${quoted(key.token)}`]),
    ...(endpoint
      ? [
          `ENDPOINT ${quoted(endpoint.host + endpoint.pathname.replace(/\/+$/u, ''))}`,
          "URL_STYLE 'path'",
          `USE_SSL ${endpoint.protocol === 'https:'}`,
        ]
      : []),
  ];
}

function explained(message: string, access: StoreAccess): string {
  const text = withoutSecrets(message, access);
  return access.key === undefined && /HTTP 40[13]/u.test(text)
    ? `${text}; who asks is said by AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY`
    : text;
}
