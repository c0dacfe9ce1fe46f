/** ClickHouse: tables by name, through the links in data/, and the log tables of its own that grow without a TTL. */
import { readlinkSync } from 'node:fs';
import { fromBytes, joinPath, toBuffer } from '../../../model/byte-string.ts';
import type { ByteString } from '../../../model/byte-string.ts';
import type { StorePart } from '../../../model/findings/store.ts';
import { directoryNames } from '../../../system/directories/directory-names.ts';
import { directoryPart, partsByPattern } from '../parts.ts';
import type { Read, Reader } from '../reader.ts';
import { giving } from '../store-actions.ts';

export const clickhouse: Reader = (read) => {
  const tables = tablesOf(read);
  if (tables.length === 0) return { parts: partsByPattern(read.store, read.tree) };
  const logs = tables
    .filter(({ kind }) => kind === 'log-table')
    .toSorted((a, b) => b.diskBytes - a.diskBytes);
  return {
    parts: tables,
    actions: logs
      .filter(({ diskBytes }) => diskBytes >= read.facts.worthBytes)
      .slice(0, MOST_TRUNCATED)
      .map(({ name }) =>
        giving(
          'clickhouse',
          {
            argv: ['clickhouse-client', '-q', `TRUNCATE TABLE ${name} SYNC`],
            loses: 'log-lines',
          },
          read.inside,
        ),
      ),
  };
};

const MOST_TRUNCATED = 3;

/** data/DATABASE/TABLE is a link into store/ (engine Atomic), or the table itself (engine Ordinary). */
function tablesOf({ store, tree }: Read): StorePart[] {
  const data = joinPath(store.path, 'data' as ByteString);
  return directoryNames(data).flatMap((database) =>
    directoryNames(joinPath(data, database)).flatMap((table) => {
      const directory = tree.find(whereIs(joinPath(joinPath(data, database), table), store.path));
      if (directory === undefined) return [];
      const isLog = database === 'system' && /_log(?:_\d+)?$/u.test(table);
      const name = `${database}.${table}` as ByteString;
      return [directoryPart(isLog ? 'log-table' : 'table', name, directory, tree)];
    }),
  );
}

/** Links name the place as the server sees it: only what stands behind store/ holds here too. */
function whereIs(path: ByteString, store: ByteString): ByteString {
  try {
    const target = fromBytes(readlinkSync(toBuffer(path), { encoding: 'buffer' }));
    const inside = /store\/[0-9a-f]{3}\/[0-9a-f-]{36}/u.exec(target)?.[0];
    return inside === undefined ? path : joinPath(store, inside as ByteString);
  } catch {
    return path;
  }
}
