/** PostgreSQL: databases by oid, what queries spill, tablespaces (Database File Layout, in its manual). */
import { baseName, fromText, joinPath, toText } from '../../../model/byte-string.ts';
import type { ByteString } from '../../../model/byte-string.ts';
import type { Action } from '../../../model/action.ts';
import { directoryFiles } from '../../../system/directories/directory-files.ts';
import type { DirectoryFile } from '../../../system/directories/directory-files.ts';
import { readFileStart } from '../../../system/files/file-start.ts';
import { isRunning } from '../../../system/processes/running-programs.ts';
import { bytesOf, directoriesAt, directoryPart, filesPart } from '../parts.ts';
import type { Matched } from '../parts.ts';
import type { Read, Reader } from '../reader.ts';
import { giving } from '../store-actions.ts';

export const postgresql: Reader = (read) => {
  const { store, tree } = read;
  const at = (pattern: string): Matched[] => directoriesAt(tree, store.directory, pattern);
  const databases = [...at('base/*'), ...at('PG_*/*')].filter(({ name }) => /^\d+$/u.test(baseName(name)));
  const temporary = [...at('base/pgsql_tmp'), ...at('PG_*/pgsql_tmp')].flatMap(({ directory }) =>
    directoryFiles(tree.path(directory)),
  );
  const version = readFileStart(joinPath(store.path, fromText('PG_VERSION')), 8)?.trim();
  return {
    version: version as ByteString | undefined,
    parts: [
      ...databases.map(({ directory, name }) => directoryPart('database', baseName(name), directory, tree)),
      ...[...at('pg_wal'), ...at('pg_xlog')].map(({ directory }) =>
        directoryPart('wal', undefined, directory, tree),
      ),
      ...[...at('log'), ...at('pg_log')].map(({ directory }) =>
        directoryPart('log', undefined, directory, tree),
      ),
      ...(temporary.length === 0 ? [] : [filesPart('temporary', undefined, temporary)]),
    ],
    actions: endings(temporary, read),
  };
};

/** The backend whose pid is in the name wrote it; the server removes what dead ones left when it starts. */
function endings(files: readonly DirectoryFile[], { store, inside }: Read): Action[] {
  const byPid = Map.groupBy(files, ({ name }) => Number(/^pgsql_tmp(\d+)\.\d+/u.exec(name)?.[1]));
  const backends = [...byPid]
    .filter(([pid]) => Number.isInteger(pid) && (inside.container !== undefined || isRunning(pid)))
    .map(([pid, own]) => ({ pid, bytes: own.reduce((sum, { diskBytes }) => sum + diskBytes, 0) }))
    .toSorted((a, b) => b.bytes - a.bytes);
  return backends.slice(0, MOST_BACKENDS).map(({ pid, bytes }) =>
    giving(
      store.entry.store,
      {
        argv: ['psql', '-c', `SELECT pg_terminate_backend(${pid})`],
        loses: 'uptime',
        user: 'postgres',
        gives: { bytes, certainty: 'at-least' },
      },
      inside,
    ),
  );
}

const MOST_BACKENDS = 2;

/** Archived segments: how many, how old, and the newest base backup's history file, which says what is still needed. */
export const postgresqlWalArchive: Reader = ({ store }) => {
  const files = directoryFiles(store.path).filter(({ name }) => store.entry.extent!.test(name));
  const newest = files
    .filter(({ name }) => name.endsWith('.backup'))
    .toSorted((a, b) => a.modifiedAt - b.modifiedAt)
    .at(-1);
  const segments = files.filter(({ name }) => !/\.(?:backup|history)(?:\.|$)/u.test(name));
  if (newest === undefined) return { parts: [filesPart('archived-log', undefined, segments)] };
  // What pg_archivecleanup removes where that backup is the oldest one to keep.
  const before = segments.filter(({ name }) => toText(name).slice(0, 24) < newest.name.slice(0, 24));
  return {
    parts: [filesPart('archived-log', undefined, segments, { givesBackBytes: bytesOf(before) })],
  };
};
